"""How far readers agree: kappa of names, the intraclass correlation of ratings, the overlap of what they drew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from tfcore.measure import Roi


def cohen_kappa(one: np.ndarray, other: np.ndarray) -> float:
    """Two readers' names for the same cases, beyond what chance gives (Cohen 1960); NaN where both say but one name."""
    names = np.union1d(one, other)
    first, second = (reader[:, None] == names for reader in (one, other))
    chance = float(first.mean(0) @ second.mean(0))
    return (float((one == other).mean()) - chance) / (1 - chance) if chance < 1 else math.nan


def fleiss_kappa(counts: np.ndarray) -> float:
    """(cases, names): how many of the readers gave each name, as many for every case (Fleiss 1971)."""
    readers = counts.sum(1)[0]
    alike = ((counts**2).sum(1) - readers) / (readers * (readers - 1))
    chance = float(((counts.sum(0) / counts.sum()) ** 2).sum())
    return (float(alike.mean()) - chance) / (1 - chance) if chance < 1 else math.nan


def icc(ratings: np.ndarray) -> float:
    """(cases, readers): ICC(2,1), absolute agreement of single readers drawn at random (Shrout and Fleiss 1979)."""
    n, k = ratings.shape
    mean, of_case, of_reader = ratings.mean(), ratings.mean(1), ratings.mean(0)
    between = k * ((of_case - mean) ** 2).sum() / (n - 1)
    readers = n * ((of_reader - mean) ** 2).sum() / (k - 1)
    rest = ((ratings - of_case[:, None] - of_reader + mean) ** 2).sum() / ((n - 1) * (k - 1))
    whole = between + (k - 1) * rest + k * (readers - rest) / n
    return float((between - rest) / whole) if whole > 0 else math.nan


def overlap(drawn: Sequence[Roi | None], slices: Sequence[int | None] | None = None) -> float:
    """The mean Dice over all pairs of readers of one case; two that drew nothing agree; NaN of a single reader.

    ``slices`` are those of a volume that they drew on: what lies on two of them has nothing in common.
    """
    slices = slices or [None] * len(drawn)
    edges = np.array([point for roi in drawn if roi is not None for point in roi.points] or [(0, 0)])
    width, height = (math.ceil(edge) + 1 for edge in edges.max(0))
    masks = np.zeros((len(drawn), max(height, 1), max(width, 1)), bool)
    for mask, roi in zip(masks, drawn, strict=True):
        if roi is not None:
            rows, columns, inside = roi.inside(*mask.shape)
            mask[rows, columns] = inside
    sums = [
        (int((a & b).sum()) * (on == other), int(a.sum() + b.sum()))
        for (a, on), (b, other) in combinations(zip(masks, slices, strict=True), 2)
    ]
    return float(np.mean([2 * both / all if all else 1.0 for both, all in sums])) if sums else math.nan
