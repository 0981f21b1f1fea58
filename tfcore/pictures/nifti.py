"""NIfTI volumes, turned to RAS+."""

from __future__ import annotations

import hashlib
import math
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.formats import HEAD
from tfcore.pictures.kept import Kept
from tfcore.pictures.nifti_header import LARGEST, header
from tfcore.pictures.source import contents, size
from tfcore.pictures.turning import turned, turned_affine, ways
from tfcore.pictures.voxels import Volume

# Packed bytes that are fed at a time, and unpacked ones behind the voxels that are gone through for the end.
_FED, _BEYOND = 1 << 18, 1 << 26


def volume(file: Path) -> Volume:
    """The volume in the file."""
    return _kept.get(file, _read)


def _read(path: Path) -> Volume:
    data = contents(path)
    damaged = HeatlensError(f"{path} is damaged or cut short; copy it again from its source.")
    try:
        found = header(_unpacked(data, LARGEST))
    except (zlib.error, ValueError, struct.error) as error:
        raise damaged from error
    kind, affine = found.kind, found.affine
    shape = found.shape[:3] if found.shape[3:] == (1,) else found.shape
    _check(path, kind, found.shape)
    of = ways(affine)
    if of is None:
        raise HeatlensError(
            f"{path} does not say how its voxels lie in space (its affine is singular or a voxel has no size); "
            "correct its header."
        )
    needed = found.start + math.prod(shape) * kind.itemsize
    # Both take their time, and neither needs the other.
    with ThreadPoolExecutor(1) as beside:
        hashed = beside.submit(hashlib.sha256, data)
        try:
            raw = _unpacked(data, needed, whole=True)
            stored = np.frombuffer(raw, kind, math.prod(shape), found.start).reshape(shape, order="F")
        except (zlib.error, ValueError) as error:
            raise damaged from error
        digest = hashed.result().hexdigest()
    right = turned_affine(affine, of, shape)
    stored = turned(stored, of)
    stored = stored if kind.isnative else stored.astype(kind.newbyteorder("="))
    stored.setflags(write=False)
    spacing = tuple(float(step) for step in np.linalg.norm(right[:3, :3], axis=0))
    scaling = found.slope, found.inter
    return Volume(path, digest, spacing, right, stored, *scaling, of, affine, shape[:3], found.directed)  # type: ignore[arg-type]


def place(file: Path) -> tuple[tuple[int, ...], np.ndarray]:
    """How many voxels there are, and from their indices to mm, as the header alone says it."""
    try:
        found = header(_unpacked(contents(file, part=HEAD), LARGEST))
    except (zlib.error, ValueError, struct.error) as error:
        raise HeatlensError(f"{file} is damaged or cut short; copy it again from its source.") from error
    return found.shape, found.affine


def _check(path: Path, kind: np.dtype, shape: tuple[int, ...]) -> None:
    if kind.kind not in "biuf":
        what = "complex" if kind.kind == "c" else "colour" if kind.itemsize > 1 else "unknown"
        raise HeatlensError(f"{path} holds {what} values; a volume holds grey levels.")
    if len(shape) not in (3, 4):
        raise HeatlensError(f"{path} has {len(shape)} dimensions; a volume has 3, or 4 with volumes in time.")
    taken = math.prod(shape) * kind.itemsize
    if min(shape) < 1 or taken > MOST_MEMORY:
        each = " × ".join(map(str, shape))
        raise HeatlensError(
            f"{path} has {each} voxels ({size(taken)}); 1 voxel to {size(MOST_MEMORY)} are opened, so cut or split it."
        )


def _unpacked(data: bytes, most: int, whole: bool = False) -> bytes | bytearray:
    """The first ``most`` bytes of what may be packed with gzip, never more; ``whole``: as many, and rightly ended."""
    if not data.startswith(b"\x1f\x8b"):
        if whole and len(data) < most:
            raise ValueError
        return data
    return (whole and _at_once(data, most)) or _streamed(data, most, whole)


def _at_once(data: bytes, most: int) -> bytearray | None:
    """What is packed in one stream of so many bytes, in half the time; nothing of what is packed in another way."""
    from imagecodecs import DeflateError, gzip_decode

    found = bytearray(most)
    try:
        return found if len(gzip_decode(data, out=found)) == most else None
    except DeflateError:
        return None


def _streamed(data: bytes, most: int, whole: bool) -> bytearray:
    found, rest, beyond = bytearray(), memoryview(data), 0
    # Some packers write one stream after the other.
    while rest and len(found) < most:
        unpacking = zlib.decompressobj(31)
        # Only its end tells whether everything before it is what was packed.
        while not unpacking.eof and (len(found) < most or (whole and beyond < _BEYOND)):
            fed, room = rest[:_FED], max(most - len(found), 0)
            part = unpacking.decompress(fed, room or _FED)
            rest = rest[len(fed) - len(unpacking.unconsumed_tail) - len(unpacking.unused_data) :]
            found += part[:room]
            beyond += len(part) - len(part[:room])
            if not fed and not part:
                break
        if whole and not unpacking.eof:
            raise ValueError
    if whole and len(found) < most:
        raise ValueError
    return found


_kept: Kept[Volume] = Kept(MOST_MEMORY // 2, lambda one: one.stored.nbytes)
