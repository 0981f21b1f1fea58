"""The folder of a case: by the endings of their names which files or folders in it are its channels and its mask.

A channel is a file of voxels (NIfTI, NRRD, MetaImage) or a folder with one DICOM series.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures import grids
from tfcore.pictures.address import Address, parts, stem
from tfcore.pictures.formats import VOLUME_SUFFIXES, is_dicom
from tfcore.pictures.voxels import Volume

# Endings of the files or folders of one case, in the order of the channels.
CHANNELS = (("t1", "t1n"), ("t1ce", "t1c", "t1gd"), ("t2", "t2w"), ("flair", "t2f"))
MASK = ("seg", "label")
_ENDINGS = (*VOLUME_SUFFIXES, *(name for names in CHANNELS for name in names), *MASK)
# What is shown of a slice: most of a tumour is seen there.
FLAIR = 3


def files_of(path: Path, listed: Sequence[Path] | None = None) -> list[Path]:
    """One file or folder a channel, or the one file that holds them all; nothing of a folder that is no case."""
    if listed is None:
        if path.is_file():
            return [path]
        listed = parts_of(path)
    by_ending = {ending(part): part for part in listed}
    return [
        next(by_ending[name] for name in names if name in by_ending) for names in CHANNELS if by_ending.keys() & names
    ]


def parts_of(folder: Path) -> list[Path]:
    """What may belong to a case there: files of voxels, and DICOM folders that are named as a channel or mask."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError:
        return []
    # By names first: a series has hundreds of them, and is asked at every slice.
    of_case = (folder / name for name in names if name.lower().endswith(_ENDINGS))
    return [part for part in of_case if ending(part) and (_is_volume(part) or (_of_case(part) and _holds_dicom(part)))]


def is_case(folder: Path) -> bool:
    """Whether a folder holds every channel."""
    return len(files_of(folder)) == len(CHANNELS)


def lacking(folder: Path, listed: Sequence[Path] | None = None) -> list[str]:
    """The channels that are not there, of a folder that holds others."""
    found = {ending(part) for part in files_of(folder, listed)}
    return [names[0] for names in CHANNELS if found and not found & set(names)]


def advice(part: Path, needed: int) -> str:
    """What to do where a channel was given by itself and so many are needed; nothing of what is none of a case."""
    folder = part.parent
    if needed != len(CHANNELS) or not part.exists():
        return ""
    if lacks := lacking(folder):
        return f"{folder} lacks {', '.join(lacks)}."
    return f"{folder}#axial=* is every slice of its case." if is_case(folder) else ""


def part_of(listed: Path) -> Path | None:
    """What a listed picture may be of a case: a file of voxels itself, of DICOM the folder that it is a series of."""
    if _is_volume(listed):
        return listed
    file, places = parts(listed)
    return file if places.keys() == {"series"} else None


def rest(folder: Path, listed: Sequence[Path]) -> list[Path]:
    """Of the volumes and series of a folder those that are neither channels nor mask of the one case that it is, if it
    is.
    """
    of_case = {each: part for each in listed if (part := part_of(each)) is not None and _of_case(part)}
    channels = files_of(folder, list(of_case.values()))
    masks = [part for part in of_case.values() if ending(part) in MASK]
    one = len(channels) == len(CHANNELS) and len(masks) <= 1 and len(of_case) == len(channels) + len(masks)
    return [each for each in listed if each not in of_case] if one else list(listed)


def ending(part: Path) -> str:
    """What the name of a file or folder says of its channel.

    >>> ending(Path("BraTS20_001_t1ce.nii.gz")), ending(Path("SAG FLAIR")), ending(Path(".t1"))
    ('t1ce', 'flair', '')
    """
    name = stem(part) if _is_volume(part) else part.name
    return "" if name.startswith(".") else re.split(r"[_\- ]", name.lower())[-1]


def _is_volume(part: Path) -> bool:
    return part.name.lower().endswith(VOLUME_SUFFIXES)


def _of_case(part: Path) -> bool:
    return any(ending(part) in names for names in (*CHANNELS, MASK))


def _holds_dicom(folder: Path) -> bool:
    """Whether its first file is a DICOM file."""
    try:
        first = min((file for file in folder.iterdir() if file.is_file() and file.name[0] != "."), default=None)
        if first is None:
            return False
        with first.open("rb") as stream:
            return is_dicom(stream.read(132))
    except OSError:
        return False


def place_of(part: Path) -> tuple[tuple[int, ...], np.ndarray]:
    """Voxels towards right, front and head, and from their indices to mm, as headers alone say it, soon."""
    if part.is_dir():
        from tfcore.pictures import dicom

        return dicom.place(Address(part))
    return grids.place(part)


def check_places(path: Path, places: Mapping[str, tuple[tuple[int, ...], np.ndarray]]) -> None:
    """A sentence with two parts of a case, by their names, that do not lie on each other."""
    first, (shape, affine) = next(iter(places.items()))
    corners = np.array([(*corner, 1) for corner in np.ndindex(2, 2, 2)]).T * np.array([*shape[:3], 1])[:, None]
    # Half a voxel.
    near = 0.5 * np.linalg.norm(affine[:3, :3], axis=0).max()
    for name, (theirs, lies) in places.items():
        if theirs[:3] != shape[:3]:
            sizes = " and ".join(" × ".join(map(str, each[:3])) for each in (shape, theirs))
            raise HeatlensError(f"{path}: {first} and {name} have {sizes} voxels; correct the case.")
        if np.abs((affine - lies) @ corners).max() > near:
            raise HeatlensError(
                f"{path}: {first} and {name} lie at different places (their positions, directions or spacings differ); "
                "register them to each other."
            )


def promised(path: Path) -> int:
    """How many axial slices a case has, as the header of its first channel says it, soon."""
    return place_of(files_of(path)[0])[0][2]


def volume_of(path: Path) -> Volume:
    """The volume of a channel; of a case that of the channel which is shown."""
    part = files_of(path)[FLAIR] if path.is_dir() and is_case(path) else path
    if part.is_dir():
        from tfcore.pictures import dicom

        return dicom.volume(Address(part))
    return grids.volume(part)
