"""NIfTI volumes, turned to RAS+."""

from __future__ import annotations

import hashlib
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import nibabel
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.formats import HEAD
from tfcore.pictures.kept import Kept
from tfcore.pictures.source import contents, size
from tfcore.pictures.voxels import Volume, ways

_KINDS = {"c": "complex", "V": "colour"}
_LARGEST_HEADER = 540


def volume(file: Path) -> Volume:
    """The volume in the file."""
    return _kept.get(file, _read)


def _read(path: Path) -> Volume:
    data = contents(path)
    damaged = HeatlensError(f"{path} is damaged or cut short; copy it again from its source.")
    try:
        header, start = _header(_unpacked(data, _LARGEST_HEADER))
        kind, shape = np.dtype(header.get_data_dtype()), tuple(map(int, header.get_data_shape()))
        slope, inter = header.get_slope_inter()
        affine = _affine(header)
    # A gzip stream and a header each complain in their own ways about the same damage.
    except Exception as error:
        raise damaged from error
    _check(path, kind, shape)
    shape = shape[:3] if shape[3:] == (1,) else shape
    turned = ways(affine)
    if turned is None:
        raise HeatlensError(
            f"{path} does not say how its voxels lie in space (its affine is singular or a voxel has no size); "
            "correct its header."
        )
    needed = start + math.prod(shape) * kind.itemsize
    try:
        raw = _unpacked(data, needed, whole=True)
        stored = np.frombuffer(raw, kind, math.prod(shape), start).reshape(shape, order="F")
    except (zlib.error, ValueError) as error:
        raise damaged from error
    orientations = nibabel.orientations
    right = affine @ orientations.inv_ornt_aff(turned, shape[:3])
    stored = orientations.apply_orientation(stored, turned)
    stored = stored if kind.isnative else stored.astype(kind.newbyteorder("="))
    spacing = tuple(float(step) for step in np.linalg.norm(right[:3, :3], axis=0))
    scaling = (1.0 if slope is None else float(slope), 0.0 if inter is None else float(inter))
    digest = hashlib.sha256(data).hexdigest()
    said = bool(header["sform_code"] or header["qform_code"])
    return Volume(path, digest, spacing, right, stored, *scaling, turned, affine, shape[:3], said)  # type: ignore[arg-type]


def place(file: Path) -> tuple[tuple[int, ...], np.ndarray]:
    """How many voxels there are, and from their indices to mm, as the header alone says it."""
    try:
        header, _ = _header(_unpacked(contents(file, part=HEAD), _LARGEST_HEADER))
        return tuple(map(int, header.get_data_shape())), _affine(header)
    except HeatlensError:
        raise
    except Exception as error:
        raise HeatlensError(f"{file} is damaged or cut short; copy it again from its source.") from error


def _affine(header: Any) -> np.ndarray:
    try:
        with np.errstate(all="ignore"):
            return np.array(header.get_best_affine(), np.float64)
    except nibabel.spatialimages.HeaderDataError:
        # A voxel of no size, or of less.
        return np.zeros((4, 4))


def _header(head: bytes) -> tuple[Any, int]:
    """The header, and where the voxels begin."""
    # Its remarks on odd headers go to the terminal.
    nibabel.imageglobals.logger.disabled = True
    second = int.from_bytes(head[:4], "little") == 540 or int.from_bytes(head[:4]) == 540
    kind = nibabel.Nifti2Header if second else nibabel.Nifti1Header
    header = kind(head[: kind.sizeof_hdr], check=False)
    return header, int(header["vox_offset"])


def _check(path: Path, kind: np.dtype, shape: tuple[int, ...]) -> None:
    if kind.kind not in "biuf":
        raise HeatlensError(f"{path} holds {_KINDS.get(kind.kind, kind.name)} values; a volume holds grey levels.")
    if len(shape) not in (3, 4):
        raise HeatlensError(f"{path} has {len(shape)} dimensions; a volume has 3, or 4 with volumes in time.")
    taken = math.prod(shape) * kind.itemsize
    if min(shape) < 1 or taken > MOST_MEMORY:
        each = " × ".join(map(str, shape))
        raise HeatlensError(
            f"{path} has {each} voxels ({size(taken)}); 1 voxel to {size(MOST_MEMORY)} are opened, so cut or split it."
        )


def _unpacked(data: bytes, most: int, whole: bool = False) -> bytes:
    """The first ``most`` bytes of what may be packed with gzip, never more; ``whole``: as many, and rightly ended."""
    if not data.startswith(b"\x1f\x8b"):
        if whole and len(data) < most:
            raise ValueError
        return data
    found, rest = bytearray(), data
    # Some packers write one stream after the other.
    while rest and len(found) < most:
        unpacking = zlib.decompressobj(31)
        found += unpacking.decompress(rest, most - len(found))
        if whole and len(found) == most and not unpacking.eof:
            # Only its end tells whether everything before it is what was packed.
            unpacking.decompress(unpacking.unconsumed_tail, 1 << 26)
        if whole and not unpacking.eof:
            raise ValueError
        rest = unpacking.unused_data
    if whole and len(found) < most:
        raise ValueError
    return bytes(found)


_kept: Kept[Volume] = Kept(MOST_MEMORY // 2, lambda one: one.stored.nbytes)
