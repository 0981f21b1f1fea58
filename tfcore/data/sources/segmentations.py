"""DICOM segmentations: which pictures their frames are of, and what they mark there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.find import is_bare_dicom

_SUFFIXES = (".dcm", ".dicom")


def found(paths: Sequence[Path]) -> tuple[dict[Path, list[Path]], set[Path]]:
    """The segmentations of each picture, and those among the paths that are segmentations themselves."""
    heads = {path: head for path in paths if _is_dicom(path) and (head := _head(path)) is not None}
    segments = {path for path, head in heads.items() if head.get("Modality") == "SEG"}
    of: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(segments):
        for uid in frames(path):
            of[uid].append(path)
    pictures = {path: str(head.get("SOPInstanceUID")) for path, head in heads.items() if path not in segments}
    return {path: of[uid] for path, uid in pictures.items() if uid in of}, segments


def is_segmentation(path: Path) -> bool:
    """Whether it is a DICOM segmentation."""
    head = _head(path) if _is_dicom(path) else None
    return head is not None and head.get("Modality") == "SEG"


def mask(path: Path, picture: Path) -> np.ndarray:
    """The number of the segment that lies at every place of a picture (H, W), the last of several; else 0."""
    head = _head(picture)
    stored = _pixels(path, path.stat().st_mtime_ns)
    found, half = np.zeros(stored.shape[1:], np.uint8), stored.max() / 2
    for number, segment in frames(path).get(str(head.get("SOPInstanceUID")), ()) if head is not None else ():
        found[stored[number] > half] = segment
    return found


def frames(path: Path) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """The numbers of the frames of each picture, by its SOP instance UID, each with that of its segment."""
    return _frames(path, path.stat().st_mtime_ns)


def names(path: Path) -> Mapping[int, str]:
    """What the segments of a file are called, by their numbers."""
    return _names(path, path.stat().st_mtime_ns)


@lru_cache(64)
def _names(path: Path, _changed: int) -> Mapping[int, str]:
    described = _read(path, stop_before_pixels=True).get("SegmentSequence", ())
    return {int(one.get("SegmentNumber", 1)): str(one.get("SegmentLabel", "")).strip() for one in described}


@lru_cache(64)
def _frames(path: Path, _changed: int) -> Mapping[str, tuple[tuple[int, int], ...]]:
    of: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, frame in enumerate(_read(path, stop_before_pixels=True).get("PerFrameFunctionalGroupsSequence", ())):
        named: Any = next(iter(frame.get("SegmentIdentificationSequence", ())), {})
        segment = min(max(int(named.get("ReferencedSegmentNumber", 1)), 1), 255)
        for derived in frame.get("DerivationImageSequence", ()):
            for source in derived.get("SourceImageSequence", ()):
                uid = str(source.get("ReferencedSOPInstanceUID"))
                of[uid] = (*of.get(uid, ()), (number, segment))
    return of


@lru_cache(8)
def _pixels(path: Path, _changed: int) -> np.ndarray:
    try:
        stored: np.ndarray = _read(path).pixel_array
    # Decoders meet damage in their own ways.
    except Exception as error:
        raise HeatlensError(f"{path} is no segmentation that can be read; export it again.") from error
    return stored if stored.ndim == 3 else stored[np.newaxis]


def _is_dicom(path: Path) -> bool:
    return path.name.lower().endswith(_SUFFIXES) or is_bare_dicom(str(path))


def _head(path: Path) -> Any:
    try:
        return _read(path, stop_before_pixels=True, specific_tags=["Modality", "SOPInstanceUID"])
    except (HeatlensError, OSError):
        return None


def _read(path: Path, **settings: Any) -> Any:
    import pydicom

    try:
        return pydicom.dcmread(path, **settings)
    # Whatever stands in the file: who reads it as a picture says why it cannot be.
    except Exception as error:
        raise HeatlensError(f"{path} is no DICOM file that can be read; copy it again from its source.") from error
