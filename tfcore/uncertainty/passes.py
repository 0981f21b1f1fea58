"""Many passes over many images: what is asked, the order of work, and sums that need no memory of what came."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from tfcore.errors import Cancelled, HeatlensError
from tfcore.explain.params import SEED
from tfcore.explain.pieces import PASS_BYTES
from tfcore.explain.runners import Progress
from tfcore.models.program import Values
from tfcore.registry import Param
from tfcore.results import Insert
from tfcore.results.prediction import NOISE

SIGMA = Param("noise", "float", 0.1, "standard deviation of noise on the picture, of its range", low=0, high=1)
PASSES = Param("passes", "int", 100, "passes with dropout on", low=1, high=100_000)


def checked(passes: Any, seed: Any, insert: Any) -> tuple[int, int, Insert]:
    """Number of passes, seed and what to put in, or a sentence that says what is allowed."""
    return PASSES.parse(passes), SEED.parse(seed), _put_in(insert)


def noise_in(insert: Insert) -> float | None:
    """The standard deviation of noise on the picture, as a share of its range; none where dropout is put in.

    >>> noise_in("noise 0.1"), noise_in(0.2)
    (0.1, None)
    """
    return float(insert.removeprefix(NOISE)) if isinstance(insert, str) else None


def _put_in(insert: Any) -> Insert:
    if insert is None:
        return None
    if isinstance(insert, str) and insert.startswith(NOISE):
        sigma = SIGMA.parse(insert.removeprefix(NOISE).strip(" ="))
        if sigma > 0:
            return f"{NOISE} {sigma:g}"
        raise HeatlensError("noise = 0 changes nothing, so every pass would be the same; give a number such as 0.1.")
    try:
        rate = float(insert)
    except (TypeError, ValueError):
        rate = -1.0
    # Not a Param: 0 and 1 themselves are no rates either.
    if isinstance(insert, bool) or not 0 < rate < 1:
        raise HeatlensError(f"insert = {insert} is no dropout rate; give a number between 0 and 1, for example 0.2.")
    return rate


# What some passes of one image gave; two of them can be added.
Part = TypeVar("Part", bound=Any)


def in_rounds(
    images: int,
    passes: int,
    together: int,
    start: Callable[[int], Values],
    some: Callable[[Values, int, int, int], Part],
    progress: Progress,
) -> tuple[list[Part], int]:
    """Per image the sum of what its passes gave, and how many passes those were.

    ``start(image)`` is what an image needs once, ``some(values, image, first, rows)`` does ``rows`` of its passes. A
    cancelled run gives back what it has: whole rounds of all images, or before the first round is whole the images
    done so far.
    """
    total = images * passes
    found: list[Part] = []
    while (begun := len(found)) < images:
        starts = [start(begun)]
        group = min(images - begun, _images_kept(starts[0]))
        sums: list[Part] = []
        parts: list[Part] = []
        done = rows = 0
        try:
            while done < passes:
                rows, parts = min(together, passes - done), []
                for index in range(group):
                    progress(begun * passes + done * group + index * rows, total)
                    if index == len(starts):
                        starts.append(start(begun + index))
                    parts.append(some(starts[index], begun + index, done, rows))
                sums = [one + other for one, other in zip(sums, parts, strict=True)] if sums else parts
                done += rows
        except Cancelled:
            if found:
                return found, passes
            if sums:
                return sums, done
            if parts:
                return parts, rows
            raise
        found += sums
    with suppress(Cancelled):
        progress(total, total)
    return found, passes


def _images_kept(values: Values) -> int:
    """How many images' starting values may wait in memory for their next round."""
    size = sum(value.dtype.size * value.shape.num_elements() for value in values.values())
    return max(1, PASS_BYTES // max(1, size))


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


@dataclass(frozen=True, eq=False)
class Ranks:
    """Σ of the ranks of each map, standardised: of length 1 around 0, so that a product of two is their correlation."""

    total: np.ndarray
    count: int
    # Maps with one value everywhere, which have no ranks.
    flat: int

    @classmethod
    def of(cls, maps: np.ndarray) -> Ranks:
        """Of maps (T, …)."""
        from scipy.stats import rankdata

        ranks = rankdata(maps.reshape(len(maps), -1), axis=1)
        ranks -= ranks.mean(1, keepdims=True)
        lengths = np.linalg.norm(ranks, axis=1)
        ranked = lengths > 0
        return cls((ranks[ranked] / lengths[ranked, None]).sum(0), int(ranked.sum()), int((~ranked).sum()))

    def __add__(self, other: Ranks) -> Ranks:
        return Ranks(self.total + other.total, self.count + other.count, self.flat + other.flat)

    @property
    def correlation(self) -> float:
        """Σ over pairs of z_s·z_t / number of pairs = (|Σ z|² − T) / (T (T − 1)); NaN for fewer than two maps."""
        pairs = self.count * (self.count - 1)
        return float((self.total @ self.total - self.count) / pairs) if pairs else float("nan")
