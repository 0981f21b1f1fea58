"""Volumes in files of voxels (NIfTI, NRRD, MetaImage), turned to RAS+."""

from __future__ import annotations

import hashlib
import math
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures import metaimage, nifti, nrrd
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.formats import HEAD, format_of
from tfcore.pictures.grid import Header, placed
from tfcore.pictures.kept import Kept
from tfcore.pictures.packed import unpacked
from tfcore.pictures.source import contents
from tfcore.pictures.turning import turned, turned_affine
from tfcore.pictures.voxels import Volume

# By the names in tfcore.pictures.formats.
_HEADERS: dict[str, Callable[[bytes, Path], Header]] = {
    "nifti": nifti.header,
    "nrrd": nrrd.header,
    "metaimage": metaimage.header,
}
# As much of a file as its header hardly ever goes beyond.
_MOST_HEADER = 1 << 16


def volume(file: Path) -> Volume:
    """The volume in the file."""
    return _kept.get(file, _read)


def place(file: Path) -> tuple[tuple[int, ...], np.ndarray]:
    """Voxels towards right, front and head, and from their indices to mm, as the header alone says it."""
    found = _header(contents(file, part=_MOST_HEADER), file)
    shape, of = placed(file, found)
    return tuple(shape[axis] for axis in np.argsort(of[:, 0])), turned_affine(found.affine, of, shape)


def _header(data: bytes, path: Path) -> Header:
    try:
        return _HEADERS[format_of(data[:HEAD], path)](data, path)
    except (zlib.error, ValueError, struct.error, KeyError, IndexError, OverflowError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> HeatlensError:
    return HeatlensError(f"{path} is damaged or cut short; copy it again from its source.")


def _read(path: Path) -> Volume:
    data = contents(path)
    found = _header(data, path)
    shape, of = placed(path, found)
    body = memoryview(contents(path.parent / found.beside) if found.beside else data)[found.at :]
    count = math.prod(shape)
    # Both take their time, and neither needs the other.
    with ThreadPoolExecutor(1) as beside:
        hashed = beside.submit(_hash, data, body if found.beside else b"")
        try:
            raw = unpacked(body, max(found.start, 0) + count * found.kind.itemsize, found.packed)
            start = found.start if found.start >= 0 else len(raw) - count * found.kind.itemsize
            lying = shape[3:] + shape[:3] if found.interleaved else shape
            stored = np.frombuffer(raw, found.kind, count, start).reshape(lying, order="F")
        except (zlib.error, ValueError) as error:
            raise _damaged(path) from error
        digest = hashed.result()
    stored = turned(np.moveaxis(stored, 0, -1) if found.interleaved and len(shape) > 3 else stored, of)
    stored = stored if found.kind.isnative else stored.astype(found.kind.newbyteorder("="))
    stored.setflags(write=False)
    right = turned_affine(found.affine, of, shape)
    x, y, z = (float(step) for step in np.linalg.norm(right[:3, :3], axis=0))
    return Volume(
        path,
        digest,
        (x, y, z),
        right,
        stored,
        found.slope,
        found.inter,
        of,
        found.affine,
        (shape[0], shape[1], shape[2]),
        found.directed,
    )


def _hash(*parts: bytes | memoryview) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


_kept: Kept[Volume] = Kept(MOST_MEMORY // 2, lambda one: one.stored.nbytes)
