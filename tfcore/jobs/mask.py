"""What a network that segments draws on one picture, and what really is there where the data tell."""

from __future__ import annotations

from dataclasses import replace

from tfcore.data.truth import truth_of
from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.evaluate.overlap import overlap
from tfcore.explain.heat import mask_of
from tfcore.results import Mask


def mask(context: Context, model: str, picture: str, trust: bool = False) -> Mask:
    """The mask, with its Dice by class where the true one lies beside the picture."""
    opened, shown, batch, box = context.ready(model, picture, trust)
    found = mask_of(opened, shown, opened.predict(batch)[0], box)
    context.check()
    try:
        truth = truth_of(shown, found.classes)
    except HeatlensError as why:
        return replace(found, why_no_truth=str(why))
    if truth is None:
        return found
    if truth.shape != found.labels.shape:
        sizes = " and ".join(" × ".join(map(str, each.shape)) for each in (found.labels, truth))
        return replace(found, why_no_truth=f"Picture and true mask have {sizes} pixels; correct one of them.")
    regions = {str(index): (index,) for index in range(len(found.classes))}
    agreed = overlap(found.labels, truth, regions=regions)
    return replace(found, truth=truth, dice=tuple(agreed[name]["dice"] for name in regions))
