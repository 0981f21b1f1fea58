"""How well a predicted label volume covers the reference: Dice, IoU and distances between surfaces, region by region.

METHODS.md §6. A region is a set of labels under a name, so that the nested regions of a tumour and plain classes are
the same thing. BraTS regions are named presets: which label is the enhancing tumour cannot be guessed from the labels.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from tfcore.data.sources.volumes import REGIONS
from tfcore.errors import HeatlensError

Regions = Mapping[str, Collection[int]]

FIGURES = ("dice", "iou", "hd95", "assd", "hd")


def overlap(
    prediction: np.ndarray,
    reference: np.ndarray,
    spacing: Sequence[float] | None = None,
    regions: str | Regions = "brats",
) -> dict[str, dict[str, float]]:
    """Per region: ``dice``, ``iou``, ``hd95``, ``assd`` and ``hd`` in the unit of ``spacing``.

    ``prediction`` and ``reference`` are label arrays of one shape, of two or three dimensions. Both empty: 1 and 0.
    One empty: Dice 0, and distances NaN, since there is none to speak of.

    >>> overlap(np.eye(3), np.eye(3), regions={"line": [1]})["line"]["dice"]
    1.0
    """
    prediction, reference = np.asarray(prediction), np.asarray(reference)
    if prediction.shape != reference.shape:
        raise HeatlensError(f"The prediction is {prediction.shape} and the reference {reference.shape}; give one grid.")
    spacing = (1.0,) * prediction.ndim if spacing is None else tuple(map(float, spacing))[: prediction.ndim]
    if len(spacing) != prediction.ndim or not all(0 < each < np.inf for each in spacing):
        raise HeatlensError(f"spacing = {spacing} is not {prediction.ndim} lengths above 0.")
    return {
        name: overlap_of(np.isin(prediction, list(labels)), np.isin(reference, list(labels)), spacing)
        for name, labels in regions_of(regions).items()
    }


def regions_of(regions: str | Regions) -> Regions:
    """The labels of each region of a preset, or what was given."""
    if not isinstance(regions, str):
        return regions
    if regions not in REGIONS:
        raise HeatlensError(f"There are no regions {regions!r}; choose {', '.join(REGIONS)} or give names with labels.")
    return REGIONS[regions]


def overlap_of(ours: np.ndarray, theirs: np.ndarray, spacing: Sequence[float]) -> dict[str, float]:
    """The figures of one region, of two masks."""
    shared, together = np.count_nonzero(ours & theirs), np.count_nonzero(ours) + np.count_nonzero(theirs)
    if not together:
        return {"dice": 1.0, "iou": 1.0, "hd95": 0.0, "assd": 0.0, "hd": 0.0}
    found = {"dice": 2 * shared / together, "iou": shared / (together - shared)}
    if not (ours.any() and theirs.any()):
        return {**found, "hd95": np.nan, "assd": np.nan, "hd": np.nan}
    there, back = _distances(ours, theirs, spacing)
    return {
        **found,
        "hd95": float(max(np.percentile(there, 95), np.percentile(back, 95))),
        "assd": float(np.concatenate([there, back]).mean()),
        "hd": float(max(there.max(), back.max())),
    }


def dice_of(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Of two masks; of two empty ones 1."""
    together = np.count_nonzero(ours) + np.count_nonzero(theirs)
    return 2 * np.count_nonzero(ours & theirs) / together if together else 1.0


def _distances(ours: np.ndarray, theirs: np.ndarray, spacing: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """From every place of one surface to the other surface, and back. Nothing beyond both masks is looked at."""
    from scipy.ndimage import distance_transform_edt

    box = _box(ours | theirs)
    ours, theirs = _surface(ours[box]), _surface(theirs[box])
    there = distance_transform_edt(~theirs, sampling=spacing)[ours]
    back = distance_transform_edt(~ours, sampling=spacing)[theirs]
    return there, back


def _surface(mask: np.ndarray) -> np.ndarray:
    """Where a mask has a face neighbour outside; what lies beyond the edge is outside."""
    from scipy.ndimage import binary_erosion

    return np.asarray(mask & ~binary_erosion(mask))


def _box(mask: np.ndarray) -> tuple[slice, ...]:
    """The smallest box around a mask."""
    from scipy.ndimage import find_objects

    box: tuple[slice, ...] = find_objects(mask.astype(np.int8))[0]
    return box
