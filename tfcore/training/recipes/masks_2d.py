"""Segmentation of any pictures that have masks or outlines."""

from __future__ import annotations

from tfcore.data.dataset import Dataset
from tfcore.registry import RecipeSpec, register
from tfcore.training.settings import pixel_params


@register(
    RecipeSpec(
        "masks-2d",
        family="segmentation",
        summary="pictures with masks or outlines; Dice and cross-entropy; Dice and distances of every picture",
        params=pixel_params(batch=16, epochs=50, empty=1.0, augment="flip, rotation, contrast"),
        needs=("mask",),
        arch="res-unet",
    )
)
def masks_2d(data: Dataset) -> Dataset:
    """The pictures as they are."""
    return data
