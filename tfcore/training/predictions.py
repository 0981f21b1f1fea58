"""What a network says about many files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.lazy import cv2
from tfcore.marks import marked_png
from tfcore.models.model import Model
from tfcore.models.prepare import unfitted
from tfcore.pictures.many import Left, Ready, many, stacked

# Pictures in one batch.
TOGETHER = 32


@dataclass(frozen=True)
class Predicted:
    """Probabilities of every class for one file."""

    path: Path
    probabilities: np.ndarray


@dataclass(frozen=True, eq=False)
class Drawn:
    """A class for every pixel of one file, and what each class covers: pixels, and mm² where the spacing is known."""

    path: Path
    labels: np.ndarray
    pixels: tuple[int, ...]
    area: tuple[float, ...] | None


def predict_files(model: Model, paths: Iterable[Path]) -> Iterator[Predicted | Left]:
    """Each file in its turn; memory does not grow with their number."""
    if model.card.task != "classification":
        raise HeatlensError(f"{model.name} answers for every pixel; draw_files tells what it draws.")

    def predicted(some: list[Ready[Path]]) -> Iterator[Predicted | Left]:
        for one, probabilities in zip(some, model.predict(stacked(some)), strict=True):
            if np.isfinite(probabilities).all():
                yield Predicted(one.source, probabilities)
            else:
                sentence = f"{model.name} answers with NaN or infinity, so there is no prediction."
                yield Left(one.source, f"{one.source}: {sentence}")

    return many(paths, model.prepare_with_boxes, predicted, TOGETHER)


def draw_files(model: Model, paths: Iterable[Path]) -> Iterator[Drawn | Left]:
    """What a network that segments draws on each file, at the file's own size."""
    if model.card.task != "segmentation":
        raise HeatlensError(f"{model.name} answers for whole pictures; predict_files tells what it says.")

    def drawn(some: list[Ready[Path]]) -> Iterator[Drawn | Left]:
        for one, answer in zip(some, model.predict(stacked(some)), strict=True):
            if not np.isfinite(answer).all():
                sentence = f"{model.name} answers with NaN or infinity, so there is no mask."
                yield Left(one.source, f"{one.source}: {sentence}")
                continue
            shown = one.picture
            labels = unfitted(answer, (shown.height, shown.width), model.card.fit).argmax(-1).astype(np.uint8)
            pixels = np.bincount(labels.ravel(), minlength=len(model.classes))
            place = None if shown.spacing is None else shown.spacing[0] * shown.spacing[1]
            area = None if place is None else tuple(float(count * place) for count in pixels)
            yield Drawn(one.source, labels, tuple(map(int, pixels)), area)

    return many(paths, model.prepare_with_boxes, drawn, TOGETHER)


def save_mask(labels: np.ndarray, path: Path, overwrite: bool = False) -> None:
    """A PNG in which every pixel is the number of its class."""
    _, png = cv2.imencode(".png", labels)
    with written_whole(path, overwrite) as temporary:
        temporary.write_bytes(marked_png(png.tobytes()))
