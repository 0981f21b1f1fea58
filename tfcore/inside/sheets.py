"""Masks of many filters on one sheet, one below the other: cleaned and counted together.

A filter fires in about a hundredth of all places, so what is done place by place costs little, and what is done filter
by filter is done for a whole sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tfcore.inside.masks import Sheet, filled, ones
from tfcore.lazy import cv2


@dataclass(frozen=True, eq=False)
class Places:
    """Where filters fire, pixel by pixel: which of them, by its place among those of the sheet, and where in the
    picture, counted through.
    """

    whose: np.ndarray
    where: np.ndarray

    def __getitem__(self, some: np.ndarray) -> Places:
        return Places(self.whose[some], self.where[some])

    def counted(self, codes: np.ndarray, members: np.ndarray, filters: int) -> tuple[np.ndarray, np.ndarray]:
        """(filters,) how many there are, and (filters, C) how many of them each concept has."""
        numbers = self.whose * len(members) + codes.ravel()[self.where]
        counts = np.bincount(numbers, minlength=filters * len(members)).reshape(filters, -1)
        return counts.sum(1), counts @ members


def sheets(
    activation: np.ndarray,
    thresholds: np.ndarray,
    dead: np.ndarray,
    foreground: np.ndarray | None,
    shape: tuple[int, ...],
) -> Iterator[tuple[np.ndarray, Places, Places]]:
    """Filters of A (h, w, K) by number, and where they fire in a picture, as it is and cleaned."""
    for sheet in filled(activation, np.where(dead, np.nan, thresholds).astype(np.float32), shape):
        # The median sees the edge of the picture repeated, and what lies outside is of no picture.
        smooth = cv2.medianBlur(sheet.marked, 3)
        for each in (sheet.marked, smooth):
            each[(sheet.row < 0) | (sheet.row >= shape[0])] = 0
            each[:, : sheet.left] = each[:, sheet.left + shape[1] :] = 0
        raw, there = sheet.there[sheet.marked.ravel()[sheet.there] > 0], ones(smooth)
        clean = _places(sheet, there, shape[1])
        if foreground is not None:
            inside = foreground.ravel()[clean.where]
            there, clean = there[inside], clean[inside]
        largest = _largest(there, clean.whose, smooth.shape[1])
        yield sheet.filters, _places(sheet, raw, shape[1]), clean[largest]


def _places(sheet: Sheet, there: np.ndarray, width: int) -> Places:
    wide = sheet.marked.shape[1]
    rows = there // wide
    # From a place on the sheet to one in the picture.
    further = sheet.row * width - np.arange(len(sheet.row)) * wide - sheet.left
    return Places(sheet.whose[rows], there + further[rows])


def _largest(there: np.ndarray, whose: np.ndarray, width: int) -> np.ndarray:
    """Which places of a sheet are in the largest part of their filter's mask, of equal ones the first in reading order.
    Parts hang together by sides and corners; none reaches the sides of the sheet.
    """
    if not len(there):
        return np.zeros(0, bool)
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    # Runs: places beside each other in a row.
    begins = np.flatnonzero(np.diff(there, prepend=-2) != 1)
    apart = np.append(begins, len(there))
    first, last = there[begins], there[apart[1:] - 1]
    # Those of the row below that each run touches.
    start, stop = np.searchsorted(last, first - 1 + width), np.searchsorted(first, last + 1 + width, "right")
    touching = np.maximum(stop - start, 0)
    ends = np.cumsum(touching)
    others = (np.arange(ends[-1]) - np.repeat(ends - touching - start, touching)).astype(np.int32)
    upto = np.append(0, ends).astype(np.int32)
    graph = csr_matrix((np.ones(len(others), np.int8), others, upto), shape=(len(begins), len(begins)))
    _, part = connected_components(graph, directed=False)
    lengths = np.diff(apart)
    sizes = np.bincount(part, lengths)
    of_part = np.zeros(len(sizes), np.intp)
    of_part[part] = whose[begins]
    # Parts are numbered by their first run.
    order = np.lexsort((-sizes, of_part))
    kept = np.zeros(len(sizes), bool)
    kept[order[np.flatnonzero(np.diff(of_part[order], prepend=-1))]] = True
    inside: np.ndarray = np.repeat(kept[part], lengths)
    return inside
