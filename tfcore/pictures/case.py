"""A case of several channels that lie on each other: four volumes of one brain (BraTS), or one 4-D volume of them.

Its slices, of any plane, are pictures of four channels, each with the brain's own grey levels from 0 to 255; around the
brain is nothing, which is black. ``case-folder#axial=57`` is such a slice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures import grids
from tfcore.pictures.address import PLANES, Address, checked, parse, words
from tfcore.pictures.channels import CHANNELS, FLAIR, check_places, files_of, volume_of
from tfcore.pictures.formats import VOLUME_SUFFIXES
from tfcore.pictures.kept import State, state
from tfcore.pictures.picture import Picture
from tfcore.pictures.sides import OF_PLANES
from tfcore.pictures.voxels import Volume, between, upright

# Per cent of the brain's voxels beyond black and white.
_TAIL = 0.5


@dataclass(frozen=True, eq=False)
class Case:
    """Levels (X, Y, Z) of each channel, with the mean and standard deviation of the brain's."""

    levels: tuple[np.ndarray, ...]
    spread: tuple[tuple[float, float], ...]
    spacing: tuple[float, float, float]
    sha256: str
    # From voxels to mm, where the files say which side is left.
    affine: np.ndarray | None

    @property
    def counts(self) -> dict[str, int]:
        """How many slices there are of each plane."""
        return dict(zip(PLANES, self.levels[0].shape, strict=True))

    def slice(self, plane: str, index: int) -> np.ndarray:
        """A slice (H, W, channels) as radiologists hang it."""
        cuts = (np.moveaxis(each, PLANES.index(plane), 0)[index] for each in self.levels)
        return np.stack([upright(cut) for cut in cuts], axis=-1).astype(np.float32)


def read(address: Address, path: Path) -> Picture:
    """The slice of all channels at an address, without one the middle."""
    case, plane = opened(address.file), address.plane or "axial"
    if address.index is not None and not address.plane:
        raise HeatlensError(f"{path} does not say which plane; write #axial={address.index}, coronal or sagittal.")
    count = case.counts[plane]
    place = checked(count // 2 if address.index is None else address.index, count, path, f"{plane} slices")
    note = words(f"{plane} slice", place, count)
    levels, spacing = case.slice(plane, place), between(case.spacing, plane)
    sides = OF_PLANES[plane] if case.affine is not None else ""
    return Picture(levels, path, case.sha256, (0.0, 255.0), note, count, spacing, sides=sides, grey=FLAIR)


def joined(picture: Picture, channels: int) -> Picture:
    """The slice with all channels that a slice of a 4-D volume is one of, where there are so many; else itself."""
    address = parse(picture.path)
    if picture.channels != 1 or not address.file.name.lower().endswith(VOLUME_SUFFIXES) or not address.plane:
        return picture
    whole = grids.volume(address.file)
    if whole.times != channels or channels != len(CHANNELS):
        return picture
    return read(Address(address.file, address.index, address.plane), picture.path)


def scores(picture: Picture) -> np.ndarray | None:
    """Deviations of a slice's levels from the mean of its whole brain, 0 around it; nothing of what is no case."""
    file = parse(picture.path).file
    if picture.channels != len(CHANNELS) or picture.frames == 1:
        return None
    mean, sd = np.transpose(opened(file).spread).astype(np.float32)
    return np.where(picture.array == 0, 0, (picture.array - mean) / sd).astype(np.float32)


def opened(path: Path) -> Case:
    """The case, kept for the next slice; a file that was changed since is read anew."""
    files = files_of(path)
    states = tuple(map(state, files))
    if None in states:
        raise HeatlensError(f"{path} was not read: its files changed meanwhile; try again.")
    return _kept(path, tuple(files), states)


@lru_cache(maxsize=2)
def _kept(path: Path, files: tuple[Path, ...], _: tuple[State | None, ...]) -> Case:
    volumes = [volume_of(file) for file in files]
    check_places(path, {file.name: (one.stored.shape, one.affine) for file, one in zip(files, volumes, strict=True)})
    arrays = [voxels(each) for each in volumes]
    check_channels(path, arrays)
    if len(arrays) == 1:
        arrays = list(np.moveaxis(arrays[0], -1, 0))
    found = tuple(map(_levels, arrays))
    digest = volumes[0].sha256
    if len(volumes) > 1:
        digest = hashlib.sha256("".join(each.sha256 for each in volumes).encode()).hexdigest()
    first = volumes[0]
    affine = first.affine if first.directed else None
    return Case(found, tuple(map(_spread, found)), first.spacing, digest, affine)


def voxels(whole: Volume) -> np.ndarray:
    """Grey levels of all voxels, finite."""
    array = whole.array
    if array.dtype.kind == "f":
        with np.errstate(all="ignore"):
            array = array.astype(np.float32)
        if not np.isfinite(array).all():
            raise HeatlensError(f"{whole.path} holds values that are no numbers, or too large; correct it.")
    return array.max() - array.astype(np.float32) if whole.inverted else array


def check_channels(path: Path, volumes: Sequence[np.ndarray]) -> None:
    """Four volumes of three dimensions, or one of four dimensions with as many channels at its end."""
    sizes = {volume.shape for volume in volumes}
    shape = next(iter(sizes), ())
    if len(volumes) == 1 and len(shape) == 4 and shape[3] == len(CHANNELS):
        return
    if len(volumes) != len(CHANNELS) or len(sizes) > 1 or len(shape) != 3:
        raise HeatlensError(
            f"{path} has {len(volumes)} channels of sizes {sorted(sizes)}; four of one size are needed."
        )


def _levels(array: np.ndarray) -> np.ndarray:
    """The brain's own grey levels from 0 to 255; around it is nothing, and nothing is black."""
    brain = array[array != 0]
    if not brain.size:
        return np.zeros(array.shape, np.float32)
    low, high = (float(edge) for edge in np.percentile(brain, (_TAIL, 100 - _TAIL)))
    high = high if high > low else low + 1
    inside = (np.clip(array.astype(np.float32), low, high) - low) * (255 / (high - low))
    return np.where(array == 0, 0, inside).astype(np.float32)


def _spread(levels: np.ndarray) -> tuple[float, float]:
    brain = levels[levels != 0]
    return (float(brain.mean()), float(brain.std()) or 1.0) if brain.size else (0.0, 1.0)
