"""Brain tumour segmentation slice by slice, as in 002."""

from __future__ import annotations

from tfcore.data.dataset import Dataset
from tfcore.data.sources.volumes import LABELS
from tfcore.errors import HeatlensError
from tfcore.models.intensity import Z_SCORE
from tfcore.registry import Param, RecipeSpec, register
from tfcore.training.settings import pixel_params


@register(
    RecipeSpec(
        "brats-2d",
        family="segmentation",
        summary="slices of four-channel volumes, split by patient; z-score inside the brain; Dice and cross-entropy; "
        "Dice and HD95 of WT, TC and ET by patient over whole volumes",
        params=pixel_params(
            Param(
                "labels",
                "choice",
                "brats",
                "what the values of a mask are: brats of adult glioma (3 or 4 enhances), brats-ped of children",
                choices=tuple(LABELS),
            ),
            intensity=Z_SCORE,
            scaling="none",
            merge=True,
            batch=16,
            epochs=50,
            augment="flip",
        ),
        needs=("mask",),
        arch="res-unet",
        reading={"brats": ("labels",)},
    )
)
def brats_2d(data: Dataset) -> Dataset:
    """The slices as they are, if every one has its case."""
    if data.kind != "brats" or not data.has_patients:
        raise HeatlensError(f"{data.root} has slices without a case; brats-2d needs a folder of BraTS cases.")
    return data
