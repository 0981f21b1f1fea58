"""From an address to a :class:`Picture`, or one sentence."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures import case, frames, volumes
from tfcore.pictures.address import Address, parse
from tfcore.pictures.channels import is_case
from tfcore.pictures.depth import parts
from tfcore.pictures.formats import HEAD, TIFFS, VIDEO_SUFFIXES, VOLUMES, format_of
from tfcore.pictures.picture import Picture
from tfcore.pictures.source import MOST_BYTES, TooLarge, contents
from tfcore.pictures.window import automatic

T = TypeVar("T")


def read(path: str | Path) -> Picture:
    """The picture at an address; what its file is, its content decides.

    A file of many pictures shows its first, a volume its middle axial slice, unless the address says which.

    >>> picture = read("scan.tiff")                                                        # doctest: +SKIP
    >>> picture.display()                        # uint8 (H, W, 3) for the screen           # doctest: +SKIP
    >>> read("scan.nii.gz#coronal=80").spacing   # rows and columns in mm                   # doctest: +SKIP
    """
    path = Path(path)
    address = parse(path)
    if address.file.is_dir() and is_case(address.file):
        _only(address, path, "plane")
        picture = case.read(address, path)
    elif address.file.is_dir() and address != Address(address.file):
        from tfcore.pictures import dicom

        _only(address, path, "series", "plane")
        picture = volumes.read(address, path) if address.plane else dicom.read_instance(address, path)
    else:
        picture = _of_file(address, path)
    _check_values(picture.array, path)
    picture.array.setflags(write=False)
    return picture


def _of_file(address: Address, path: Path) -> Picture:
    # Of a video one frame is taken at a time, of a large TIFF a part.
    by_parts = contents(address.file, sys.maxsize, 4) in TIFFS or address.file.name.lower().endswith(VIDEO_SUFFIXES)
    form = format_of(contents(address.file, sys.maxsize if by_parts else MOST_BYTES, HEAD), address.file)
    if form in VOLUMES:
        _only(address, path, "plane", "t")
        return volumes.read(address, path)
    if form == "dicom":
        from tfcore.pictures import dicom

        _only(address, path, "plane")
        return volumes.read(address, path) if address.plane else dicom.read(address, path)
    _only(address, path)
    if form == "video":
        from tfcore.pictures import video

        return video.read(address, path)
    number = address.index or 0
    if form == "tiff":
        from tfcore.pictures import large

        if large.is_large(address.file, number):
            return large.read(path)
    try:
        data = contents(address.file)
        array, count = _decoded(data, form, path, None, number)
    except TooLarge:
        if form != "tiff" and (number or form not in ("png", "jpeg")):
            raise
    else:
        note = frames.note("page" if form == "tiff" else "frame", number, count)
        return Picture(array, path, hashlib.sha256(data).hexdigest(), automatic(array), note, count)
    # Here, where nothing of what was read so far is held any more.
    return large.read(path) if form == "tiff" else reduced(contents(address.file), form, path)


def reduced(data: bytes, form: str, path: Path) -> Picture:
    """A PNG or JPEG that is too large to be shown whole."""
    from tfcore.pictures import raster

    array, full, closer = _guarded(lambda: raster.reduced(data, form, path), path)
    note = frames.reduced(array.shape, full, closer)
    return Picture(array, path, hashlib.sha256(data).hexdigest(), automatic(array), note, full=full)


def _only(address: Address, path: Path, *names: str) -> None:
    """Refuse what an address says that its file has nothing for."""
    said = {"plane": address.plane, "t": address.t, "series": address.series}
    for name, value in said.items():
        if name not in names and value not in (None, ""):
            raise HeatlensError(f"{path}: this kind of file has no {value if name == 'plane' else name}; write #12.")


def decode(data: bytes, path: Path, coarse: int | None = None) -> tuple[np.ndarray, str]:
    """Upright pixels and a note from the bytes of a PNG, JPEG, TIFF, BMP or GIF; ``coarse`` allows fewer pixels (and no
    note) for a thumbnail.
    """
    form = format_of(data, path)
    array, count = _decoded(data, form, path, coarse, 0)
    return array, frames.note("page" if form == "tiff" else "frame", 0, count)


def _decoded(data: bytes, form: str, path: Path, coarse: int | None, number: int) -> tuple[np.ndarray, int]:
    """Pixels, and of how many pictures in the file."""
    if form == "tiff":
        from tfcore.pictures import tiff

        array, count = _guarded(lambda: tiff.decode(data, path, coarse, number), path)
    else:
        from tfcore.pictures import raster

        array, count = _guarded(lambda: raster.decode(data, form, path, coarse, number), path)
    array = np.ascontiguousarray(array)
    _check_values(array, path)
    return array, count


def _guarded(decode: Callable[[], T], path: Path) -> T:
    """What it decodes, or a sentence."""
    try:
        return decode()
    except HeatlensError:
        raise
    except MemoryError as error:
        raise HeatlensError(f"{path} does not fit into memory; close other programs or make it smaller.") from error
    # Decoders meet damage in their own ways: a dozen exception types from four libraries mean the same to the user.
    except Exception as error:
        raise HeatlensError(
            f"{path} is damaged or cut short, or stored in an unusual way; copy it again from its source or save it "
            "anew as PNG."
        ) from error


def _check_values(array: np.ndarray, path: Path) -> None:
    if array.dtype.kind != "f":
        return
    values = array.reshape(-1)
    missing = sum(int(np.isnan(values[part]).sum()) for part in parts(values.size))
    if missing:
        raise HeatlensError(
            f"{path} holds NaN ({missing:,} of {array.size:,} values); replace them before, for example by the "
            "background's value."
        )
    if all(np.isinf(values[part]).all() for part in parts(values.size)):
        raise HeatlensError(f"{path} holds infinite values only; export it again from its source.")
