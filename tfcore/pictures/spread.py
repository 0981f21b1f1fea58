"""How the values of a whole picture or volume are spread: its window, and what a card's own scaling asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tfcore.pictures.depth import parts
from tfcore.pictures.window import ENOUGH


@dataclass(frozen=True, eq=False)
class Spread:
    """Mean and standard deviation (1/n) of all values (infinite where these are too large), and a million of them at
    most for percentiles.
    """

    mean: float
    sd: float
    sample: np.ndarray

    def percentiles(self, low: float, high: float) -> tuple[float, float]:
        """The values at two per cent marks."""
        first, last = np.percentile(self.sample, (low, high))
        return float(first), float(last)


def sampled(array: np.ndarray) -> np.ndarray:
    """A million values at most of an array."""
    found = _some(array.reshape(-1), array.size)
    return found if found.size else np.zeros(1)


def _some(values: np.ndarray, count: int) -> np.ndarray:
    kept = values[:: max(1, count // ENOUGH)]
    return kept[np.isfinite(kept)] if kept.dtype.kind == "f" else kept


def spread(arrays: Iterable[np.ndarray], count: int) -> Spread:
    """Of some arrays of ``count`` values together; values that are no numbers are passed over."""
    total = squares = number = 0.0
    samples = []
    shift: float | None = None
    for array in arrays:
        values = array.reshape(-1)
        for part in parts(values.size):
            wide = values[part].astype(np.float64)
            wide = wide[np.isfinite(wide)]
            if shift is None and wide.size:
                # Near the mean, so that the squares do not swallow each other's digits.
                shift = float(wide[0])
            with np.errstate(over="ignore"):
                wide -= shift or 0.0
                total, squares = total + float(wide.sum()), squares + float((wide**2).sum())
            number += wide.size
        samples.append(_some(values, count))
    if not number:
        return Spread(0.0, 0.0, np.zeros(1))
    mean = total / number
    variance = squares / number - mean * mean
    sd = max(variance, 0.0) ** 0.5 if math.isfinite(variance) else math.inf
    return Spread(mean + (shift or 0.0), sd, np.concatenate(samples))
