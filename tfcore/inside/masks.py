"""Where filters fire in a picture: activations above thresholds, brought to the picture, many filters on one sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tfcore.lazy import cv2

# Pixels that the masks of one sheet have together, if nothing is left out.
_PIXELS = 8 << 20


class Frame(NamedTuple):
    """A picture with a border, at least a pixel wide: of its rows and columns, with those of the border, the first that
    are the picture's.
    """

    shape: tuple[int, int]
    top: int
    left: int

    def around(self, picture: np.ndarray, border: Any) -> np.ndarray:
        """(H, W) with its border."""
        framed = np.full(self.shape, border, picture.dtype)
        framed[self._inside(picture.shape)] = picture
        return framed

    def without(self, framed: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """(K, rows, columns) without the border: (K, H, W)."""
        inside: np.ndarray = framed.reshape(-1, *self.shape)[:, *self._inside(shape)]
        return inside

    def _inside(self, shape: tuple[int, ...]) -> tuple[slice, slice]:
        return slice(self.top, self.top + shape[0]), slice(self.left, self.left + shape[1])


@dataclass(frozen=True, eq=False)
class Sheet:
    """Masks of filters one below the other, in a frame that repeats the edge of the picture.

    Rows in which nothing fires may be left out; where some are, or another filter begins, lies a row of zeros.
    """

    # Filters by number.
    filters: np.ndarray
    # (rows, columns of the frame) uint8 of 0 and 1, of whole eights, and where it is 1, counted through.
    marked: np.ndarray
    there: np.ndarray
    # Of each row the filter, by its place among those of the sheet, and which row of the frame it is; 0 is border.
    whose: np.ndarray
    row: np.ndarray
    frame: Frame


def filled(activation: np.ndarray, thresholds: np.ndarray, shape: tuple[int, ...]) -> Iterator[Sheet]:
    """The filters of A (h, w, K) that fire in a picture of (H, W) pixels; NaN is a threshold that is never reached."""
    (down, more), (across, most) = map(divmod, shape, activation.shape[:2])
    whole_cells = min(down, across) > 1 and not more and not most
    together = max(1, _PIXELS // ((shape[0] + down + 1) * (shape[1] + across + 1)))
    for begin in range(0, len(thresholds), together):
        filters = np.arange(begin, min(begin + together, len(thresholds)))
        some = np.ascontiguousarray(activation[..., begin : begin + together]), thresholds[begin : begin + together]
        if (fires := some[0] >= some[1]).any():
            yield (
                _of_cells(filters, *some, fires, down, across)
                if whole_cells
                else _of_maps(filters, *some, fires, shape)
            )


def _of_cells(
    filters: np.ndarray, activation: np.ndarray, thresholds: np.ndarray, fires: np.ndarray, down: int, across: int
) -> Sheet:
    """Cells of whole pixels. The picture is laid out in blocks from the middle of a cell to that of the next; between
    four that do not fire no pixel rises above them, so only the other blocks are looked at.
    """
    height, width, count = activation.shape
    near = _either(_either(fires, 0), 1)
    block = np.flatnonzero(near)
    which = block // count
    filter = block - which * count
    row = which // (width + 1)
    column = which - row * (width + 1)

    # Rows of blocks: filter by filter, a row of zeros before each that does not follow the last.
    lines = np.flatnonzero(near.any(1).T)
    of_filter = lines // (height + 1)
    of_row = lines - of_filter * (height + 1)
    long = np.full(len(lines), down + 1)
    long[1:] -= (np.diff(lines) == 1) & (of_row[1:] > 0)
    starts = np.cumsum(long) - down
    line = np.repeat(np.arange(len(lines)), long)
    # Whole eights, and the last of them of no filter.
    rows = np.zeros(len(line) + 8 - len(line) % 8, np.intp)
    whose = np.zeros_like(rows)
    whose[: len(line)] = of_filter[line]
    rows[: len(line)] = (of_row * down - starts)[line] + np.arange(len(line))
    # A row of zeros is as good as one of the border.
    rows[(starts - 1)[long > down]] = 0

    # The cells around each block, which repeat themselves beyond the edge, and what lies between.
    upper, left = np.maximum(row - 1, 0), np.maximum(column - 1, 0)
    at = (upper * width + left) * count + filter
    below = (np.minimum(row, height - 1) - upper) * (width * count)
    beside = (np.minimum(column, width - 1) - left) * count
    y, x = (((np.arange(each) + 0.5 * (1 - each % 2)) / each).astype(np.float32)[:, None] for each in (down, across))
    sides = [activation.ravel().take(each) for each in (at, at + beside, at + below, at + below + beside)]
    top, bottom = (one + (other - one) * x for one, other in (sides[:2], sides[2:]))
    between = (bottom - top) * y[..., None]
    between += top
    found = np.flatnonzero(between >= thresholds[filter])

    begins = np.zeros(count * (height + 1), np.intp)
    begins[lines] = starts
    wide = (width + 1) * across
    corner = begins[filter * (height + 1) + row] * wide + column * across
    pixel = found // len(block)
    there = corner[found - pixel * len(block)] + (np.arange(down)[:, None] * wide + np.arange(across)).ravel()[pixel]
    marked = np.zeros((len(rows), wide), np.uint8)
    marked.reshape(-1)[there] = 1
    frame = Frame(((height + 1) * down, wide), down - down // 2, across - across // 2)
    return Sheet(filters, marked, there, whose, rows, frame)


def _of_maps(
    filters: np.ndarray, activation: np.ndarray, thresholds: np.ndarray, fires: np.ndarray, shape: tuple[int, ...]
) -> Sheet:
    """Maps as large as the picture, or cells of no whole pixels: each map is enlarged by itself."""
    height, width = shape
    alike = activation.shape[:2] == tuple(shape)
    planes = cv2.transpose((fires.view(np.uint8) if alike else activation).reshape(-1, len(filters)))
    some = np.flatnonzero(fires.any((0, 1)))
    rows = len(some) * (height + 2)
    flat = np.zeros((-(-rows // 8) * 8, width + 2), np.uint8)
    marked = flat[:rows].reshape(len(some), height + 2, width + 2)
    for mask, place in zip(marked[:, 1:-1, 1:-1], some, strict=True):
        plane = planes[place].reshape(activation.shape[:2])
        np.copyto(mask, plane if alike else cv2.resize(plane, (width, height)) >= thresholds[place])
    marked[:, 0], marked[:, -1] = marked[:, 1], marked[:, -2]
    marked[..., 0], marked[..., -1] = marked[..., 1], marked[..., -2]
    whose, row = np.divmod(np.arange(len(flat)), height + 2)
    row[rows:] = 0
    frame = Frame((height + 2, width + 2), 1, 1)
    return Sheet(filters[some], flat, ones(flat), np.minimum(whose, len(some) - 1), row, frame)


def _either(fires: np.ndarray, axis: int) -> np.ndarray:
    """One longer than it was: whether of two neighbours one fires, and at the ends the last."""
    fires = np.moveaxis(fires, axis, 0)
    found = np.empty((len(fires) + 1, *fires.shape[1:]), bool)
    found[0], found[-1] = fires[0], fires[-1]
    np.logical_or(fires[:-1], fires[1:], out=found[1:-1])
    return np.moveaxis(found, 0, axis)


def ones(sheet: np.ndarray) -> np.ndarray:
    """Where a sheet of 0 and 1 is 1, counted through: eight at once, as most are 0."""
    eights = np.flatnonzero(sheet.reshape(-1).view(np.uint64) != 0)
    among = np.flatnonzero(sheet.reshape(-1, 8)[eights].view(bool))
    of = among // 8
    found: np.ndarray = among + 8 * (eights - np.arange(len(eights)))[of]
    return found
