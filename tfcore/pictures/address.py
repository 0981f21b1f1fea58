"""One text for one picture, wherever it lies: ``scan.nii.gz#coronal=80&t=2``, ``series-folder#12``, ``clip.mp4#240``.

Everything is counted from 0. A text without ``#`` is a file, and so is the name of a file that has a ``#`` in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tfcore.errors import HeatlensError

PLANES = ("sagittal", "coronal", "axial")
# A frame, page or instance without a name, slices of a volume by their plane, its volume in time, a folder's series.
_NAMES = ("", *PLANES, "t", "series")
_PART = re.compile(r"(?:(sagittal|coronal|axial|t|series)=)?(\*|\d{1,9}|\d{0,9}:\d{0,9}(?::[1-9]\d{0,8})?)")
HOW = "write it as #12, #axial=57 or #coronal=80&t=2, or for many #axial=*, #10:20"


@dataclass(frozen=True)
class Address:
    """A file (or a folder with a DICOM series), and which of its pictures; ``None`` is the one it shows by itself."""

    file: Path
    index: int | None = None
    plane: str = ""
    t: int | None = None
    series: int | None = None

    def __str__(self) -> str:
        named = {"series": self.series, self.plane: self.index, "t": self.t}
        return written(self.file, {name: str(place) for name, place in named.items() if place is not None})

    @property
    def path(self) -> Path:
        """The address as everything takes it that takes a file."""
        return Path(str(self))


def parse(text: str | Path) -> Address:
    """The address that a text writes, of one picture."""
    file, places = parts(text)
    many = [f"{name}={place}".lstrip("=") for name, place in places.items() if not place.isdigit()]
    if many:
        raise HeatlensError(f"{text} names many pictures ({', '.join(many)}), and one is wanted; {HOW}.")
    numbers = {name: int(place) for name, place in places.items()}
    plane = next((name for name in PLANES if name in numbers), "")
    return Address(file, numbers.get(plane), plane, numbers.get("t"), numbers.get("series"))


def parts(text: str | Path) -> tuple[Path, dict[str, str]]:
    """The file, and what stands behind ``#`` by name: numbers, ranges (``10:20`` is 10 to 19) or ``*``.

    >>> parts("scan.nii.gz#axial=10:20&t=2")[1]
    {'axial': '10:20', 't': '2'}
    """
    text = str(text)
    name, mark, fragment = text.rpartition("#")
    if not mark or not name or os.path.lexists(text):
        return Path(text), {}
    found = [_PART.fullmatch(part) for part in fragment.split("&")]
    places = {part[1] or "": part[2] for part in found if part}
    if len(places) == len(found) and sum(each in places for each in ("", *PLANES)) <= 1:
        return Path(name), {each: places[each] for each in _NAMES if each in places}
    if not os.path.lexists(name):
        # A name like any other, of a file that is not there.
        return Path(text), {}
    raise HeatlensError(f"{text}: {fragment!r} names no picture in the file; {HOW}.")


def written(file: Path, places: Mapping[str, str]) -> str:
    """The text of a file and places by name."""
    said = "&".join(f"{name}={place}" if name else place for name, place in places.items())
    return f"{file}#{said}" if said else str(file)


def file_of(path: str | Path) -> Path:
    """The file or folder on the disk that holds the picture."""
    return parts(path)[0]


def stem(path: str | Path) -> str:
    """A name for what is made of the picture: the file's without its ending, and the place in it.

    >>> stem("below/scan.nii.gz#coronal=80&t=2")
    'scan_coronal80_t2'
    """
    file, places = parts(path)
    name = file.name.removesuffix(file.suffix)
    if file.suffix.lower() == ".gz":
        name = name.removesuffix(Path(name).suffix)
    # Of "..png" there would be left what means the folder itself.
    name = name if name.strip(".") else file.name
    return "_".join([name, *(f"{each}{place}" for each, place in places.items())])


def chosen(place: str, count: int, text: str | Path, what: str) -> range:
    """The numbers that a place means among so many, or a sentence."""
    if place.isdigit():
        one = range(int(place), int(place) + 1)
    elif place == "*":
        one = range(count)
    else:
        first, last, *step = (int(edge) if edge else None for edge in place.split(":"))
        one = range(*slice(first, last, *step).indices(count))
        if last is not None and last > count:
            one = range(one.start, last, one.step)
    if not one or one[-1] >= count:
        raise HeatlensError(f"{text} is not there: it has {count:,} {what}, counted from 0 to {count - 1:,}.")
    return one


def checked(place: int, count: int, text: str | Path, what: str) -> int:
    """One place among so many, or a sentence."""
    return chosen(str(place), count, text, what)[0]


def words(what: str, place: int, count: int) -> str:
    """For people, who count from 1.

    >>> words("slice", 57, 155)
    'slice 58 of 155'
    """
    return f"{what} {place + 1:,} of {count:,}"
