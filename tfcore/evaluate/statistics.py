"""From one number per image to what can be said of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

RESAMPLES = 2000
# Numbers drawn at once.
_AT_ONCE = 1 << 21


@dataclass(frozen=True)
class Summary:
    """Mean, median, sample standard deviation and the 95 % interval of the mean; ``None`` where n is too small."""

    n: int
    mean: float | None
    median: float | None
    sd: float | None
    low: float | None
    high: float | None


def summary(values: Sequence[float], seed: int = 0, owners: Sequence[str] | None = None) -> Summary:
    """The numbers of a row; the interval is the percentile bootstrap over images, or over their ``owners``, seeded."""
    numbers = np.array(values, np.float64)
    n = len(numbers)
    if not n:
        return Summary(0, None, None, None, None, None)
    mean, median = float(numbers.mean()), float(np.median(numbers))
    if n == 1:
        return Summary(1, mean, median, None, None, None)
    low, high = interval(numbers, seed, owners)
    return Summary(n, mean, median, float(numbers.std(ddof=1)), low, high)


def interval(
    numbers: np.ndarray, seed: int = 0, owners: Sequence[str] | None = None
) -> tuple[float, float] | tuple[None, None]:
    """Between which means 95 % of the resamples lie; pictures of one owner (a patient) are drawn together.

    One owner alone has no interval: nothing is known of others.
    """
    found = intervals(numbers[:, np.newaxis], seed, owners)
    return (None, None) if found is None else (float(found[0, 0]), float(found[1, 0]))


def intervals(numbers: np.ndarray, seed: int = 0, owners: Sequence[str] | None = None) -> np.ndarray | None:
    """The same for every column of numbers (pictures, K), as (2, K); the resamples are those of one column."""
    sums, counts = numbers, np.ones(len(numbers))
    if owners is not None:
        _, whose = np.unique(np.asarray(owners), return_inverse=True)
        counts = np.bincount(whose).astype(float)
        sums = np.zeros((len(counts), numbers.shape[1]))
        np.add.at(sums, whose, numbers)
    if len(sums) == 1:
        return None
    # About the first, so that equal numbers have an interval of one point.
    about = sums - counts[:, np.newaxis] * numbers[0]
    means = [drawn @ about / (drawn @ counts)[:, np.newaxis] for drawn in resamples(len(sums), seed)]
    found: np.ndarray = numbers[0] + np.percentile(np.concatenate(means), [2.5, 97.5], axis=0)
    return found


@lru_cache(4)
def _kept(n: int, seed: int) -> tuple[np.ndarray, ...]:
    return tuple(_drawn(n, seed))


def resamples(n: int, seed: int) -> Iterable[np.ndarray]:
    """How often each of n is in each resample (some, n); few numbers are drawn once for all rows."""
    return _kept(n, seed) if n * RESAMPLES <= _AT_ONCE else _drawn(n, seed)


def _drawn(n: int, seed: int) -> Iterator[np.ndarray]:
    draw = np.random.default_rng(seed)
    # Some resamples at a time, so that memory does not grow with their number.
    some = max(1, _AT_ONCE // n)
    for start in range(0, RESAMPLES, some):
        rows = min(some, RESAMPLES - start)
        places = draw.integers(0, n, (rows, n)) + n * np.arange(rows)[:, np.newaxis]
        yield np.bincount(places.ravel(), minlength=rows * n).reshape(rows, n).astype(float)
