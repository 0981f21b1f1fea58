"""Super-pixels: pieces of a picture that belong together, which are shown or covered as one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import Subject
from tfcore.lazy import cv2
from tfcore.models.model import Model
from tfcore.pictures import Picture
from tfcore.registry import Param
from tfcore.results import Box, Heat, Outline

SUPERPIXELS = Param("superpixels", "int", 50, "about how many pieces the picture is cut into", low=1, high=5000)
# How much SLIC weighs nearness against likeness of values, which it brings to 0 … 1.
_COMPACTNESS = 0.2
# Pictures whose pieces are kept.
_KEPT = 4
_known: dict[tuple[bytes, tuple[int, ...], int], np.ndarray] = {}
# Of a block of rows that is worked on at once.
_NUMBERS = 1 << 21


class Pieces:
    """The picture and its baseline, cut into K pieces."""

    def __init__(self, subject: Subject) -> None:
        # (H, W): the number of the piece that each pixel belongs to.
        self.of = (
            _given(subject)
            if "segments" in subject.given
            else superpixels(subject.image, subject.params["superpixels"])
        )
        self.count = int(self.of.max()) + 1
        self._image, self._base, self._room = subject.image, subject.base, subject.room
        # Nothing is wrong with the number, and nothing is seen with it.
        alone = "all of the image is one super-pixel, so no place differs; raise superpixels"
        self.said = alone if self.count == 1 else ""

    def seen(self, present: np.ndarray) -> np.ndarray:
        """One copy for each row (n, K): pieces at 1 as they are, the others as in the baseline."""
        copies, copy_to = self._room(len(present)), cv2.copyTo
        # One after the other: what was just written is still in the processor's cache.
        for copy, shown in zip(copies, present.astype(np.uint8), strict=True):
            copy[:] = self._base
            copy_to(self._image, shown.take(self.of, mode="clip"), copy)
        return copies

    def painted(self, values: np.ndarray) -> np.ndarray:
        """(H, W): every piece in its value."""
        found: np.ndarray = values[self.of]
        return found


class Shown:
    """Which of K pieces each of n copies shows: drawn when their turn comes and kept as bits, since as numbers those of
    many copies and pieces would fill the memory.
    """

    def __init__(self, copies: int, pieces: int, draw: Callable[[slice], np.ndarray]) -> None:
        # ``draw`` gives rows (n, K) of one block after the other, an even number of them.
        self._draw, self._drawn, self.pieces = draw, 0, pieces
        self._block = max(2, _NUMBERS // pieces // 2 * 2)
        self._bits = np.empty((copies, -(-pieces // 8)), np.uint8)

    def __len__(self) -> int:
        return len(self._bits)

    def rows(self, some: slice) -> np.ndarray:
        """(n, K), true where a piece is shown."""
        while self._drawn < some.stop:
            block = slice(self._drawn, min(self._drawn + self._block, len(self)))
            self._bits[block] = np.packbits(self._draw(block), axis=1)
            self._drawn = block.stop
        return np.unpackbits(self._bits[some], axis=1, count=self.pieces).astype(bool)

    def blocks(self, known: int) -> Iterator[tuple[slice, np.ndarray]]:
        """The rows of the first copies as numbers, a bounded part of them at a time; where they stand, and these."""
        for start in range(0, known, self._block):
            some = slice(start, min(start + self._block, known))
            yield some, self.rows(some).astype(float)


def _given(subject: Subject) -> np.ndarray:
    segments = subject.given["segments"]
    if segments.shape != subject.size:
        raise HeatlensError(f"given['segments'] are {segments.shape} for images of {subject.size}; give one per pixel.")
    return np.unique(segments, return_inverse=True)[1].reshape(segments.shape)


def superpixels(image: np.ndarray, count: int) -> np.ndarray:
    """SLIC of what a network eats (H, W, C), which draws nothing by chance; numbered from 0 without gaps (H, W).

    Those of the last pictures are kept, for every method that asks about them.

    >>> tfcore.explain.superpixels.superpixels(batch[0], 50).max()                          # doctest: +SKIP
    """
    if count == 1:
        return np.zeros(image.shape[:2], int)
    key = hashlib.sha256(np.ascontiguousarray(image).data).digest(), image.shape, count
    if (known := _known.get(key)) is not None:
        return known
    from skimage.segmentation import slic

    how = {"compactness": _COMPACTNESS, "sigma": 1, "convert2lab": False, "start_label": 0, "channel_axis": -1}
    found = slic(image.astype(np.float64), count, **how)
    pieces: np.ndarray = np.unique(found, return_inverse=True)[1].reshape(found.shape)
    pieces.flags.writeable = False
    for oldest in [*_known][: len(_known) - _KEPT + 1]:
        _known.pop(oldest, None)
    _known[key] = pieces
    return pieces


def edges(segments: np.ndarray, box: Box, height: int, width: int) -> np.ndarray:
    """(height, width): the pixels of a picture behind which another piece begins; the pieces lie in its box."""

    def places(count: int, start: float, size: float, cells: int) -> np.ndarray:
        found = np.floor((np.arange(count) + 0.5 - start) * cells / size).astype(int)
        return np.where((found < 0) | (found >= cells), -1, found)

    rows = places(height, box.y, box.height, segments.shape[0])
    columns = places(width, box.x, box.width, segments.shape[1])
    seen = np.where((rows[:, None] < 0) | (columns < 0), -1, segments[rows[:, None], columns])
    found = np.zeros(seen.shape, bool)
    found[:-1] |= seen[:-1] != seen[1:]
    found[:, :-1] |= seen[:, :-1] != seen[:, 1:]
    return found


def outlined(model: Model, picture: Picture, heats: Sequence[Heat]) -> list[Heat]:
    """The heats with the outlines of the pieces that their methods covered, for figures."""
    drawn: dict[int | None, tuple[Outline, ...]] = {}
    batch, (box,) = model.prepare_with_boxes([picture])
    for count in {heat.params["superpixels"] for heat in heats if "superpixels" in heat.params}:
        drawn[count] = tuple(_outlines(superpixels(batch[0], count), box))
    return [replace(heat, regions=heat.regions + drawn.get(heat.params.get("superpixels"), ())) for heat in heats]


def _outlines(segments: np.ndarray, box: Box) -> Iterator[Outline]:
    """A closed line along the outermost pixels of each piece, of a part of one where it has several."""
    height, width = segments.shape
    for number in range(segments.max() + 1):
        piece = (segments == number).astype(np.uint8)
        for line in cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y = line[:, 0].T + 0.5
            xs, ys = box.x + x * box.width / width, box.y + y * box.height / height
            yield Outline((*zip(xs.tolist(), ys.tolist(), strict=True), (float(xs[0]), float(ys[0]))))
