"""A large PNG or JPEG, unpacked once to be looked at from near: neither has parts that can be read by themselves.

It is unpacked into a file without a name, which goes with the program; memory holds what of it is looked at.
"""

from __future__ import annotations

import io
import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures import strips
from tfcore.pictures.colour import exif_orientation, upright
from tfcore.pictures.kept import Kept
from tfcore.pictures.png import Png, png
from tfcore.pictures.raster import FROM_NEAR, Jpeg
from tfcore.pictures.reducing import Mean
from tfcore.pictures.source import contents

# Rows of which means are taken at a time, bytes that are written at a time, and bytes on the disk that are kept.
_ROWS, _BLOCK, _MOST = 512, 1 << 24, 16 * 1024**3
# What is left free on the disk.
_SPARE = 1024**3
# On a disk: the usual place of short-lived files may be memory.
_DISK = Path("/var/tmp")


def part(path: Path, rows: slice, columns: slice, longest: int) -> np.ndarray | None:
    """A part of the upright picture with so many pixels on a side at most; nothing where it cannot be unpacked."""
    whole = _kept.get(path, _unpacked)
    if whole is None:
        return None
    seen = whole[rows, columns]
    step = max(1, math.ceil(max(seen.shape[:2]) / longest))
    mean = Mean(seen.shape[0], seen.shape[1], step)
    for row in range(0, len(seen), _ROWS):
        mean.add(row, 0, seen[row : row + _ROWS])
    return mean.array()


def _unpacked(path: Path) -> np.ndarray | None:
    data = contents(path)
    try:
        if data.startswith(b"\x89PNG"):
            lean = png(data, path)
            return upright(_of_png(lean, path), exif_orientation(lean.exif)) if strips.has_strips(lean) else None
        with Jpeg(io.BytesIO(data)) as image:
            if image.mode not in FROM_NEAR:
                return None
            shape = (image.height, image.width, *[3] * (image.mode == "RGB"))
            return upright(_of_jpeg(data, shape), exif_orientation(image.info.get("exif", b"")))
    except HeatlensError:
        raise
    # Decoders meet damage in their own ways, and a full disk stands in none's.
    except Exception as error:
        raise HeatlensError(f"{path} could not be unpacked to be seen from near; it stays as it is.") from error


def _of_png(lean: Png, path: Path) -> np.ndarray:
    """Its rows as they come, one after the other."""
    first = next(strips.rows(lean, path))
    shape = (strips.height(lean), *first.shape[1:])
    with _file(math.prod(shape) * first.itemsize) as stream:
        for some in strips.rows(lean, path):
            stream.write(np.ascontiguousarray(some).data)
        stream.flush()
        return np.memmap(stream, first.dtype, "r", shape=shape)


def _of_jpeg(data: bytes, shape: tuple[int, ...]) -> np.ndarray:
    import imagecodecs

    with _file(math.prod(shape)) as stream:
        _fill(stream, math.prod(shape))
        into = np.memmap(stream, np.uint8, "r+", shape=shape)
        imagecodecs.jpeg8_decode(data, out=into)
        into.flush()
        # Mapped anew, so that what was written is no longer held.
        return np.memmap(stream, np.uint8, "r", shape=shape)


def _file(size: int) -> BinaryIO:
    folder = _DISK if os.access(_DISK, os.W_OK) else Path(tempfile.gettempdir())
    if shutil.disk_usage(folder).free < size + _SPARE:
        raise OSError
    return tempfile.TemporaryFile(dir=folder)


def _fill(stream: BinaryIO, size: int) -> None:
    """Take the room on the disk before: a disk that is full later ends a program that writes to mapped memory."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(stream.fileno(), 0, size)
        return
    for start in range(0, size, _BLOCK):
        stream.write(bytes(min(_BLOCK, size - start)))
    stream.flush()


_kept: Kept[np.ndarray | None] = Kept(_MOST, lambda one: 0 if one is None else one.nbytes)
