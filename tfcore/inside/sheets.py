"""Masks of many filters on one sheet, one below the other: cleaned and counted together.

A filter fires in about a hundredth of all places, so what is done place by place costs little, and what is done filter
by filter is done for a whole sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tfcore.inside.masks import Frame, Sheet, filled, ones
from tfcore.lazy import cv2


@dataclass(frozen=True, eq=False)
class Places:
    """Where filters fire, pixel by pixel: which of them, by its place among those of the sheet, and where in the frame
    of the picture, counted through.
    """

    whose: np.ndarray
    where: np.ndarray
    frame: Frame

    def __getitem__(self, some: np.ndarray) -> Places:
        return Places(self.whose[some], self.where[some], self.frame)

    def counted(self, codes: np.ndarray, members: np.ndarray, filters: int) -> tuple[np.ndarray, np.ndarray]:
        """(filters,) how many there are in the picture, and (filters, C) how many of them each concept has."""
        border = len(members)
        numbers = self.whose * (border + 1) + self.frame.around(codes, border).ravel()[self.where]
        counts = np.bincount(numbers, minlength=filters * (border + 1)).reshape(filters, -1)[:, :border]
        return counts.sum(1), counts @ members

    def masks(self, filters: int, shape: tuple[int, ...]) -> np.ndarray:
        """(filters, H, W) bool."""
        masks = np.zeros((filters, self.frame.shape[0] * self.frame.shape[1]), bool)
        masks[self.whose, self.where] = True
        return self.frame.without(masks, shape)


def sheets(
    activation: np.ndarray,
    thresholds: np.ndarray,
    dead: np.ndarray,
    foreground: np.ndarray | None,
    shape: tuple[int, ...],
) -> Iterator[tuple[np.ndarray, Places, Places]]:
    """Filters of A (h, w, K) by number, and where they fire in a picture, as it is (and in its frame) and cleaned."""
    counts = np.ones(shape, bool) if foreground is None else foreground
    for sheet in filled(activation, np.where(dead, np.nan, thresholds).astype(np.float32), shape):
        # The median sees the edge of the picture repeated; what it says of the border is of no picture.
        there = ones(cv2.medianBlur(sheet.marked, 3))
        clean = _places(sheet, there)
        inside = sheet.frame.around(counts, False).ravel()[clean.where]
        there, clean = there[inside], clean[inside]
        largest = _largest(there, clean.whose, sheet.marked.shape[1])
        yield sheet.filters, _places(sheet, sheet.there), clean[largest]


def _places(sheet: Sheet, there: np.ndarray) -> Places:
    wide = sheet.marked.shape[1]
    rows = there // wide
    # From a place on the sheet to one in the frame.
    further = (sheet.row - np.arange(len(sheet.row))) * wide
    return Places(sheet.whose[rows], there + further[rows], sheet.frame)


def _largest(there: np.ndarray, whose: np.ndarray, width: int) -> np.ndarray:
    """Which places of a sheet are in the largest part of their filter's mask, of equal ones the first in reading order.
    Parts hang together by sides and corners; none reaches the sides of the sheet.
    """
    if not len(there):
        return np.zeros(0, bool)
    # Runs: places beside each other in a row.
    begins = np.flatnonzero(np.diff(there, prepend=-2) != 1)
    apart = np.append(begins, len(there))
    lengths = np.diff(apart)
    part = _parts(there[begins], there[apart[1:] - 1], width)
    sizes = np.bincount(part, lengths)
    # Parts go by their first run.
    firsts = np.flatnonzero(sizes)
    of_first = whose[begins[firsts]]
    order = np.lexsort((-sizes[firsts], of_first))
    kept = np.zeros(len(sizes), bool)
    kept[firsts[order[np.flatnonzero(np.diff(of_first[order], prepend=-1))]]] = True
    inside: np.ndarray = np.repeat(kept[part], lengths)
    return inside


def _parts(first: np.ndarray, last: np.ndarray, width: int) -> np.ndarray:
    """Of each run, from its ``first`` place to its ``last``, the first run of all that it hangs together with."""
    # Runs of the row above that each touches: it joins the first of them, and the others are one with that.
    start, stop = np.searchsorted(last, first - 1 - width), np.searchsorted(first, last + 1 - width, "right")
    part = np.where(start < stop, start, np.arange(len(first)))
    others = np.maximum(stop - start - 1, 0)
    one = np.repeat(np.arange(len(first)), others)
    other = np.arange(len(one)) - np.repeat(np.cumsum(others) - others - start - 1, others)
    while True:
        while ((further := part[part]) != part).any():
            part = further
        low, high = np.minimum(part[one], part[other]), np.maximum(part[one], part[other])
        if (low == high).all():
            return part
        np.minimum.at(part, high, low)
