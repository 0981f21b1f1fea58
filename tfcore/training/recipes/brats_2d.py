"""Brain tumour segmentation slice by slice, as in 002."""

from __future__ import annotations

from tfcore.data.dataset import Dataset
from tfcore.errors import HeatlensError
from tfcore.registry import RecipeSpec, register
from tfcore.training.settings import params


@register(
    RecipeSpec(
        "brats-2d",
        family="segmentation",
        summary="slices of four-channel volumes, split by patient; Dice and cross-entropy; Dice of WT, TC and ET",
        params=params(merge=True, batch=8, epochs=50),
        needs=("segmentation",),
        note="this version trains no network that segments",
    )
)
def brats_2d(data: Dataset) -> Dataset:
    """The slices as they are, if every one has its mask and its case."""
    if not all(sample.mask is not None and sample.patient is not None for sample in data):
        raise HeatlensError(f"{data.root} has slices without a mask or a case; brats-2d needs a folder of BraTS cases.")
    return data
