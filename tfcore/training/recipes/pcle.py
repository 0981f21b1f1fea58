"""Frames of endomicroscopy videos, patient by patient, as in 004."""

from __future__ import annotations

from tfcore.data.dataset import Dataset
from tfcore.errors import HeatlensError
from tfcore.registry import Param, RecipeSpec, register
from tfcore.training.settings import params


@register(
    RecipeSpec(
        "pcle",
        family="classification",
        summary="every second frame of a video, central 230 px; split by patient 80/10/10; flips, rotation, contrast; "
        "AdaMax 1e-3; stops after 10 epochs without improvement",
        params=params(
            Param("every", "int", 2, "take every so many frames of a video", low=1, high=1_000_000),
            Param("crop", "int", 230, "side of the central square cut out of a frame", low=8, high=100_000, unit="px"),
            optimizer="adamax",
            patience=10,
            epochs=100,
            merge=True,
            augment="flip, rotation, contrast",
        ),
        note="004 starts from --weights imagenet",
        arch="resnext50",
        reading={"videos": ("every", "crop")},
    )
)
def pcle(data: Dataset) -> Dataset:
    """The data as they are, if they say whose each picture is."""
    if not data.has_patients:
        raise HeatlensError(
            f"{data.root} does not say whose each picture is, and pcle splits by patient; sort the files into "
            "class/patient folders, or name the column of patients in a table."
        )
    return data
