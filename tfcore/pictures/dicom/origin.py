"""What a DICOM file that is made of pictures has to say of those it is made of: which they are and where they lie.

Whose they are it says only where that was asked for, and no Picture ever holds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydicom

from tfcore.errors import HeatlensError
from tfcore.pictures.address import Address, checked
from tfcore.pictures.dicom.frame import Frame
from tfcore.pictures.dicom.header import DAMAGED, head
from tfcore.pictures.dicom.series import Slice, index_of, series_of

_UIDS = ["SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID", "FrameOfReferenceUID"]
_PLACE = ["Rows", "Columns", "NumberOfFrames", "PixelSpacing", "ImagerPixelSpacing", "SliceThickness"]
_GROUPS = ["ImagePositionPatient", "ImageOrientationPatient", "SharedFunctionalGroupsSequence"]
_TAGS = [*_UIDS, *_PLACE, *_GROUPS, "PerFrameFunctionalGroupsSequence"]
# Those of patient and study that a file of the same study repeats.
IDENTITY = ["PatientName", "PatientID", "PatientBirthDate", "PatientSex", "AccessionNumber", "StudyID", "StudyDate"]
IDENTITY += ["StudyTime", "ReferringPhysicianName", "StudyDescription", "SpecificCharacterSet"]
_UID = re.compile(r"[0-2](\.(0|[1-9]\d*))+")


@dataclass(frozen=True)
class Origin:
    """One picture that others are made of: its UIDs, its frame (from 1) where its file has several, and its place."""

    uids: dict[str, str]
    frame: int | None
    rows: int
    columns: int
    # Millimetres between rows and between columns, and through the slice.
    spacing: tuple[float, float] | None
    thickness: float | None
    corner: tuple[float, ...]
    axes: tuple[float, ...]


@dataclass(frozen=True)
class Stack:
    """The slices that belong into one file with the one at an address, and which of them it is."""

    file: Path
    slices: tuple[Slice, ...]
    index: int
    # Told apart from other stacks of the same file.
    place: tuple[int | None, int | None]


def stack_of(address: Address) -> Stack:
    """All slices of its series, or frames of its file, where they lie in one direction; else it alone."""
    series = series_of(address)
    index = checked(index_of(address), len(series.slices), address.path, "slices")
    places = {one.corner.tobytes() for one in series.slices if one.corner is not None}
    # Of two slices in one place no viewer knows which is meant.
    if series.placed and len(places) == len(series.slices):
        return Stack(address.file, series.slices, index, (address.series, None))
    return Stack(address.file, series.slices[index : index + 1], 0, (address.series, index))


def origins(slices: Sequence[Slice]) -> list[Origin]:
    """Where each slice comes from."""
    headers: dict[Path, Any] = {}
    found = []
    for one in slices:
        try:
            if one.path not in headers:
                header = head(one.path, _TAGS)
                headers[one.path] = {} if header is None else header[0]
            found.append(_origin(headers[one.path], one))
        except HeatlensError:
            raise
        # Whatever else stands in the file where a number should.
        except Exception as error:
            raise HeatlensError(DAMAGED.format(one.path)) from error
    return found


def _origin(data: Any, one: Slice) -> Origin:
    frame = Frame(data, one.frame)
    uids = {name: str(data.get(name) or "") for name in _UIDS}
    for name, uid in uids.items():
        # What is no UID may be a name.
        if (uid or name != "FrameOfReferenceUID") and not (_UID.fullmatch(uid) and len(uid) <= 64):
            raise HeatlensError(
                f"{one.path} has no valid {name}, by which a DICOM file could refer to it; choose another format."
            )
    spacing = frame.spacing[0]
    thickness = next(iter(frame.numbers("SliceThickness", "PixelMeasuresSequence")), 0.0)
    placed = one.corner is not None and one.axes is not None and spacing is not None
    return Origin(
        uids,
        one.frame + 1 if int(data.get("NumberOfFrames") or 1) > 1 else None,
        int(data.get("Rows")),
        int(data.get("Columns")),
        spacing,
        thickness if thickness > 0 else None,
        tuple(map(float, one.corner)) if placed and one.corner is not None else (),
        tuple(map(float, one.axes.reshape(-1))) if placed and one.axes is not None else (),
    )


def patient(address: Address) -> str:
    """The number of the patient that a picture is of, and who gave it; nothing where it is not said."""
    file = series_of(address).slices[0].path if address.file.is_dir() else address.file
    try:
        found = head(file, ["PatientID", "IssuerOfPatientID"])
        said = {} if found is None else found[0]
    except HeatlensError:
        raise
    # What is wrong with the file, it says when it is opened.
    except Exception:
        return ""
    number = str(said.get("PatientID") or "").strip()
    return f"{number}\0{said.get('IssuerOfPatientID') or ''}" if number else ""


def identity(path: Path) -> Any:
    """The tags that say whose picture it is, as they stand in the file."""
    try:
        return pydicom.dcmread(path, stop_before_pixels=True, specific_tags=list(IDENTITY))
    except Exception as error:
        raise HeatlensError(DAMAGED.format(path)) from error
