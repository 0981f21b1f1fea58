"""Where a filter fires in a picture: its activation above its threshold, brought to the picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tfcore.lazy import cv2

# A part of a picture: rows and columns.
Part = tuple[slice, slice]
# Cells beside those that fire: one that is interpolated with, one whose other neighbour may be missing.
_BESIDE = 2


def firing(
    activation: np.ndarray, thresholds: np.ndarray, dead: np.ndarray, shape: tuple[int, ...]
) -> Iterator[tuple[int, np.ndarray, Part]]:
    """Each filter of A (h, w, K) that fires anywhere, the part of the picture where it does, and its mask there, uint8
    of 0 and 1, as it is.
    """
    height, width, count = activation.shape
    planes = cv2.transpose(activation.reshape(-1, count)).reshape(count, height, width)
    # Between its values the enlarged map never rises above them: what is far from a cell that fires does not.
    cells = planes >= thresholds[:, np.newaxis, np.newaxis]
    cells[dead] = False
    rows, columns = np.any(cells, axis=2), np.any(cells, axis=1)
    zoom = [size // cell for size, cell in zip(shape, planes.shape[1:], strict=True)]
    whole = (slice(0, shape[0]), slice(0, shape[1]))
    fits = all(cell * by == size for cell, by, size in zip(planes.shape[1:], zoom, shape, strict=True))
    for index in np.flatnonzero(rows.any(1)).tolist():
        part, plane = whole, planes[index]
        if fits:
            # Whole cells are enlarged by themselves as they are among the others.
            down, across = _around(rows[index]), _around(columns[index])
            plane = np.ascontiguousarray(plane[down, across])
            part = _times(down, zoom[0]), _times(across, zoom[1])
        size = part[1].stop - part[1].start, part[0].stop - part[0].start
        large = plane if size == plane.shape[::-1] else cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR)
        yield index, (large >= thresholds[index]).view(np.uint8), part


def _around(fires: np.ndarray) -> slice:
    first, last = int(fires.argmax()), len(fires) - int(fires[::-1].argmax())
    return slice(max(first - _BESIDE, 0), min(last + _BESIDE, len(fires)))


def _times(cells: slice, by: int) -> slice:
    return slice(cells.start * by, cells.stop * by)
