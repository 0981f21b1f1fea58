"""The quantile of every filter over a stream of activations, in bounded memory and with a stated error."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

# Bytes of all histograms together.
_BYTES = 128 << 20
_MOST_BINS, _FEWEST_BINS = 1 << 16, 256


def bins_for(filters: int) -> int:
    """How many bins each of so many filters may have: a power of two."""
    room = _BYTES // (8 * max(filters, 1))
    return int(min(_MOST_BINS, max(_FEWEST_BINS, 1 << (room.bit_length() - 1))))


def width_for(floor: np.ndarray, high: np.ndarray, bins: int) -> np.ndarray:
    """How wide a bin is, if all values lie between; a filter that says the same everywhere needs a width, too."""
    span: np.ndarray = np.maximum(high - floor, np.spacing(np.abs(floor) + 1.0)).astype(np.float64)
    return span / bins


class Histograms:
    """One histogram a filter, of the values above its ``floor`` (K,); of the others it is enough to know how many.

    The range of a histogram doubles, two bins becoming one, whenever a value lies outside. So no value has to be known
    beforehand, and a bin is never wider than 2/bins of the filter's range: this is how far off a quantile can be.
    """

    def __init__(self, floor: np.ndarray, bins: int, width: np.ndarray | None = None) -> None:
        filters = len(floor)
        self._bins, self._floor = bins, floor
        self._counts = np.zeros((filters, bins), np.int64)
        # Histograms that begin at one floor with one width can be added.
        self._width = np.zeros(filters) if width is None else width.copy()
        self.lowest = np.full(filters, np.inf, np.float32)
        self._below = np.zeros(filters, np.int64)
        self._total = 0

    def add(self, values: np.ndarray, highs: np.ndarray | None = None) -> None:
        """More values (n, K); ``highs`` are the highest of some of them each, where those are known."""
        high = (values if highs is None else highs).max(0)
        if not self._width.any():
            self._width = width_for(self._floor, high, self._bins)
        self._make_room(high)
        self.lowest = np.minimum(self.lowest, values.min(0))
        flat = np.flatnonzero(values > self._floor)
        # Division is quick by one number, and what is left over is not.
        filters = flat - flat // len(self._floor) * len(self._floor)
        self._below += len(values) - np.bincount(filters, minlength=len(self._floor))
        self._total += len(values)
        bins = ((values.ravel()[flat] - self._floor[filters]) / self._width[filters]).astype(np.int64)
        np.add.at(self._counts.reshape(-1), bins.clip(0, self._bins - 1) + self._bins * filters, 1)

    def quantile(self, q: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The quantile of every filter, between two neighbours in order as anywhere; the width of a bin; and which of
        them lie below the floor, where nothing is known of them.
        """
        rank = q * (self._total - 1)
        below, above, share = int(rank), int(np.ceil(rank)), rank % 1
        found = (1 - share) * self._value(below) + share * self._value(above)
        # What is lowest may be most of all values (ReLU): of these the quantile is known.
        at_floor = above < self._below
        return found, np.where(at_floor, 0.0, self._width), (below < self._below) & (self.lowest < self._floor)

    def _value(self, rank: int) -> np.ndarray:
        """About the value (K,) that so many lie below."""
        upto = self._below[:, np.newaxis] + np.cumsum(self._counts, 1)
        bin = (upto <= rank).sum(1)[:, np.newaxis].clip(0, self._bins - 1)
        inside = np.take_along_axis(self._counts, bin, 1)
        before = np.take_along_axis(upto, bin, 1) - inside
        place = (bin + (rank - before + 0.5) / np.maximum(inside, 1))[:, 0]
        return np.where(rank < self._below, self._floor, self._floor + place * self._width)

    def plus(self, other: Histograms) -> None:
        """Those of other values, of the same floor and of widths that were the same."""
        for one, theirs in ((self, other), (other, self)):
            while (wider := theirs._width > one._width).any():
                one._double(wider)
        self._counts += other._counts
        self._below += other._below
        self._total += other._total
        self.lowest = np.minimum(self.lowest, other.lowest)

    def arrays(self) -> dict[str, np.ndarray]:
        """All that was counted: most bins are empty."""
        there = np.flatnonzero(self._counts)
        counts = self._counts.ravel()[there]
        return {
            "there": there,
            "counts": counts,
            "width": self._width,
            "lowest": self.lowest,
            "below": self._below,
            "total": np.array(self._total),
        }

    def read(self, arrays: Mapping[str, np.ndarray]) -> Histograms:
        """As others counted, from the same floor on."""
        self._counts.reshape(-1)[arrays["there"]] = arrays["counts"]
        self._width, self.lowest, self._below = arrays["width"], arrays["lowest"], arrays["below"]
        self._total = int(arrays["total"])
        return self

    def _make_room(self, high: np.ndarray) -> None:
        while (wider := high > self._floor + self._bins * self._width).any():
            self._double(wider)

    def _double(self, wider: np.ndarray) -> None:
        paired = self._counts[wider].reshape(-1, self._bins // 2, 2).sum(2)
        self._counts[wider] = np.concatenate([paired, np.zeros_like(paired)], 1)
        self._width = np.where(wider, 2 * self._width, self._width)
