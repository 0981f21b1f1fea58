"""TIFF from bytes: any depth, the first page. Imported when the first such file is opened."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import numpy as np
import tifffile

from tfcore.errors import HeatlensError
from tfcore.pictures.colour import on_black, upright
from tfcore.pictures.source import check_size

# It reports oddities of a file to the log, and without a handler these land on the terminal.
logging.getLogger("tifffile").addHandler(logging.NullHandler())

_ORIENTATION = 274
_PREMULTIPLIED, _STRAIGHT = 1, 2


def decode(data: bytes, path: Path, count_pages: bool = True) -> tuple[np.ndarray, str]:
    """Pixels of the first page, and a note where there are more."""
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages.first
        check_size(path, page.imagewidth, page.imagelength)
        _check_kind(page, path)
        if any(offset + size > len(data) for offset, size in zip(page.dataoffsets, page.databytecounts, strict=True)):
            raise HeatlensError(f"{path} is cut short; copy it again from its source.")
        stored = page.asarray(maxworkers=1)
        array = _coloured(stored if page.axes[0] != "S" else np.moveaxis(stored, 0, -1), page)
        tag = page.tags.get(_ORIENTATION)
        array = upright(array, int(tag.value) if tag else 1)
        pages = _pages(file) if count_pages else 1
    return array, f"page 1 of {pages}" if pages > 1 else ""


def _check_kind(page: tifffile.TiffPage, path: Path) -> None:
    if page.dtype is None or page.dtype.kind not in "buif":
        raise HeatlensError(f"{path} holds pixels that are not real numbers; save their magnitude and open that.")
    has_alpha = bool(page.extrasamples) and page.extrasamples[-1] in (_PREMULTIPLIED, _STRAIGHT)
    channels = page.samplesperpixel - has_alpha
    if channels not in (1, 3, 4) or page.ndim > 3:
        raise HeatlensError(f"{path} has {channels} channels; save it as grey, RGB or 4 plain channels.")
    name = _colour_model(page)
    through_jpeg = page.compression in (tifffile.COMPRESSION.OJPEG, tifffile.COMPRESSION.JPEG)
    if name not in ("MINISWHITE", "MINISBLACK", "RGB", "PALETTE", "SEPARATED") and not (
        # The JPEG decoder hands out RGB.
        name == "YCBCR" and through_jpeg
    ):
        raise HeatlensError(f"{path} uses the colour model {name}; save it as grey or RGB.")


def _coloured(array: np.ndarray, page: tifffile.TiffPage) -> np.ndarray:
    match _colour_model(page):
        case "PALETTE":
            assert page.colormap is not None
            table = page.colormap.T
            # Some writers leave the table at 8 bits.
            return (table >> 8 if table.max() > 255 else table).astype(np.uint8)[array]
        case "MINISWHITE":
            array = _full_range(_inverted(array, page.bitspersample), page.bitspersample)
        case "SEPARATED":
            ink = np.iinfo(array.dtype).max - array[..., :4]
            return on_black(ink[..., :3], ink[..., 3])
        case _:
            array = _full_range(array, page.bitspersample)
    if page.extrasamples and page.extrasamples[-1] in (_PREMULTIPLIED, _STRAIGHT):
        colour = array[..., 0] if array.shape[-1] == 2 else array[..., :-1]
        return on_black(colour, array[..., -1]) if page.extrasamples[-1] == _STRAIGHT else colour
    return array


def _colour_model(page: tifffile.TiffPage) -> str:
    # A number where tifffile has no name for it.
    return str(getattr(page.photometric, "name", page.photometric))


def _inverted(array: np.ndarray, bits: int) -> np.ndarray:
    if array.dtype.kind == "f":
        return -array
    return ~array if array.dtype.kind != "u" else array.dtype.type(2**bits - 1) - array


def _full_range(array: np.ndarray, bits: int) -> np.ndarray:
    """Pixels of 1 to 7 bits spread over 0 to 255; deeper ones as they are."""
    if bits >= 8:
        return array
    return (array.astype(np.uint16) * 255 // (2**bits - 1)).astype(np.uint8)


def _pages(file: tifffile.TiffFile) -> int:
    # ImageJ may describe a whole stack with one page.
    described = (file.imagej_metadata or {}).get("images", 1)
    return max(len(file.pages), int(described))
