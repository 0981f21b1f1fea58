"""The whole that a picture is a slice of: a volume, a series, the pages or frames of a file; and the ways in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tfcore import pictures
from tfcore.figure.cuts import AXES
from tfcore.pictures import Address, Picture, case, channels
from tfcore.pictures.address import PLANES, parse, parts, written
from tfcore.pictures.formats import DICOM_SUFFIXES, HEAD, VIDEO_SUFFIXES, VOLUME_SUFFIXES, VOLUMES, format_of
from tfcore.pictures.inside import extent
from tfcore.pictures.source import contents
from tfcore.pictures.volumes import hangs_as_stored, place, stored


@dataclass(frozen=True, eq=False)
class Whole:
    """``address`` is that of the slice, with all that can be said of it, ``counts`` how many there are by plane."""

    address: Address
    counts: Mapping[str, int]
    what: str
    # From voxels to mm, where the file lies in space.
    affine: np.ndarray | None = None
    # The slice of a series that this one of a volume is, pixel on pixel.
    own: Address | None = None

    @property
    def index(self) -> int:
        return self.address.index or 0

    @property
    def count(self) -> int:
        return self.counts[self.address.plane]

    @property
    def planes(self) -> tuple[str, ...]:
        """Those it can be cut into."""
        return tuple(plane for plane in reversed(PLANES) if plane in self.counts)

    @property
    def name(self) -> str:
        """One text for the slice, however it was come to."""
        return str(self.own or self.address)

    def position(self, column: int, row: int) -> tuple[float, float, float] | None:
        """The middle of a pixel in mm to the patient's right, front and head, where the file lies in space."""
        if self.affine is None:
            return None
        right, front, head = (self.affine @ (*self.voxel(column, row), 1))[:3]
        return float(right), float(front), float(head)

    def voxel(self, column: int, row: int) -> tuple[int, int, int]:
        """The indices of a pixel towards right, front and head."""
        found = [self.index] * 3
        for axis, at in zip(AXES[self.address.plane], (column, row), strict=True):
            found[axis] = self.counts[PLANES[axis]] - 1 - at
        return found[0], found[1], found[2]

    def pixel(self, plane: str, voxel: Sequence[int]) -> tuple[int, int]:
        """The column and row of a voxel in a plane."""
        column, row = (self.counts[PLANES[axis]] - 1 - voxel[axis] for axis in AXES[plane])
        return column, row

    def slice_of(self, plane: str, index: int) -> str:
        """A slice of another plane."""
        return str(replace(self.address, plane=plane, index=index))

    def at(self, index: int, t: int | None = None) -> str:
        """Another slice, of this volume in time or another."""
        moved = replace(self.address, index=index)
        return str(moved if t is None or moved.t is None else replace(moved, t=t))

    @property
    def addresses(self) -> list[str]:
        """Every slice of this plane."""
        return [self.at(index) for index in range(self.count)]

    @property
    def slices(self) -> str:
        """The address of all slices of this plane, each for itself."""
        fixed = {"series": self.address.series, "t": self.address.t}
        said = {name: str(place) for name, place in fixed.items() if place is not None}
        return written(self.address.file, {self.address.plane: "*"} | said)

    def turned(self, plane: str) -> str:
        """The middle of another plane."""
        return self.slice_of(plane, self.counts[plane] // 2)

    def ahead(self, before: Whole | None, n: int) -> list[str]:
        """The next slices in the direction from the one looked at before, nearest first."""
        alike = before is not None and replace(before.address, index=None) == replace(self.address, index=None)
        step = -1 if alike and before is not None and before.index > self.index else 1
        coming = (self.index + step * (k + 1) for k in range(n))
        return [self.at(index) for index in coming if 0 <= index < self.count]


def whole_of(picture: Picture) -> Whole | None:
    """What a picture is a slice of, if of anything; reads its file, so not for the window's thread."""
    address = parse(picture.path)
    if picture.frames <= 1 and not address.plane:
        return None
    folder = address.file.is_dir()
    if folder and channels.is_case(address.file):
        found, plane = case.opened(address.file), address.plane or "axial"
        index = found.counts[plane] // 2 if address.index is None else address.index
        return Whole(Address(address.file, index, plane), found.counts, "slice", found.affine)
    form = "dicom" if folder else format_of(contents(address.file, part=HEAD), address.file)
    if address.plane or form in VOLUMES:
        volume = pictures.volume(picture.path)
        plane, index, t = place(volume, address)
        address = Address(address.file, index, plane, t if volume.times > 1 else None, address.series)
        affine = volume.affine if volume.directed else None
        own = stored(volume, address) if form == "dicom" and hangs_as_stored(volume, plane) else None
        return Whole(address, volume.counts, "slice", affine, own)
    if address.index is None:
        from tfcore.pictures import dicom

        address = replace(address, index=dicom.index_of(address) if form == "dicom" else 0)
    return Whole(address, {"": picture.frames}, "slice" if folder else picture.note.split()[0])


def count_of(path: str) -> int:
    """How many slices a listed picture stands for, where its name promises more than one and they are soon counted."""
    file, places = parts(path)
    if not places and file.is_dir():
        return channels.promised(file) if channels.is_case(file) else 1
    many = file.name.lower().endswith((*VOLUME_SUFFIXES, *DICOM_SUFFIXES, *VIDEO_SUFFIXES)) or "series" in places
    if not many or places.keys() - {"series"}:
        return 1
    counts = extent(file, int(places["series"]) if "series" in places else None)
    return counts["axial"] if "axial" in counts else counts[""]


def name_of(path: str | Path) -> str:
    """File and place in it for reading: counted from 1, as on the screen.

    >>> name_of("below/knee#series=0&12")
    'knee · series 1 · 13'
    """
    file, places = parts(path)
    # From the whole to the part: first which series, then which of its slices.
    known = sorted(places.items(), key=lambda one: one[0] != "series")
    return " · ".join([file.name, *(f"{each} {int(place) + 1}".strip() for each, place in known)])


def place_of(path: str | Path) -> str:
    """Where in its volume or series a slice is, for reading: ``axial 58``."""
    places = parts(path)[1]
    return " · ".join(f"{each} {int(place) + 1}".strip() for each, place in places.items() if each != "series")
