"""How alike two heatmaps are (METHODS.md §6, sanity): structure, ranks and the directions of their edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.aggregate import min_max

ALIKE = ("ssim", "spearman", "hog")
# HOG: pixels along a cell, and cells along a block.
_CELL, _BLOCK = 16, 3


def similarity(a: np.ndarray, b: np.ndarray, names: Sequence[str] = ALIKE) -> dict[str, np.ndarray]:
    """``ssim``, ``spearman`` and ``hog`` of each pair of maps (N, H, W), each stretched to 0 … 1 before.

    NaN where one is not defined: ranks and edges of a flat map, structure of maps below 11 and edges of maps below 48
    pixels.

    >>> similarity(maps, others)["ssim"]                                                    # doctest: +SKIP
    """
    one, other = (np.asarray(maps, np.float64) for maps in (a, b))
    if one.ndim != 3 or one.shape != other.shape:
        raise HeatlensError(f"The maps have the shapes {one.shape} and {other.shape}; give two stacks (N, H, W) alike.")
    pairs = list(zip(min_max(one), min_max(other), strict=True))
    found = {"ssim": _structure, "spearman": ranks_alike, "hog": _edges}
    return {name: np.array([found[name](*pair) for pair in pairs], np.float64) for name in names}


def _structure(a: np.ndarray, b: np.ndarray) -> float:
    """SSIM with Gaussian weights of σ 1.5."""
    from skimage.metrics import structural_similarity

    # The window of σ 1.5 cut at 3.5 σ.
    if min(a.shape) < 11:
        return np.nan
    return float(
        structural_similarity(a, b, gaussian_weights=True, sigma=1.5, data_range=1, use_sample_covariance=False)
    )


def ranks_alike(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson correlation of the ranks of the pixels; NaN where a map is flat."""
    from scipy.stats import rankdata

    return pearson(rankdata(a), rankdata(b))


def _edges(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson correlation of the histograms of oriented gradients."""
    from skimage.feature import hog

    if min(a.shape) < _CELL * _BLOCK:
        return np.nan
    settings = {"orientations": 9, "pixels_per_cell": (_CELL, _CELL), "cells_per_block": (_BLOCK, _BLOCK)}
    return pearson(*(hog(each, **settings, block_norm="L2-Hys") for each in (a, b)))


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    """Correlation of two lists of numbers; NaN where one of them does not vary."""
    from_a, from_b = a.ravel() - a.mean(), b.ravel() - b.mean()
    spread = np.sqrt((from_a**2).sum() * (from_b**2).sum())
    return float((from_a * from_b).sum() / spread) if spread > 0 else np.nan
