"""What a network says about many files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.drawn import mask_of
from tfcore.models.model import Model
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.results import Mask

# Pictures in one batch.
TOGETHER = 32


@dataclass(frozen=True)
class Predicted:
    """Probabilities of every class for one file."""

    path: Path
    probabilities: np.ndarray


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


def draw_files(model: Model, paths: Iterable[Path], threshold: float | None = None) -> Iterator[Mask | Left]:
    """What a network that segments draws on each file, at the file's own size."""
    if model.card.task != "segmentation":
        raise HeatlensError(f"{model.name} answers for whole pictures; predict_files tells what it says.")

    def drawn(some: list[Ready[Path]]) -> Iterator[Mask | Left]:
        for one, answer in zip(some, model.predict(stacked(some)), strict=True):
            try:
                yield mask_of(model, one.picture, answer, one.box, threshold)
            except HeatlensError as why:
                yield Left(one.source, str(why))

    return many(paths, model.prepare_with_boxes, drawn, TOGETHER)
