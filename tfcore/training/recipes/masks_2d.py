"""Segmentation of any pictures that have masks or outlines."""

from __future__ import annotations

from tfcore.data.dataset import Dataset
from tfcore.data.marked import WAYS
from tfcore.registry import Param, RecipeSpec, register
from tfcore.training.settings import pixel_params


@register(
    RecipeSpec(
        "masks-2d",
        family="segmentation",
        summary="pictures with masks or outlines; Dice and cross-entropy; Dice and distances of every picture",
        params=pixel_params(
            Param(
                "marked",
                "choice",
                "auto",
                "what is marked is: one class; labels: the one of its outline or picture; values: those of the mask; "
                "auto: labels where outlines have several, values where masks hold several, else one",
                choices=WAYS,
                before="auto",
            ),
            batch=16,
            epochs=50,
            empty=1.0,
            augment="flip, rotation, contrast",
        ),
        needs=("mask",),
        arch="res-unet",
    )
)
def masks_2d(data: Dataset) -> Dataset:
    """The pictures as they are."""
    return data
