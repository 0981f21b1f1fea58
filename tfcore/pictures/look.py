"""How stored values become grey levels where a straight line between black and white does not say it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Sigmoid:
    """255 / (1 + exp(−4 (x − centre) / width))."""

    centre: float
    width: float

    def __call__(self, values: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):
            levels: np.ndarray = 255 / (1 + np.exp(-4 * (values.astype(np.float64) - self.centre) / self.width))
        return levels


@dataclass(frozen=True, eq=False)
class Table:
    """A level for each value from ``first`` on; what lies beyond either end gets the level at that end."""

    levels: np.ndarray
    first: int

    def __call__(self, values: np.ndarray) -> np.ndarray:
        places = np.clip(np.rint(values.astype(np.float64)) - self.first, 0, len(self.levels) - 1)
        found: np.ndarray = self.levels[places.astype(np.int64)]
        return found


Look = Sigmoid | Table
