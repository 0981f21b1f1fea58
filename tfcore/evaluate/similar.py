"""How alike two heatmaps are (METHODS.md §6, sanity): structure, ranks and the directions of their edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.aggregate import min_max
from tfcore.lazy import cv2

ALIKE = ("ssim", "spearman", "hog")
# HOG: pixels along a cell, and cells along a block.
_CELL, _BLOCK = 16, 3
# SSIM: pixels along a window, and what keeps it from dividing by nothing (Wang 2004, of maps from 0 to 1).
_WINDOW, _LEVEL, _CONTRAST = 11, 0.01**2, 0.03**2


def similarity(a: np.ndarray, b: np.ndarray, names: Sequence[str] = ALIKE) -> dict[str, np.ndarray]:
    """``ssim``, ``spearman`` and ``hog`` of each pair of maps (N, H, W), each stretched to 0 … 1 before.

    NaN where one is not defined: ranks and edges of a flat map, structure of maps below 11 and edges of maps below 48
    pixels.

    >>> similarity(maps, others)["ssim"]                                                    # doctest: +SKIP
    """
    one, other = (np.asarray(maps, np.float64) for maps in (a, b))
    if one.ndim != 3 or one.shape != other.shape:
        raise HeatlensError(f"The maps have the shapes {one.shape} and {other.shape}; give two stacks (N, H, W) alike.")
    found = {"ssim": _structure, "spearman": ranks_alike, "hog": _edges}
    # Pair by pair: two maps lie in the processor's own memory, a stack of them does not.
    pairs = (min_max(np.stack(pair)) for pair in zip(one, other, strict=True))
    rows = [[found[name](*pair) for name in names] for pair in pairs]
    return dict(zip(names, np.array(rows, np.float64).reshape(len(one), len(names)).T, strict=True))


def _structure(a: np.ndarray, b: np.ndarray) -> float:
    """Mean SSIM over all places where a window fits: a Gaussian of σ 1.5, cut at 3.5 σ."""
    if min(a.shape) < _WINDOW:
        return np.nan
    # What comes within half a window of the edge is made up there, and not looked at.
    inner = slice(_WINDOW // 2, -(_WINDOW // 2))
    # Single precision is twice as fast, and exact to a ten-thousandth of the smaller constant.
    a, b = a.astype(np.float32), b.astype(np.float32)
    of_a, of_b, squares, products = (
        cv2.GaussianBlur(each, (_WINDOW, _WINDOW), 1.5)[inner, inner] for each in (a, b, a * a + b * b, a * b)
    )
    product, square = of_a * of_b, of_a * of_a + of_b * of_b
    alike = (2 * product + _LEVEL) * (2 * (products - product) + _CONTRAST)
    return float((alike / ((square + _LEVEL) * (squares - square + _CONTRAST))).mean(dtype=float))


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
