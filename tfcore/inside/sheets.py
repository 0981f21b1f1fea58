"""Masks of many filters on one sheet, one below the other: cleaned and counted together.

A filter fires in about a hundredth of all places, so what is done place by place costs little, and what is done filter
by filter is done for a whole sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tfcore.inside.masks import Firing
from tfcore.lazy import cv2

# Pixels of a sheet.
_PIXELS = 4 << 20


@dataclass(frozen=True, eq=False)
class Places:
    """Where filters fire, pixel by pixel in reading order: which of them, by its place among those of the sheet, and
    where in the picture, counted through.
    """

    whose: np.ndarray
    where: np.ndarray

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
    firing = Firing(activation, thresholds, dead, shape)
    # Before and behind each mask lies a row of nobody's.
    rows = firing.down[:, 1] - firing.down[:, 0] + 2
    of_sheet = np.cumsum(rows) // (_PIXELS // shape[1])
    for number in np.unique(of_sheet):
        some = np.flatnonzero(of_sheet == number)
        raw, clean = _sheet(firing, some, rows[some], foreground, shape[1])
        yield firing.filters[some], raw, clean


def _sheet(
    firing: Firing, some: np.ndarray, rows: np.ndarray, foreground: np.ndarray | None, width: int
) -> tuple[Places, Places]:
    ends = np.cumsum(rows)
    starts = ends - rows
    sheet = np.zeros((int(ends[-1]), width), np.uint8)
    for place, first, last, (left, right) in zip(
        some.tolist(), (starts + 1).tolist(), (ends - 1).tolist(), firing.across[some].tolist(), strict=True
    ):
        firing.mask(place, sheet[first:last, left:right])
    # Of each row of the sheet the filter, by its place here, and where in the picture it begins.
    whose = np.repeat(np.arange(len(some)), rows)
    begins = (np.arange(len(sheet)) + np.repeat(firing.down[some, 0] - starts - 1, rows)) * width
    raw = _set(sheet)
    # The edge of the picture repeats itself; of a mask inside of it the edge is empty.
    sheet[starts], sheet[ends - 1] = sheet[starts + 1], sheet[ends - 2]
    smooth = cv2.medianBlur(sheet, 3)
    smooth[starts] = smooth[ends - 1] = 0
    if foreground is not None:
        smooth &= foreground.view(np.uint8)[np.clip(begins // width, 0, len(foreground) - 1)]
    clean = _largest(_set(smooth), whose, width)
    return _places(raw, whose, begins, width), _places(clean, whose, begins, width)


def _set(sheet: np.ndarray) -> np.ndarray:
    """Where a sheet of 0 and 1 is 1, counted through: eight at once, as most are 0."""
    flat = np.pad(sheet.ravel(), (0, -sheet.size % 8)) if sheet.size % 8 else sheet.ravel()
    eights = np.flatnonzero(flat.view(np.uint64) != 0)
    among = np.flatnonzero(flat.reshape(-1, 8)[eights].view(bool))
    found: np.ndarray = 8 * eights[among // 8] + among % 8
    return found


def _places(there: np.ndarray, whose: np.ndarray, begins: np.ndarray, width: int) -> Places:
    rows, columns = np.divmod(there, width)
    return Places(whose[rows], begins[rows] + columns)


def _largest(there: np.ndarray, whose: np.ndarray, width: int) -> np.ndarray:
    """Of the places of a sheet those in the largest part of each filter's mask, of equal ones the first in reading
    order. Parts hang together by sides and corners.
    """
    if not len(there):
        return there
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    # Runs: places beside each other in a row.
    begins = np.flatnonzero((np.diff(there, prepend=-2) != 1) | (there % width == 0))
    rows = there[begins] // width
    apart = np.append(begins, len(there))
    first, last = there[begins], there[apart[1:] - 1]
    # Those of the row below that each run touches.
    left, right = np.maximum(first - 1, rows * width), np.minimum(last + 1, (rows + 1) * width - 1)
    start, stop = np.searchsorted(last, left + width), np.searchsorted(first, right + width, "right")
    touching = np.maximum(stop - start, 0)
    ends = np.cumsum(touching)
    others = (np.arange(ends[-1]) - np.repeat(ends - touching - start, touching)).astype(np.int32)
    upto = np.append(0, ends).astype(np.int32)
    graph = csr_matrix((np.ones(len(others), np.int8), others, upto), shape=(len(rows), len(rows)))
    _, part = connected_components(graph, directed=False)
    lengths = np.diff(apart)
    sizes = np.bincount(part, lengths)
    of_part = np.zeros(len(sizes), np.intp)
    of_part[part] = whose[rows]
    # Parts are numbered by their first run.
    order = np.lexsort((-sizes, of_part))
    kept = np.zeros(len(sizes), bool)
    kept[order[np.flatnonzero(np.diff(of_part[order], prepend=-1))]] = True
    return there[np.repeat(kept[part], lengths)]
