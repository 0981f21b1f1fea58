"""TIFF from bytes: any depth, any page. Imported when the first such file is opened."""

from __future__ import annotations

import io
import logging
import math
import re
from itertools import islice
from pathlib import Path

import numpy as np
import tifffile

from tfcore.errors import HeatlensError
from tfcore.pictures.address import checked
from tfcore.pictures.budget import check_memory, check_size
from tfcore.pictures.colour import on_black, upright
from tfcore.pictures.depth import step_of_8_bits
from tfcore.pictures.directories import Directories
from tfcore.pictures.segments import check_counts, check_segments

# It reports oddities of a file to the log, and without a handler these land on the terminal.
logging.getLogger("tifffile").addHandler(logging.NullHandler())

_ORIENTATION = 274
_PREMULTIPLIED, _STRAIGHT = 1, 2
# ImageJ may describe a whole stack with one page.
_STACK = re.compile(r"ImageJ=.*?^images=(\d{1,9})$", re.DOTALL | re.MULTILINE)


def decode(data: bytes, path: Path, coarse: int | None = None, number: int = 0) -> tuple[np.ndarray, int]:
    """Pixels of a page, and how many there are (not asked for with ``coarse``)."""
    directories = Directories(data)
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages.first
        count = 1 if coarse else page_count(directories, page)
        if number:
            page = _page(file, directories, checked(number, count, path, "pages"), path)
        check_counts(directories, path, number)
        check_size(path, page.imagewidth, page.imagelength)
        check_kind(page, path)
        _check_memory(page, path, bool(coarse))
        check_segments(page, data, path)
        stored = page.asarray(maxworkers=1)
        array = coloured(stored if page.axes[0] != "S" else np.moveaxis(stored, 0, -1), page)
        if array.shape[2:] == (1,):
            array = array[..., 0]
        if array.shape[:2] != (page.imagelength, page.imagewidth) or array.shape[2:] not in ((), (3,), (4,)):
            raise HeatlensError(f"{path} describes its pixels in an unusual way; save it anew as PNG.")
        array = upright(array, orientation(page))
    return array, count


def _page(file: tifffile.TiffFile, directories: Directories, number: int, path: Path) -> tifffile.TiffPage:
    """The page of that number: TIFF knows of each only where the next one is described."""
    if next(islice(directories, number, None), None) is None:
        raise HeatlensError(f"{path} describes its pages all together, as ImageJ does; save it as a plain TIFF stack.")
    page = file.pages[number]
    assert isinstance(page, tifffile.TiffPage)
    return page


def check_kind(page: tifffile.TiffPage, path: Path) -> None:
    """Refuse pixels that are no grey levels or colours."""
    if page.dtype is None or page.dtype.kind not in "buif":
        raise HeatlensError(f"{path} holds pixels that are not real numbers; save their magnitude and open that.")
    if page.imagedepth != 1:
        raise HeatlensError(f"{path} holds a volume of {page.imagedepth} slices in one page; save one page a slice.")
    channels = page.samplesperpixel - _has_alpha(page)
    if channels not in (1, 3, 4) or page.ndim > 3:
        raise HeatlensError(
            f"{path} has {channels} channel{'s' * (channels != 1)}; save it as grey, RGB or 4 plain channels."
        )
    if _colour_model(page) in ("SEPARATED", "PALETTE") and page.dtype.kind not in "bu":
        raise HeatlensError(f"{path} has colours of the type {page.dtype}; save it as grey or RGB.")
    if _has_alpha(page) and page.dtype.str[1:] not in ("u1", "u2", "u4", "f2", "f4", "f8"):
        raise HeatlensError(f"{path} has an alpha channel of the type {page.dtype}; save it without alpha.")
    name = _colour_model(page)
    through_jpeg = page.compression in (tifffile.COMPRESSION.OJPEG, tifffile.COMPRESSION.JPEG)
    if name not in ("MINISWHITE", "MINISBLACK", "RGB", "PALETTE", "SEPARATED") and not (
        # The JPEG decoder hands out RGB.
        name == "YCBCR" and through_jpeg
    ):
        raise HeatlensError(f"{path} uses the colour model {name}; save it as grey or RGB.")


def _check_memory(page: tifffile.TiffPage, path: Path, small: bool) -> None:
    assert page.dtype is not None
    palette = _colour_model(page) == "PALETTE"
    channels = 3 if palette else page.samplesperpixel - _has_alpha(page)
    pixel = channels * (1 if palette else page.dtype.itemsize)
    stored = page.samplesperpixel * page.dtype.itemsize
    # One strip or tile at a time comes out of its decoder, which may be the whole picture.
    segment = 0 if page.is_contiguous else math.prod(page.chunks) * page.dtype.itemsize
    # What becomes of the stored pixels by colour, alpha or turning is a second array.
    stays = _colour_model(page) in ("MINISBLACK", "RGB", "YCBCR") and not _has_alpha(page) and page.axes[0] != "S"
    changed = 0 if stays and page.bitspersample >= 8 and orientation(page) == 1 else pixel
    decoding = stored + max(segment / (page.imagewidth * page.imagelength), changed)
    check_memory(path, page.imagewidth, page.imagelength, decoding, pixel, channels, small)


def coloured(array: np.ndarray, page: tifffile.TiffPage) -> np.ndarray:
    """Stored values of a page as grey or RGB."""
    match _colour_model(page):
        case "PALETTE":
            assert page.colormap is not None
            table = page.colormap.T
            # Some writers leave the table at 8 bits.
            table = (table >> 8 if table.max() > 255 else table).astype(np.uint8)
            if not _has_alpha(page):
                return table[array.astype(np.uint8) if array.dtype == bool else array]
            array, alpha = table[array[..., 0]], array[..., 1]
            return on_black(array, alpha) if page.extrasamples[-1] == _STRAIGHT else array
        case "MINISWHITE":
            array = _full_range(_inverted(array, page.bitspersample), page.bitspersample)
        case "SEPARATED":
            white = 255 * step_of_8_bits(array) or np.iinfo(array.dtype).max
            ink = np.subtract(white, array[..., :4], dtype=array.dtype)
            return on_black(ink[..., :3], ink[..., 3])
        case _:
            array = _full_range(array, page.bitspersample)
    if _has_alpha(page):
        colour = array[..., 0] if array.shape[-1] == 2 else array[..., :-1]
        return on_black(colour, array[..., -1]) if page.extrasamples[-1] == _STRAIGHT else colour
    return array


def _has_alpha(page: tifffile.TiffPage) -> bool:
    return bool(page.extrasamples) and page.extrasamples[-1] in (_PREMULTIPLIED, _STRAIGHT)


def orientation(page: tifffile.TiffPage) -> int:
    """How it has to be turned."""
    tag = page.tags.get(_ORIENTATION)
    return tag.value if tag is not None and isinstance(tag.value, int) else 1


def _colour_model(page: tifffile.TiffPage) -> str:
    # A number where tifffile has no name for it.
    return str(getattr(page.photometric, "name", page.photometric))


def _inverted(array: np.ndarray, bits: int) -> np.ndarray:
    if array.dtype.kind == "f":
        return -array
    if array.dtype.kind != "u":
        return ~array
    # The white of 8 bits saved as 16 may lie a little below that of 16.
    white = 255 * step_of_8_bits(array) if bits == 8 * array.dtype.itemsize else 0
    return np.subtract(white or 2**bits - 1, array, dtype=array.dtype)


def _full_range(array: np.ndarray, bits: int) -> np.ndarray:
    """Pixels of 1 to 7 bits spread over 0 to 255; deeper ones as they are."""
    if bits >= 8:
        return array
    return (np.arange(2**bits) * 255 // (2**bits - 1)).astype(np.uint8)[array.astype(np.uint8, copy=False)]


def page_count(directories: Directories, page: tifffile.TiffPage) -> int:
    """How many there are."""
    described = _STACK.match(page.description)
    return max(sum(1 for _ in directories), int(described[1]) if described else 1)
