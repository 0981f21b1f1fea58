"""Pictures at the network's size between epochs: in memory, in a file, or read anew, but never beyond the budget."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import LeftOut, Sample
from tfcore.data.threads import Progress, threads
from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.models.card import Card
from tfcore.models.prepare import fitted, prepare
from tfcore.pictures.address import file_of
from tfcore.pictures.formats import format_of

# What ends a whole picture, and in how many last bytes it is looked for.
_ENDS = {"png": b"IEND", "jpeg": b"\xff\xd9"}
_TAIL = 1 << 16
_NO_MASK = np.zeros((1, 1), np.uint8)


class Store:
    """Grey levels (H, W, C) of every sample by number, fitted by the card, and its mask if the task asks for one."""

    def __init__(
        self,
        samples: Sequence[Sample],
        card: Card,
        memory: int,
        cache_dir: Path | None,
        may_round: bool,
        mask_values: dict[int, int] | None,
    ) -> None:
        self.samples = tuple(samples)
        self.failure: HeatlensError | None = None
        self._masked = card.task == "segmentation"
        self.mask_values = mask_values
        # Scaling comes after augmentation; without it, prepare gives the levels that it would scale.
        self._card = replace(card, scaling="none", colour="rgb" if card.colour == "bgr" else card.colour)
        height, width, channels = card.input_shape
        assert height is not None
        assert width is not None
        self._shape = (len(samples), height, width, channels)
        self._mask_shape = (len(samples), height, width) if self._masked else (0,)
        self._levels: np.ndarray | None = None
        self._masks: np.ndarray | None = None
        self.kind = self._make_room(memory, cache_dir, may_round)

    @property
    def kept(self) -> int:
        """Bytes of memory that the levels and masks take."""
        arrays = (self._levels, self._masks)
        return sum(array.nbytes for array in arrays if array is not None and not isinstance(array, np.memmap))

    def fill(self, progress: Progress | None) -> tuple[LeftOut, ...]:
        """Read what is kept, or else check what can be checked quickly; the samples that cannot be used."""
        files = [
            list(group)
            for _, group in groupby(range(len(self.samples)), lambda index: file_of(self.samples[index].path))
        ]
        done = 0
        left: list[LeftOut] = []
        with threads() as pool:
            # The frames of one file in their order, by one thread: videos are read forwards.
            for part, broken in zip(files, pool.map(self._fill_some, files), strict=True):
                left += broken
                done += len(part)
                if progress is not None:
                    progress(done, len(self.samples))
        return tuple(left)

    def item(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Grey levels (H, W, C) float32 from 0 to 255, and class indices (H, W) uint8, of one pixel without a mask."""
        if self._levels is None or self._masks is None:
            return self._reported(index)
        # Copied, since TensorFlow may write where it is given room.
        return np.array(self._levels[index], np.float32), np.array(self._masks[index]) if self._masked else _NO_MASK

    def _make_room(self, memory: int, cache_dir: Path | None, may_round: bool) -> str:
        exact = 4 * int(np.prod(self._shape)) + int(np.prod(self._mask_shape))
        rounded = int(np.prod(self._shape)) + int(np.prod(self._mask_shape))
        if exact <= memory:
            self._levels, self._masks = np.empty(self._shape, np.float32), np.empty(self._mask_shape, np.uint8)
            return "float32"
        if may_round and rounded <= memory:
            self._levels, self._masks = np.empty(self._shape, np.uint8), np.empty(self._mask_shape, np.uint8)
            return "uint8"
        if cache_dir is not None:
            self._levels = _in_file(self._shape, np.float32, cache_dir)
            self._masks = _in_file(self._mask_shape, np.uint8, cache_dir) if self._masked else np.empty(0, np.uint8)
            return "file"
        return "none"

    def _fill_some(self, indices: Sequence[int]) -> list[LeftOut]:
        broken = []
        for index in indices:
            try:
                if self._levels is None or self._masks is None:
                    self._quick_check(index)
                    continue
                levels, mask = self._read(index)
                self._levels[index] = levels if self._levels.dtype == np.float32 else np.rint(levels)
                if self._masked:
                    self._masks[index] = mask
            except HeatlensError as error:
                broken.append(LeftOut(self.samples[index], str(error)))
        return broken

    def _quick_check(self, index: int) -> None:
        sample = self.samples[index]
        if sample.frame is not None or not _looks_whole(sample.path):
            self._read(index)
        elif self._masked and sample.mask is None and not sample.outlines:
            reading.mask(sample)

    def _reported(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        try:
            return self._read(index)
        except HeatlensError as error:
            # TensorFlow wraps what a Python function raises; the sentence is kept for whoever trains.
            self.failure = error
            raise

    def _read(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        sample = self.samples[index]
        shown = reading.picture(sample)
        levels = prepare(self._card, [shown])[0][0]
        if not self._masked:
            return levels, _NO_MASK
        mask = reading.mask(sample, self.mask_values)
        if mask.shape != (shown.height, shown.width):
            raise HeatlensError(
                f"{sample.mask or sample.path} is a mask of {mask.shape[1]} × {mask.shape[0]} pixels and its picture "
                f"has {shown.width} × {shown.height}; make them equal."
            )
        classes = fitted(mask[..., np.newaxis], self._shape[1], self._shape[2], self._card.fit, "nearest")[0]
        return levels, classes[..., 0].astype(np.uint8)


def _in_file(shape: tuple[int, ...], kind: type, folder: Path) -> np.ndarray:
    """An array in a file that goes when nobody uses it any more; its place on the disk is taken at once."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        with tempfile.TemporaryFile(dir=folder) as stream:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(stream.fileno(), 0, size)
            stream.truncate(size)
            return np.memmap(stream, kind, "r+", shape=shape)
    except OSError as error:
        raise HeatlensError(f"{folder} was not used as cache: {why(error)}.") from error


def _looks_whole(path: Path) -> bool:
    """Whether the first and last bytes are those of a whole picture; False means: read it to be sure."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
            form = format_of(head, path)
            stream.seek(max(0, path.stat().st_size - _TAIL))
            return form in _ENDS and _ENDS[form] in stream.read()
    except (OSError, HeatlensError):
        return False
