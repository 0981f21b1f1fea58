"""A case of several channels that lie on each other: four volumes of one brain (BraTS), or one 4-D volume of them.

Its slices, of any plane, are pictures of four channels, each with the brain's own grey levels from 0 to 255; around the
brain is nothing, which is black. ``case-folder#axial=57`` is such a slice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.pictures import nifti
from tfcore.pictures.address import PLANES, Address, checked, parse, words
from tfcore.pictures.formats import NIFTI_SUFFIXES
from tfcore.pictures.picture import Picture
from tfcore.pictures.sides import OF_PLANES
from tfcore.pictures.turning import ways
from tfcore.pictures.voxels import Volume, between, upright

# Endings of the files of one case, in the order of the channels.
CHANNELS = (("t1", "t1n"), ("t1ce", "t1c", "t1gd"), ("t2", "t2w"), ("flair", "t2f"))
MASK = ("seg", "label")
# What is shown of a slice: most of a tumour is seen there.
FLAIR = 3
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


def files_of(path: Path, listed: Sequence[Path] | None = None) -> list[Path]:
    """One file a channel, or the one file that holds them all; nothing of a folder that is no case."""
    if listed is None:
        if path.is_file():
            return [path]
        try:
            listed = sorted(path.iterdir())
        except OSError:
            return []
    by_ending = {ending(file): file for file in listed}
    return [
        next(by_ending[name] for name in names if name in by_ending) for names in CHANNELS if by_ending.keys() & names
    ]


def is_case(folder: Path) -> bool:
    """Whether a folder holds a file of every channel."""
    return len(files_of(folder)) == len(CHANNELS)


def rest(folder: Path, listed: Sequence[Path]) -> list[Path]:
    """Of the NIfTI files of a folder those that are neither channels nor mask of the one case that it is, if it is."""
    of_case = [file for file in listed if any(ending(file) in names for names in (*CHANNELS, MASK))]
    channels = files_of(folder, listed)
    masks = [file for file in of_case if ending(file) in MASK]
    one = len(channels) == len(CHANNELS) and len(masks) <= 1 and len(of_case) == len(channels) + len(masks)
    return [file for file in listed if file not in of_case] if one else list(listed)


def ending(file: Path) -> str:
    """What the name of a NIfTI file says of its channel.

    >>> ending(Path("BraTS20_001_t1ce.nii.gz")), ending(Path("notes.txt"))
    ('t1ce', '')
    """
    name = file.name.lower()
    if not name.endswith(NIFTI_SUFFIXES) or name.startswith("."):
        return ""
    return re.split(r"[_-]", name.partition(".nii")[0])[-1]


def promised(path: Path) -> int:
    """How many axial slices a case has, as the header of its first file says it, soon."""
    shape, affine = nifti.place(files_of(path)[0])
    turned = ways(affine)
    up = 2 if turned is None else int(np.flatnonzero(turned[:, 0] == 2)[0])
    return shape[up] if len(shape) > up else 1


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
    if picture.channels != 1 or not address.file.name.lower().endswith(NIFTI_SUFFIXES) or not address.plane:
        return picture
    whole = nifti.volume(address.file)
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
    return _kept(path, tuple(files), tuple(map(_changed, files)))


@lru_cache(maxsize=2)
def _kept(path: Path, files: tuple[Path, ...], _: tuple[int, ...]) -> Case:
    volumes = [nifti.volume(file) for file in files]
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
    return array


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


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error
