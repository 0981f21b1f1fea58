"""What a network that segments draws on one picture, and what really is there where the data tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tfcore.data.truth import truth_of, truths_of
from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.evaluate.overlap import overlap_of
from tfcore.explain.drawn import mask_of
from tfcore.pictures import Picture
from tfcore.results import Mask


def mask(context: Context, model: str, picture: str, threshold: float | None = None, trust: bool = False) -> Mask:
    """The mask, with its Dice by class where the true one lies beside the picture."""
    opened, shown, batch, box = context.ready(model, picture, trust)
    found = mask_of(opened, shown, opened.predict(batch)[0], box, threshold)
    context.check()
    try:
        return _judged(found, shown)
    except HeatlensError as why:
        return replace(found, why_no_truth=str(why))


def _judged(found: Mask, picture: Picture) -> Mask:
    truth = truth_of(picture, found.classes) if found.each is None else truths_of(picture, found.classes)
    if truth is None:
        return found
    if truth.shape[-2:] != found.labels.shape:
        sizes = " and ".join(" × ".join(map(str, shape)) for shape in (found.labels.shape, truth.shape[-2:]))
        raise HeatlensError(f"Picture and true mask have {sizes} pixels; correct one of them.")
    if found.each is None:
        judged = replace(found, truth=truth)
    else:
        judged = replace(found, true_each=truth, truth=np.asarray(truth.any(0)))
    pairs = [(found.inside(index), judged.true_inside(index)) for index in range(len(found.classes))]
    return replace(judged, dice=tuple(overlap_of(ours, theirs, (1.0, 1.0))["dice"] for ours, theirs in pairs))
