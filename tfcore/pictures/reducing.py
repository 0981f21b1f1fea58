"""The mean of blocks of pixels, as parts of a picture come: never more in memory than the result and one part."""

from __future__ import annotations

import numpy as np

# Pixels of a picture that is shown and explained reduced.
SHOWN = 16_000_000


class Mean:
    """Of a picture of (height, width), every pixel the mean of step × step, or of what the edges leave of it."""

    def __init__(self, height: int, width: int, step: int) -> None:
        self._step, self._size = step, (-(-height // step), -(-width // step))
        self._sums: np.ndarray | None = None
        self._kind: np.dtype = np.dtype(np.uint8)
        # How many rows and columns each block has.
        self._rows = np.minimum(step, height - step * np.arange(self._size[0]))
        self._columns = np.minimum(step, width - step * np.arange(self._size[1]))

    def add(self, y: int, x: int, part: np.ndarray) -> None:
        """Pixels (h, w) or (h, w, channels) whose corner lies there."""
        if not part.size:
            return
        if self._sums is None:
            self._kind = part.dtype
            # A block of 16-bit pixels has more digits than a float of 32 bits.
            wide = np.float32 if part.dtype.itemsize == 1 and self._step < 256 else np.float64
            kept = self._kind if self._step == 1 else wide
            self._sums = np.zeros((*self._size, *part.shape[2:]), kept)
        if self._step == 1:
            self._sums[y : y + part.shape[0], x : x + part.shape[1]] = part
            return
        rows = self._added(part, y)
        columns = self._added(rows.swapaxes(0, 1), x).swapaxes(0, 1)
        top, left = y // self._step, x // self._step
        self._sums[top : top + columns.shape[0], left : left + columns.shape[1]] += columns

    def _added(self, part: np.ndarray, at: int) -> np.ndarray:
        """Along the first axis, where the part lies at ``at``: every n-th row at once, faster than by block."""
        assert self._sums is not None
        first = at // self._step
        blocks = (at + len(part) - 1) // self._step - first + 1
        sums = np.zeros((blocks, *part.shape[1:]), self._sums.dtype)
        for phase in range(self._step):
            start = (phase - at) % self._step
            some = part[start :: self._step]
            into = (at + start) // self._step - first
            sums[into : into + len(some)] += some
        return sums

    def array(self) -> np.ndarray:
        """All of it, in the type of its parts."""
        assert self._sums is not None
        if self._step == 1:
            return self._sums
        sums = self._sums
        sums /= self._rows.reshape(-1, 1, *[1] * (sums.ndim - 2)).astype(sums.dtype)
        sums /= self._columns.reshape(-1, *[1] * (sums.ndim - 2)).astype(sums.dtype)
        return (np.rint(sums, out=sums) if self._kind.kind in "ui" else sums).astype(self._kind)
