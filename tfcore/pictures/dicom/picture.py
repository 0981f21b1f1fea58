"""One frame of a DICOM file as a Picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from pydicom import uid
from pydicom.pixels import get_decoder
from pydicom.pixels.processing import apply_color_lut

from tfcore.errors import HeatlensError
from tfcore.pictures.address import Address, checked, words
from tfcore.pictures.budget import check_memory, check_size
from tfcore.pictures.dicom import codecs
from tfcore.pictures.dicom.frame import Frame
from tfcore.pictures.dicom.header import DAMAGED, Opened, opened
from tfcore.pictures.kept import Kept
from tfcore.pictures.picture import Picture
from tfcore.pictures.spread import Spread, spread
from tfcore.pictures.window import automatic


def count(path: Path) -> int:
    """The pictures in the file."""
    return opened(path).frames


def read(address: Address, path: Path) -> Picture:
    """The picture at the address; ``path`` is what it is called."""
    file = opened(address.file)
    number = checked(address.index or 0, file.frames, path, "frames")
    return picture(file, number, path, words("frame", number, file.frames) if file.frames > 1 else "")


def file_spread(path: Path) -> Spread:
    """How the values of all its frames are spread together."""
    return _spreads.get(path, _spread)


def _spread(path: Path) -> Spread:
    file = opened(path)
    values = (picture(file, number, path, "").array for number in range(file.frames))
    return spread(values, file.frames * int(file.data.Rows) * int(file.data.Columns))


_spreads: Kept[Spread] = Kept(64 * 1024**2, lambda one: one.sample.nbytes)


def picture(file: Opened, number: int, path: Path, note: str) -> Picture:
    """Frame ``number`` with what the file says about it."""
    try:
        stored = _stored(file, number)
        frame = Frame(file.data, number)
        values = stored if stored.ndim == 3 else frame.values(stored)
        window, look = (None, None) if stored.ndim == 3 else frame.look()
        (spacing, said), unit = frame.spacing, frame.unit
        window = window or _window(values, stored, file.data)
    except HeatlensError:
        raise
    except MemoryError as error:
        raise HeatlensError(f"{path} does not fit into memory; close other programs.") from error
    # Whatever else stands in the file where a number should.
    except Exception as error:
        raise HeatlensError(DAMAGED.format(path)) from error
    return Picture(
        np.ascontiguousarray(values),
        path,
        file.sha256,
        window,
        "; ".join(filter(None, (note, said))),
        file.frames,
        spacing,
        unit,
        look,
        file.data.get("PhotometricInterpretation") == "MONOCHROME1",
        Frame(file.data, number).sides,
        _burned_in(file.data),
    )


def _burned_in(data: Any) -> bool:
    """Whether the file says that there are words in its pixels, or is of a kind that often has some."""
    said = data.get("BurnedInAnnotation")
    often = data.get("Modality") in ("US", "SC") or data.get("SOPClassUID") in _CAPTURES
    return said == "YES" or (often and said != "NO")


_CAPTURES = (
    uid.SecondaryCaptureImageStorage,
    uid.MultiFrameSingleBitSecondaryCaptureImageStorage,
    uid.MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
    uid.MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    uid.MultiFrameTrueColorSecondaryCaptureImageStorage,
)


def _window(values: np.ndarray, stored: np.ndarray, data: Any) -> tuple[float, float]:
    """Where the file names none: what is seen in the picture; the padding around it is no part of it."""
    if values.ndim == 3 or int(data.BitsAllocated) == 1 or (stored is values and values.dtype == np.uint8):
        return 0.0, 2.0 ** int(data.BitsStored) - 1
    padding = data.get("PixelPaddingValue")
    inside = values[stored != padding] if isinstance(padding, int) else values
    return automatic(inside if inside.size else values)


def _stored(file: Opened, number: int) -> np.ndarray:
    """The values as they are stored, grey (H, W) or RGB (H, W, 3)."""
    data, path = file.data, file.path
    rows, columns, samples = int(data.Rows), int(data.Columns), int(data.get("SamplesPerPixel") or 1)
    check_size(path, columns, rows)
    pixel = samples * max(1, int(data.get("BitsAllocated") or 64) // 8)
    # As packed in the file, unpacked, and after the modality's slope.
    check_memory(path, columns, rows, 3 * pixel + 8 * samples, pixel, samples, False)
    syntax = data.file_meta.TransferSyntaxUID
    try:
        decoder = get_decoder(syntax)
    except NotImplementedError:
        kind = uid.UID(syntax).name if syntax in uid.UID_dictionary else "a way that is not in the standard"
        raise HeatlensError(f"{path} is stored as {kind}, which is not opened; export it uncompressed.") from None
    plugin = codecs.NAME if syntax in codecs.DECODER_DEPENDENCIES else ""
    if plugin and plugin not in decoder.available_plugins:
        raise HeatlensError(
            f"{path} is stored as {uid.UID(syntax).name}, for which a decoder is missing; install the package "
            "imagecodecs with all its codecs, or export the picture uncompressed."
        )
    try:
        stored, _ = decoder.as_array(data, index=number, decoding_plugin=plugin)
    except Exception as error:
        raise HeatlensError(f"{path} has damaged or missing pixels; export it again from its source.") from error
    if data.PhotometricInterpretation == "PALETTE COLOR":
        coloured = apply_color_lut(stored, data)
        return (coloured >> 8).astype(np.uint8) if coloured.dtype.itemsize > 1 else coloured
    return stored if stored.dtype.isnative else stored.astype(stored.dtype.newbyteorder("="))
