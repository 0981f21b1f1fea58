"""What a DICOM file says about its pixels, and nothing of what it says about people."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pydicom
from pydicom import config
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.filereader import read_dataset
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    MediaStorageDirectoryStorage,
)

from tfcore.errors import HeatlensError
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.dicom.lean import MOST, sorting_tags
from tfcore.pictures.formats import is_dicom
from tfcore.pictures.kept import Kept
from tfcore.pictures.source import MOST_BYTES, contents, reading, size

# Its complaints quote what stands in the file, which may be a name.
_logger = logging.getLogger("pydicom")
_logger.addHandler(logging.NullHandler())
_logger.propagate = False
warnings.filterwarnings("ignore", module=r"pydicom\b")
config.settings.reading_validation_mode = config.IGNORE

DAMAGED = "{} is damaged or cut short; export it again from its source."
PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
# Read from files; nothing else ever leaves the reader. No name, number, date or text of anybody is among them.
PLACE = ["SOPClassUID", "Modality", "SeriesInstanceUID", "SeriesNumber", "InstanceNumber", "NumberOfFrames"]
PLACE += ["Rows", "Columns", "ImagePositionPatient", "ImageOrientationPatient"]
WANTED = [*PLACE, *PIXELS, "ExtendedOffsetTable", "ExtendedOffsetTableLengths"]
WANTED += ["SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration", "BitsAllocated", "BitsStored"]
WANTED += ["HighBit", "PixelRepresentation", "PixelPaddingValue", "PixelSpacing", "ImagerPixelSpacing"]
WANTED += ["NominalScannedPixelSpacing", "RescaleSlope", "RescaleIntercept", "RescaleType", "ModalityLUTSequence"]
WANTED += ["BurnedInAnnotation", "VOILUTSequence", "WindowCenter", "WindowWidth", "VOILUTFunction"]
WANTED += ["SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"]
WANTED += [f"{colour}PaletteColorLookupTableDescriptor" for colour in ("Red", "Green", "Blue")]
WANTED += [f"{colour}PaletteColorLookupTableData" for colour in ("Red", "Green", "Blue")]
WANTED += [f"Segmented{colour}PaletteColorLookupTableData" for colour in ("Red", "Green", "Blue")]

# Of files that hold many pictures; their bytes, compressed or not.
_kept: Kept[Opened]


@dataclass(frozen=True)
class Opened:
    """A file whose header was read; its pixels are still packed."""

    path: Path
    data: Any
    sha256: str
    bytes: int
    frames: int


def opened(path: Path) -> Opened:
    """The file at the path, or a sentence that says what it is instead of a picture."""
    return _kept.get(path, _opened)


def _opened(path: Path) -> Opened:
    raw = contents(path)
    try:
        data = parsed(raw, path, WANTED)
        _check_kind(data, path)
        packed = next(len(data[name].value or b"") for name in PIXELS if name in data)
        frames = frame_count(data, data.file_meta.TransferSyntaxUID, path, packed)
    except HeatlensError:
        raise
    # A reader of a format with thirty years of writers complains in many ways.
    except Exception as error:
        raise HeatlensError(DAMAGED.format(path)) from error
    return Opened(path, data, hashlib.sha256(raw).hexdigest(), len(raw), frames)


_kept = Kept(MOST_MEMORY // 2, lambda one: one.bytes)


def head(path: Path, tags: list[str]) -> tuple[Any, UID, int] | None:
    """The tags asked for that stand before the pixels, how these are encoded, and in how many bytes, which are not
    read; nothing of what is no DICOM file or holds no pixels.
    """
    with reading(path) as stream:
        start = stream.read(MOST)
        if not is_dicom(start):
            return None
        length = os.fstat(stream.fileno()).st_size
        if (found := sorting_tags(start, tags)) is not None:
            return found[0], found[1], length - found[2]
        stream.seek(132)
        meta = _meta(stream)
        syntax = meta.get("TransferSyntaxUID")
        if syntax is None or syntax == DeflatedExplicitVRLittleEndian:
            raw = contents(path)
            data = parsed(raw, path, [*tags, *PIXELS])
            return (data, data.file_meta.TransferSyntaxUID, len(raw)) if _with_pixels(data) else None
        little, implicit = syntax != ExplicitVRBigEndian, syntax == ImplicitVRLittleEndian
        asked: list[Any] = [pydicom.tag.Tag(tag) for tag in tags]
        data = read_dataset(stream, implicit, little, stop_when=_at_pixels, specific_tags=asked)
        at = stream.tell()
        group = int.from_bytes(stream.read(2), "little" if little else "big")
    return (data, syntax, length - at) if group == _PIXELS else None


def _with_pixels(data: Any) -> bool:
    return any(name in data for name in PIXELS)


_PIXELS = 0x7FE0


def _at_pixels(tag: Any, _vr: str | None, _length: int) -> bool:
    return bool(tag.group >= _PIXELS)


def _meta(stream: BinaryIO) -> Any:
    """What a file says about its encoding; the stream is then where its own tags begin."""
    return read_dataset(stream, False, True, stop_when=lambda tag, _vr, _length: tag.group != 2)


def parsed(raw: bytes, path: Path, tags: list[str]) -> Any:
    """The tags asked for, and no others."""
    # Without its first bytes, as some archives hand out files.
    bare = raw[128:132] != b"DICM"
    asked: list[Any] = list(tags)
    stream = io.BytesIO(raw)
    stream.seek(0 if bare else 132)
    meta = _meta(stream)
    if meta.get("TransferSyntaxUID") == DeflatedExplicitVRLittleEndian:
        return _inflated(raw, stream.tell(), meta, path, asked)
    data = pydicom.dcmread(io.BytesIO(raw), specific_tags=asked, force=bare)
    if "TransferSyntaxUID" not in data.file_meta:
        data.file_meta.TransferSyntaxUID = (
            ImplicitVRLittleEndian
            if data.original_encoding[0]
            else (ExplicitVRLittleEndian if data.original_encoding[1] else ExplicitVRBigEndian)
        )
    return data


def _inflated(raw: bytes, start: int, meta: Any, path: Path, tags: list[Any]) -> FileDataset:
    """A deflated file, unpacked within bounds: a few kilobytes could claim any number of gigabytes."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    body = unpacking.decompress(raw[start:], MOST_BYTES)
    if unpacking.unconsumed_tail:
        raise HeatlensError(f"{path} unpacks to more than {size(MOST_BYTES)}; export it without compression.")
    if not unpacking.eof:
        raise HeatlensError(DAMAGED.format(path))
    found = read_dataset(io.BytesIO(body), False, True, specific_tags=[pydicom.tag.Tag(tag) for tag in tags])
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data = FileDataset(
        io.BytesIO(), found, file_meta=FileMetaDataset(meta), is_implicit_VR=False, is_little_endian=True
    )
    data.set_original_encoding(False, True)
    return data


def frame_count(data: Any, syntax: UID, path: Path, packed: int) -> int:
    """How many frames there are, as far as there is room for so many in the bytes of the pixels."""
    frames = int(data.get("NumberOfFrames") or 1)
    values = int(data.get("Rows") or 0) * int(data.get("Columns") or 0) * int(data.get("SamplesPerPixel") or 1)
    # Of plain ones (colours may come at half their size), or of any fragment.
    plain = values * int(data.get("BitsAllocated") or 1) // 16
    least = 8 if syntax.is_transfer_syntax and syntax.is_encapsulated else max(1, plain)
    if frames < 1 or (frames > 1 and frames * least > packed):
        raise HeatlensError(
            f"{path} says it has {frames:,} frames and holds {packed:,} bytes of them; export it again from its source."
        )
    return frames


def _check_kind(data: Any, path: Path) -> None:
    """A sentence for what holds no picture, by the name of its kind."""
    kind = str(data.get("SOPClassUID") or data.file_meta.get("MediaStorageSOPClassUID") or "")
    if kind == MediaStorageDirectoryStorage:
        raise HeatlensError(
            f"{path} is a DICOMDIR, the table of contents of a disc, not a picture; open the folder it lies in."
        )
    if _with_pixels(data):
        return
    # Only names that the standard gives: anything may stand in the file itself.
    known = UID(kind).name.removesuffix(" Storage")
    if kind in pydicom.uid.UID_dictionary and "Image" not in known:
        raise HeatlensError(f"{path} is a DICOM {known}, which holds no picture; open the pictures it belongs to.")
    if "Rows" in data or "Image" in known:
        raise HeatlensError(f"{path} has no pixel data; export it again with its pixels.")
    raise HeatlensError(
        f"{path} is named like a DICOM file, but holds no picture that can be recognised; export it again from its "
        "source."
    )
