"""What the numbers of trust are computed from: probabilities and true classes, checked."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tfcore.errors import HeatlensError


def rows(values: ArrayLike, name: str) -> np.ndarray:
    """A row per picture, a column per class, in double precision."""
    array = np.asarray(values, np.float64)
    if array.ndim != 2 or not array.shape[0] or array.shape[1] < 2:
        raise HeatlensError(f"{name}: expected a row per picture and a column per class, got {array.shape}.")
    if not np.isfinite(array).all():
        bad = int(np.flatnonzero(~np.isfinite(array).all(1))[0])
        raise HeatlensError(f"{name}: row {bad} holds what is no number; leave that picture out.")
    return array


def shares(values: ArrayLike) -> np.ndarray:
    """Probabilities: rows that sum to 1."""
    array = rows(values, "Probabilities")
    wrong = (array < -1e-6).any(1) | (np.abs(array.sum(1) - 1) > 1e-3)
    if wrong.any():
        bad = int(np.flatnonzero(wrong)[0])
        found = f"sums to {array[bad].sum():.3g}, not to 1" if (array[bad] >= 0).all() else "holds less than 0"
        raise HeatlensError(f"Probabilities: row {bad} {found}; are these logits?")
    return np.clip(array, 0, 1)


def classes(labels: ArrayLike, like: np.ndarray) -> np.ndarray:
    """The true class of every row."""
    array = np.asarray(labels)
    if array.shape != like.shape[:1]:
        raise HeatlensError(f"Labels: {len(like)} pictures need {len(like)} labels, got {array.shape}.")
    if not np.issubdtype(array.dtype, np.integer) or array.min() < 0 or array.max() >= like.shape[1]:
        raise HeatlensError(f"Labels: whole numbers from 0 to {like.shape[1] - 1} are expected.")
    return array.astype(np.int64)


def of_truth(array: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """In every row, the value of the true class."""
    return np.take_along_axis(array, labels[:, np.newaxis], 1)[:, 0]
