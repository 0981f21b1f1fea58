"""Removed pixels filled from what is left: noisy linear imputation (Rong 2022, ROAD; METHODS.md §6)."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcore.errors import HeatlensError

# Beside and diagonal; one of each pair, the other is its mirror image.
_NEIGHBOURS = {(0, 1): 1 / 6, (1, 0): 1 / 6, (1, 1): 1 / 12, (1, -1): 1 / 12}


def impute(batch: np.ndarray, keep: np.ndarray, noise: float = 0.01, seed: int = 0) -> np.ndarray:
    """Every pixel outside ``keep`` (N, H, W) as the weighted mean of its 8 neighbours, removed ones too, plus noise.

    Weights are 1/6 beside and 1/12 diagonal, renormalised at the picture's edge. Where nothing is kept the picture
    becomes its mean. ``noise`` is the standard deviation in the units of the batch (N, H, W, C).

    >>> impute(batch, keep, noise=0)                                                        # doctest: +SKIP
    """
    batch, keep = np.asarray(batch, np.float32), np.asarray(keep, bool)
    if batch.ndim != 4 or keep.shape != batch.shape[:3]:
        raise HeatlensError(
            f"keep has the shape {keep.shape} for pictures of {batch.shape}; give one mask (H, W) for each (N, H, W)."
        )
    return np.stack([imputed(image, kept, noise, seed) for image, kept in zip(batch, keep, strict=True)])


def imputed(image: np.ndarray, keep: np.ndarray, noise: float, seed: int) -> np.ndarray:
    """One picture (H, W, C)."""
    filled = image.astype(np.float64)
    gone = ~keep
    if not gone.any():
        return image
    filled[gone] = _solved(filled, keep) if keep.any() else filled.mean((0, 1))
    drawn = np.random.default_rng(seed).normal(0, 1, filled.shape)
    filled[gone] += noise * drawn[gone]
    return filled.astype(np.float32)


def _solved(image: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """x with Σ_j w_ij (x_i − x_j) = 0 for every removed pixel i (removed, C): exactly, all channels together."""
    from scipy.sparse.linalg import splu

    rows, columns = np.flatnonzero(~keep), np.flatnonzero(keep)
    weights = _weights(*keep.shape)[rows]
    total = np.asarray(weights.sum(1)).ravel()
    system = _diagonal(total) - weights[:, rows]
    known = weights[:, columns] @ image.reshape(-1, image.shape[-1])[columns]
    # Symmetric and positive: the order that keeps its factors small, and no pivots.
    factors = splu(system.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    solved: np.ndarray = factors.solve(known)
    return solved


def _diagonal(values: np.ndarray) -> Any:
    from scipy.sparse import diags

    return diags(values)


def _weights(height: int, width: int) -> Any:
    """w (pixels, pixels) of neighbours inside the picture."""
    from scipy.sparse import coo_matrix

    number = np.arange(height * width).reshape(height, width)
    ones, others, values = [], [], []
    for (down, right), weight in _NEIGHBOURS.items():
        here = number[: height - down, max(0, -right) : width - max(0, right)].ravel()
        ones += [here, here + down * width + right]
        others += [here + down * width + right, here]
        values += [np.full(2 * len(here), weight)]
    where = np.concatenate(ones), np.concatenate(others)
    return coo_matrix((np.concatenate(values), where), shape=(number.size,) * 2).tocsr()
