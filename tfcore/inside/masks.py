"""Where a filter fires in a picture: its activation above its threshold, brought to the picture."""

from __future__ import annotations

import numpy as np

from tfcore.lazy import cv2

# Cells beside those that fire that they are interpolated with: beyond, a map lies between values that do not fire.
_BESIDE = 1


class Firing:
    """The filters of A (h, w, K) that fire anywhere, and for each the part of the picture where it does."""

    def __init__(
        self, activation: np.ndarray, thresholds: np.ndarray, dead: np.ndarray, shape: tuple[int, ...]
    ) -> None:
        height, width, count = activation.shape
        self._planes = cv2.transpose(activation.reshape(-1, count)).reshape(count, height, width)
        self._thresholds = thresholds
        # Between its values the enlarged map never rises above them: what is far from a cell that fires does not.
        cells = self._planes >= thresholds[:, np.newaxis, np.newaxis]
        cells[dead] = False
        rows, columns = cells.any(2), cells.any(1)
        self.filters = np.flatnonzero(rows.any(1))
        fits = shape[0] % height == 0 and shape[1] % width == 0
        # Whole cells are enlarged by themselves as they are among the others.
        ends = [_around(each[self.filters]) if fits else _all(each[self.filters]) for each in (rows, columns)]
        self._down, self._across = ends
        # Rows and columns of the picture, (n, 2): the first, and the first that is no longer.
        self.down, self.across = ends[0] * shape[0] // height, ends[1] * shape[1] // width
        # Looked up once: there are thousands of filters.
        self._resize, self._how = cv2.resize, cv2.INTER_LINEAR

    def mask(self, place: int, out: np.ndarray) -> None:
        """Where the filter at this place among :attr:`filters` fires in its part, into an array of 0 and 1 as large."""
        index, (top, bottom), (left, right) = self.filters[place], self._down[place], self._across[place]
        plane = self._planes[index, top:bottom, left:right]
        if plane.shape != out.shape:
            plane = self._resize(np.ascontiguousarray(plane), out.shape[::-1], interpolation=self._how)
        np.greater_equal(plane, self._thresholds[index], out=out.view(bool))


def _around(fires: np.ndarray) -> np.ndarray:
    """(n, 2): from the first to the last of each row of (n, cells) that fire, and those beside them."""
    count = fires.shape[1]
    first = np.maximum(fires.argmax(1) - _BESIDE, 0)
    return np.column_stack([first, np.minimum(count - fires[:, ::-1].argmax(1) + _BESIDE, count)])


def _all(fires: np.ndarray) -> np.ndarray:
    return np.tile([0, fires.shape[1]], (len(fires), 1))
