"""Tumour or healthy from a table of file names, as in 001."""

from __future__ import annotations

from tfcore.data.dataset import Dataset
from tfcore.errors import HeatlensError
from tfcore.registry import RecipeSpec, register
from tfcore.training.settings import params


@register(
    RecipeSpec(
        "tumour-binary",
        family="classification",
        summary="two classes, 256 × 256; 70/30, then 15 % of the 70 for validation; batches of 64; Adam; 15 epochs",
        params=params(split="59.5/10.5/30", merge=True, size=256, batch=64, epochs=15),
        arch="cnn-3",
    )
)
def tumour_binary(data: Dataset) -> Dataset:
    """The data as they are, if they have two classes."""
    if len(data.classes) != 2:
        raise HeatlensError(
            f"{data.root} has {len(data.classes)} classes ({', '.join(data.classes)}) and tumour-binary tells two "
            "apart; use the recipe mri-4class."
        )
    return data
