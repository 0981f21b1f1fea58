"""What a network says about many files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tfcore.data.truth import truth_of, truths_of
from tfcore.errors import HeatlensError
from tfcore.evaluate.overlap import dice_of
from tfcore.explain.drawn import mask_of
from tfcore.models.model import Model
from tfcore.pictures import Picture
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.results import Mask, Shift, Sureness

# Pictures in one batch.
TOGETHER = 32


@dataclass(frozen=True)
class Predicted:
    """Probabilities of every class for one file."""

    path: Path
    probabilities: np.ndarray
    # How far it lies from the training pictures, where that is known.
    shift: Shift | None = None
    # What several networks say, where they were asked as one.
    agreement: Sureness | None = None


def predict_files(model: Model, paths: Iterable[Path]) -> Iterator[Predicted | Left]:
    """Each file in its turn; memory does not grow with their number."""
    if model.card.task != "classification":
        raise HeatlensError(f"{model.name} answers for every pixel; draw_files tells what it draws.")

    def predicted(some: list[Ready[Path]]) -> Iterator[Predicted | Left]:
        for one, probabilities, features in zip(some, *_answers(model, stacked(some)), strict=True):
            if np.isfinite(probabilities).all():
                yield Predicted(one.source, probabilities, _shift(model, features, one.picture))
            else:
                sentence = f"{model.name} answers with NaN or infinity, so there is no prediction."
                yield Left(one.source, f"{one.source}: {sentence}")

    return many(paths, model.prepare_with_boxes, predicted, TOGETHER)


def _answers(model: Model, batch: np.ndarray) -> tuple[np.ndarray, Sequence[np.ndarray | None]]:
    """Probabilities, and where the training pictures are known the features that are held against theirs."""
    if model.reference is None:
        return model.predict(batch), [None] * len(batch)
    logits, features = model.seen(batch)
    return model.outputs.probabilities(logits), list(features)


def _shift(model: Model, features: np.ndarray | None, picture: Picture) -> Shift | None:
    return None if model.reference is None or features is None else model.reference.shift(features, picture)


def draw_files(model: Model, paths: Iterable[Path]) -> Iterator[Mask | Left]:
    """What a network that segments draws on each file, at the file's own size."""
    if model.card.task != "segmentation":
        raise HeatlensError(f"{model.name} answers for whole pictures; predict_files tells what it says.")

    def drawn(some: list[Ready[Path]]) -> Iterator[Mask | Left]:
        for one, answer, features in zip(some, *_answers(model, stacked(some)), strict=True):
            try:
                mask = mask_of(model, one.picture, answer, one.box)
                yield replace(mask, shift=_shift(model, features, one.picture))
            except HeatlensError as why:
                yield Left(one.source, str(why))

    return many(paths, model.prepare_with_boxes, drawn, TOGETHER)


def judged(found: Mask, picture: Picture) -> Mask:
    """The mask with its Dice by class where the true one lies beside the picture, or why that cannot be used."""
    try:
        truth = truth_of(picture, found.classes) if found.each is None else truths_of(picture, found.classes)
    except HeatlensError as why:
        return replace(found, why_no_truth=str(why))
    if truth is None:
        return found
    if truth.shape[-2:] != found.labels.shape:
        sizes = " and ".join(" × ".join(map(str, shape)) for shape in (found.labels.shape, truth.shape[-2:]))
        return replace(found, why_no_truth=f"Picture and true mask have {sizes} pixels; correct one of them.")
    if found.each is None:
        with_truth = replace(found, truth=truth)
    else:
        with_truth = replace(found, true_each=truth, truth=np.asarray(truth.any(0)))
    pairs = [(found.inside(index), with_truth.true_inside(index)) for index in range(len(found.classes))]
    return replace(with_truth, dice=tuple(dice_of(*pair) for pair in pairs))
