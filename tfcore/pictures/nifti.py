"""NIfTI volumes: turned to RAS+, scaled, and cut into planes as radiologists hang them."""

from __future__ import annotations

import hashlib
import math
import threading
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import nibabel
from tfcore.pictures.address import PLANES, Address, checked, file_of, words
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.formats import HEAD, format_of
from tfcore.pictures.kept import Kept
from tfcore.pictures.picture import Picture
from tfcore.pictures.sides import OF_PLANES
from tfcore.pictures.source import contents, size
from tfcore.pictures.spread import Spread, spread
from tfcore.pictures.window import automatic

_KINDS = {"c": "complex", "V": "colour"}
_LARGEST_HEADER = 540
_QUIET = threading.Lock()


@dataclass(frozen=True, eq=False)
class Volume:
    """Voxels (X, Y, Z) or with volumes in time (X, Y, Z, T), the first index growing to the patient's right, the
    second to the front, the third to the head; ``spacing`` in mm, ``affine`` from indices to mm.
    """

    path: Path
    sha256: str
    spacing: tuple[float, float, float]
    affine: np.ndarray
    stored: np.ndarray
    slope: float
    inter: float
    # The way back to the file's own axes (nibabel's orientation), and its own affine and shape.
    turned: np.ndarray
    file_affine: np.ndarray
    file_shape: tuple[int, int, int]
    # Whether the file says which way its axes run; where it does not, a usual order is taken.
    directed: bool
    _spreads: dict[int, Spread] = field(default_factory=dict)

    @property
    def array(self) -> np.ndarray:
        """All voxels as the file's scaling has them."""
        return self._scaled(self.stored)

    @property
    def times(self) -> int:
        return self.stored.shape[3] if self.stored.ndim == 4 else 1

    @property
    def counts(self) -> dict[str, int]:
        """How many slices there are of each plane, and how many volumes in time."""
        return {**dict(zip(PLANES, self.stored.shape, strict=False)), "t": self.times}

    def slice(self, plane: str, index: int, t: int = 0) -> np.ndarray:
        """One slice upright; of a sagittal one the front is on the left."""
        cut: np.ndarray = np.moveaxis(self._at(t), PLANES.index(plane), 0)[index]
        return self._scaled(upright(cut))

    def spacing_of(self, plane: str) -> tuple[float, float]:
        """Millimetres between the rows and the columns of a plane."""
        across, up = (step for axis, step in enumerate(self.spacing) if axis != PLANES.index(plane))
        return up, across

    def spread(self, t: int = 0) -> Spread:
        """Of one volume in time, whatever slice is asked for."""
        if t not in self._spreads:
            stored = self._at(t)
            found = spread((stored[..., z] for z in range(stored.shape[2])), stored.size)
            sample = self._scaled(found.sample)
            self._spreads[t] = Spread(found.mean * self.slope + self.inter, found.sd * abs(self.slope), sample)
        return self._spreads[t]

    def _at(self, t: int) -> np.ndarray:
        return self.stored[..., t] if self.stored.ndim == 4 else self.stored

    def _scaled(self, stored: np.ndarray) -> np.ndarray:
        if (self.slope, self.inter) == (1, 0):
            return stored
        with np.errstate(all="ignore"):
            scaled: np.ndarray = stored * np.float64(self.slope) + self.inter
        return scaled


def upright(cut: np.ndarray) -> np.ndarray:
    """A plane of a volume as radiologists hang it: front or head on top, the patient's left on the right."""
    return cut[::-1, ::-1].T


def laid_down(picture: np.ndarray) -> np.ndarray:
    """The way back from :func:`upright`."""
    return picture.T[::-1, ::-1]


def as_in_file(whole: Volume, voxels: np.ndarray) -> np.ndarray:
    """Voxels (X, Y, Z) along the axes that the file has them."""
    orientations = nibabel.orientations
    back = orientations.ornt_transform(orientations.axcodes2ornt("RAS"), whole.turned)
    turned: np.ndarray = orientations.apply_orientation(voxels, back)
    return turned


def volume(path: str | Path) -> Volume:
    """The whole volume of a NIfTI file, or that a slice at an address is of."""
    file = file_of(path)
    head = contents(file, part=HEAD)
    if format_of(head, file) != "nifti":
        raise HeatlensError(f"{file} is no NIfTI volume; its pictures open one by one (tfcore.pictures.read).")
    return _kept.get(file, _read)


def read(address: Address, path: Path) -> Picture:
    """A slice; without a plane the middle axial one."""
    if address.index is not None and not address.plane:
        raise HeatlensError(f"{path} does not say which plane; write #axial={address.index}, coronal or sagittal.")
    whole = volume(address.file)
    plane, index, t = place(whole, address)
    counts = whole.counts
    checked(index, counts[plane], path, f"{plane} slices")
    checked(t, counts["t"], path, "volumes in time")
    array = whole.slice(plane, index, t)
    note = words(f"{plane} slice", index, counts[plane])
    if counts["t"] > 1:
        note += f", {words('volume', t, counts['t'])}"
    if not whole.directed:
        note += "; the file does not say which side is left"
    window = automatic(whole.spread(t).sample)
    array = np.ascontiguousarray(array)
    sides = OF_PLANES[plane] if whole.directed else ""
    frames, spacing = counts[plane] * counts["t"], whole.spacing_of(plane)
    return Picture(array, path, whole.sha256, window, note, frames, spacing, sides=sides)


def place(whole: Volume, address: Address) -> tuple[str, int, int]:
    """Plane, slice and volume in time that an address means."""
    if address.plane and address.index is not None:
        return address.plane, address.index, address.t or 0
    return "axial", whole.stored.shape[2] // 2, address.t or 0


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
    turned = _turned(affine)
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


def _turned(affine: np.ndarray) -> np.ndarray | None:
    """Which way each axis of the file runs; ``None`` where it does not say so of all three."""
    with np.errstate(all="ignore"):
        sides = np.linalg.norm(affine[:3, :3], axis=0)
    # Between a hundredth of a micrometre and ten metres.
    if not np.isfinite(affine).all() or not ((sides > 1e-8) & (sides < 1e4)).all():
        return None
    if abs(np.linalg.det(affine[:3, :3] / sides)) < 1e-6:
        return None
    turned: np.ndarray = nibabel.orientations.io_orientation(affine)
    return None if np.isnan(turned).any() else turned


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
