"""What many passes gave, added up as they come: memory does not grow with their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Moments:
    """Count, mean and Σ(x − mean)² of passes; two of them add up to those of all passes."""

    count: int
    mean: np.ndarray
    squares: np.ndarray

    @classmethod
    def of(cls, samples: np.ndarray) -> Moments:
        """Of samples (T, …)."""
        # Counted from the first sample, so that equal samples have a variance of exactly zero.
        from_first = samples.astype(np.float64) - samples[0]
        mean = from_first.mean(0)
        return cls(len(samples), samples[0] + mean, ((from_first - mean) ** 2).sum(0))

    def __add__(self, other: Moments) -> Moments:
        count = self.count + other.count
        apart = other.mean - self.mean
        mean = self.mean + apart * (other.count / count)
        squares = self.squares + other.squares + apart**2 * (self.count * other.count / count)
        return Moments(count, mean, squares)

    @property
    def variance(self) -> np.ndarray:
        """1/T Σ x² − mean² (002, eq. 9b)."""
        return self.squares / self.count
