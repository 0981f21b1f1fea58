"""What a network that segments draws: its answer at every place, laid on the picture's own pixels."""

from __future__ import annotations

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.models.model import Model
from tfcore.models.prepare import unfitted
from tfcore.pictures import Picture
from tfcore.results import Box, Mask


def mask_of(model: Model, picture: Picture, answer: np.ndarray, box: Box) -> Mask:
    """The mask from an answer (h, w, C)."""
    if model.card.task != "segmentation":
        raise HeatlensError(f"{model.name} answers for whole pictures and draws no mask; predict tells what it says.")
    if not np.isfinite(answer).all():
        raise HeatlensError(f"{picture.path}: {model.name} answers with NaN or infinity, so there is no mask.")
    labels, each = _drawing(model, picture, answer)
    classes = model.mask_classes
    inside = [labels == index for index in range(len(classes))] if each is None else [~each.any(0), *each]
    pixels = tuple(int(np.count_nonzero(one)) for one in inside)
    area = None if picture.spacing is None else tuple(count * float(np.prod(picture.spacing)) for count in pixels)
    return Mask(
        path=str(picture.path),
        model=model.source or model.name,
        classes=classes,
        labels=labels,
        pixels=pixels,
        area=area,
        box=box,
        hashes={"picture": picture.sha256, "model": model.hash},
        weights=model.weights,
        each=each,
        meaning=(-1 if model.around is None else model.around, *model.drawn),
        parts=tuple(map(_parts, inside)),
        threshold=model.card.threshold if model.thresholded else None,
    )


def shares_of(model: Model, picture: Picture, answer: np.ndarray) -> np.ndarray:
    """(C,): the share of a picture that each class of the model covers."""
    labels, each = _drawing(model, picture, answer)
    shares = np.zeros(len(model.classes))
    for index, number in enumerate(model.drawn, start=1):
        shares[number] = (labels == index).mean() if each is None else each[index - 1].mean()
    if model.around is not None:
        shares[model.around] = (labels == 0).mean()
    return shares


def _drawing(model: Model, picture: Picture, answer: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Numbers (H, W) of the mask's classes, 0 for what lies around; where classes may overlap, each one (S, H, W) too.

    Of classes that overlap the smaller lies over the larger.
    """
    laid = unfitted(answer, (picture.height, picture.width), model.card.fit, model.around)
    drawn = list(model.drawn)
    if model.thresholded:
        each = np.moveaxis(laid[..., drawn] >= model.card.threshold, -1, 0)
        labels = np.zeros(laid.shape[:2], np.uint8)
        for index in np.argsort([-int(one.sum()) for one in each], kind="stable"):
            labels[each[index]] = index + 1
        return labels, each if len(drawn) > 1 else None
    numbers = np.zeros(len(model.classes), np.uint8)
    numbers[drawn] = np.arange(1, len(drawn) + 1)
    return numbers[laid.argmax(-1)], None


def _parts(inside: np.ndarray) -> int:
    """How many pieces that do not touch each other, not even by a corner."""
    import cv2

    return cv2.connectedComponents(inside.astype(np.uint8), connectivity=8)[0] - 1
