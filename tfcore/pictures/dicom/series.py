"""A folder of DICOM files as series: the slices of each in the order they lie in the body."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.pictures.address import Address, checked, parse, words
from tfcore.pictures.dicom.frame import Frame
from tfcore.pictures.dicom.header import PLACE, frame_count, head, opened
from tfcore.pictures.dicom.picture import picture
from tfcore.pictures.kept import Kept
from tfcore.pictures.picture import Picture
from tfcore.pictures.spread import Spread, spread
from tfcore.words import counted

# How it is packed, and where frames lie, beside PLACE.
_GROUPS = ["SamplesPerPixel", "BitsAllocated", "SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"]
# Slices nearer than this lie in one place; steps that differ by more than this share are a gap.
_SAME, _UNEVEN = 1e-3, 0.05
# Degrees between the way from slice to slice and the normal on them.
_TILTED = 0.5


# Told while very many files are sorted: how many are, and of how many.
Tell = Callable[[int, int], None]
_TELL_EVERY = 500


def _silent(done: int, total: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Slice:
    """A frame of a file, where it lies along the normal of its series, and its corner in space."""

    path: Path
    frame: int
    instance: int
    corner: np.ndarray | None
    # Unit vectors along its rows and down its columns.
    axes: np.ndarray | None

    @property
    def across(self) -> np.ndarray | None:
        """The normal on it."""
        return None if self.axes is None else np.cross(*self.axes)


@dataclass(frozen=True)
class Series:
    """Slices in order, what they are (CT, MR), and what is odd about them."""

    kind: str
    slices: tuple[Slice, ...]
    note: str
    # Whether they lie in one direction, by which they are ordered.
    placed: bool


def folder_count(address: Address, tell: Tell = _silent) -> int:
    """The pictures of the series that the address means."""
    return len(_meant(address, tell).slices)


def series_files(folder: Path, tell: Tell = _silent) -> list[list[Path]]:
    """The files of each series, in the order of its slices; none where they do not lie in a row."""
    found = _kept.get(folder, partial(_all, tell=tell))
    places = [{one.corner.tobytes() for one in series.slices if one.corner is not None} for series in found]
    return [[one.path for one in series.slices] * (len(at) > 1) for series, at in zip(found, places, strict=True)]


def index_of(address: Address) -> int:
    """The number of the slice or frame that an address means; of a series without one the middle, as of a volume."""
    if address.index is not None:
        return address.index
    # The first and the last slices are often air; where they lie in no order, the first is as good as any.
    series = _meant(address) if address.file.is_dir() else None
    return len(series.slices) // 2 if series is not None and series.placed else 0


def read_instance(address: Address, path: Path) -> Picture:
    """The slice of the series."""
    series = _meant(address)
    place = checked(index_of(address), len(series.slices), path, "slices")
    one = series.slices[place]
    note = "; ".join(filter(None, (words("slice", place, len(series.slices)), series.note)))
    return replace(picture(opened(one.path), one.frame, path, note), frames=len(series.slices))


def series_spread(address: Address) -> Spread:
    """How the values of all slices are spread together."""
    return _spreads.get(Address(address.file, series=address.series).path, _spread)


def _spread(path: Path) -> Spread:
    slices = _meant(parse(path)).slices
    arrays = (picture(opened(one.path), one.frame, path, "").array for one in slices)
    data = opened(slices[0].path).data
    return spread(arrays, len(slices) * int(data.Rows) * int(data.Columns))


_spreads: Kept[Spread] = Kept(64 * 1024**2, lambda one: one.sample.nbytes)


def series_of(address: Address) -> Series:
    """The series that an address is in; of a file that of its frames."""
    return _meant(address) if address.file.is_dir() else _kept.get(address.file, _in_one)[0]


def _in_one(path: Path) -> tuple[Series, ...]:
    file = opened(path)
    return (_ordered("", [_slice(file.data, path, number) for number in range(file.frames)], ""),)


def _meant(address: Address, tell: Tell = _silent) -> Series:
    found = _kept.get(address.file, partial(_all, tell=tell))
    if not found:
        raise HeatlensError(f"{address.file} holds no DICOM pictures; name a folder that does, or a file.")
    if address.series is not None:
        return found[checked(address.series, len(found), address.file, "series")]
    if len(found) > 1:
        each = ", ".join(f"{number}: {len(one.slices)} {one.kind}" for number, one in enumerate(found))
        raise HeatlensError(
            f"{address.file} holds {len(found)} series ({each}); name one as {address.file}#series=0&0."
        )
    return found[0]


def _all(folder: Path, tell: Tell = _silent) -> tuple[Series, ...]:
    """The series of a folder in the order of their numbers."""
    by_series: dict[tuple[int, str], list[tuple[str, list[Slice]]]] = {}
    broken = 0
    files = _files(folder)
    for number, path in enumerate(files):
        if number % _TELL_EVERY == 0:
            tell(number, len(files))
        try:
            if found := _in_file(path):
                by_series.setdefault(found[0], []).append(found[1:])
        # What is wrong with it, it says when it is opened by itself.
        except Exception:
            broken += 1
    lost = f"{broken} file{'s' * (broken != 1)} of the folder cannot be read" if broken else ""
    return tuple(
        _ordered(of[0][0], [one for _, slices in of for one in slices], lost) for _, of in sorted(by_series.items())
    )


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(Path(entry.path) for entry in os.scandir(folder) if entry.is_file())
    except OSError as error:
        raise HeatlensError(f"{folder} was not read: {why(error)}.") from error


def _in_file(path: Path) -> tuple[tuple[int, str], str, list[Slice]] | None:
    """The series that a file is of, what it is, and its slices; nothing of reports and the like."""
    if (found := head(path, [*PLACE, *_GROUPS])) is None:
        return None
    data, syntax, packed = found
    kind = str(data.get("Modality") or "")
    return (
        (int(data.get("SeriesNumber") or 0), str(data.get("SeriesInstanceUID") or "")),
        kind if re.fullmatch("[A-Z]{2,4}", kind) else "pictures",
        [_slice(data, path, number) for number in range(frame_count(data, syntax, path, packed))],
    )


def _slice(data: Any, path: Path, number: int) -> Slice:
    frame = Frame(data, number)
    corner = frame.numbers("ImagePositionPatient", "PlanePositionSequence")
    along = frame.numbers("ImageOrientationPatient", "PlaneOrientationSequence")
    placed = len(corner) == 3 and len(along) == 6
    return Slice(
        path,
        number,
        int((frame.numbers("InstanceNumber", "") or [0])[0]),
        np.array(corner) if placed else None,
        np.array(along).reshape(2, 3) if placed else None,
    )


def _ordered(kind: str, slices: list[Slice], lost: str) -> Series:
    """The slices by their places, or else by their numbers; ``lost`` says what the folder has beside them."""
    by_number = sorted(slices, key=lambda one: (one.instance, one.frame))
    normal = by_number[0].across
    if normal is None or any(one.across is None or not np.allclose(one.across, normal, atol=1e-2) for one in slices):
        said = "ordered by number, since not all slices say where they lie in one direction" if len(slices) > 1 else ""
        return Series(kind, tuple(by_number), "; ".join(filter(None, (said, lost))), False)
    corners = np.array([one.corner for one in by_number])
    along = corners @ normal
    order = np.argsort(along, kind="stable")
    odd = _oddities(along[order], corners[order], normal)
    return Series(kind, tuple(by_number[place] for place in order), "; ".join(filter(None, (odd, lost))), True)


def _oddities(along: np.ndarray, corners: np.ndarray, normal: np.ndarray) -> str:
    """Slices in one place, gaps, and slices that lean: what a reader of the series should know."""
    notes = []
    places = np.array([next(group) for _, group in groupby(along, lambda at: round(at / _SAME))])
    if doubled := len(along) - len(places):
        notes.append(f"{counted(doubled, 'slice')} lie{'s' * (doubled == 1)} where another one does")
    steps = np.diff(places)
    if steps.size:
        usual = float(np.median(steps))
        gaps = int((steps > usual * (1 + _UNEVEN)).sum())
        if gaps:
            notes.append(f"{gaps} gap{'s' * (gaps > 1)} between slices {usual:.2f} mm apart")
        way = corners[-1] - corners[0]
        leaning = float(np.degrees(np.arccos(np.clip(way @ normal / np.linalg.norm(way), -1, 1))))
        if leaning > _TILTED:
            notes.append(f"gantry tilted by {leaning:.1f}°")
    return "; ".join(notes)


_kept: Kept[tuple[Series, ...]] = Kept(100_000, lambda each: sum(len(one.slices) for one in each))
