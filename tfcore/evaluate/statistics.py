"""From one number per image to what can be said of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000


@dataclass(frozen=True)
class Summary:
    """Mean, median, sample standard deviation and the 95 % interval of the mean; ``None`` where n is too small."""

    n: int
    mean: float | None
    median: float | None
    sd: float | None
    low: float | None
    high: float | None


def summary(values: Sequence[float], seed: int = 0) -> Summary:
    """The numbers of a row; the interval is the percentile bootstrap over images, seeded."""
    numbers = np.array(values, np.float64)
    n = len(numbers)
    if not n:
        return Summary(0, None, None, None, None, None)
    mean, median = float(numbers.mean()), float(np.median(numbers))
    if n == 1:
        return Summary(1, mean, median, None, None, None)
    low, high = interval(numbers, seed)
    return Summary(n, mean, median, float(numbers.std(ddof=1)), low, high)


def interval(numbers: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """Between which means 95 % of the resamples of the images lie."""
    draw = np.random.default_rng(seed)
    n = len(numbers)
    # Resample by resample, so that memory does not grow with their number.
    means = [numbers[draw.integers(0, n, n)].mean() for _ in range(RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
