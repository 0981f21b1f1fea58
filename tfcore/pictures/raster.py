"""PNG, JPEG, BMP and GIF from bytes. Imported when the first such file is opened."""

from __future__ import annotations

import contextlib
import io
import math
import threading
from itertools import product
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from tfcore.errors import HeatlensError
from tfcore.pictures import frames, strips
from tfcore.pictures.address import checked
from tfcore.pictures.budget import check_memory, check_size
from tfcore.pictures.colour import exif_orientation, on_black, upright
from tfcore.pictures.depth import parts
from tfcore.pictures.png import Png, png
from tfcore.pictures.reducing import SHOWN, Mean


class Jpeg(JpegImageFile):
    """A JPEG that no damaged EXIF block makes a warning of."""

    def _read_dpi_from_exif(self) -> None:
        """Left out: the resolution is not used, and a damaged EXIF block would warn about it."""


# Modes of a JPEG that is decoded the same by another decoder.
FROM_NEAR = ("L", "RGB")
_PRINTS = threading.Lock()
_END_OF_JPEG = b"\xff\xd9"
# Opened by their own classes: Image.open warns about sizes that are allowed here, and tries formats that are not.
_OPENERS: dict[str, type[ImageFile]] = {"png": PngImageFile, "jpeg": Jpeg, "bmp": BmpImageFile, "gif": GifImageFile}
# Its own limit is a warning on the terminal; here every size is checked before.
Image.MAX_IMAGE_PIXELS = None
# Modes that Pillow keeps in one byte a pixel; all others of 8 bits take four.
_ONE_BYTE = ("1", "L", "P")
# A JPEG that is shown reduced is decoded no smaller than this, and means are taken of so many rows at a time.
_LONGEST, _BLOCK = 4096, 512
# Bytes of pixels from one of the file, as well as a blank picture is packed.
_BEST_PACKED = 1100
# Pixels that are gone through to show a picture.
_MOST_PASSED = 4_000_000_000


def decode(data: bytes, form: str, path: Path, coarse: int | None = None, frame: int = 0) -> tuple[np.ndarray, int]:
    """Pixels, and of how many frames. With ``coarse`` a JPEG may come smaller, but so many pixels on a side at least,
    and frames are not counted.
    """
    lean = png(data, path) if form == "png" else Png(data, b"", 1, False)
    if form == "gif":
        # Its first frame is made room for as it is opened.
        check_size(path, *frames.gif_size(data))
    stream = io.BytesIO(lean.data)
    with _OPENERS[form](stream) as image:
        check_size(path, *image.size)
        if form == "jpeg":
            _check_end(data, stream.tell(), image.size, path)
        width, height = image.size
        if frame:
            _go_to(image, frame, form, path, data)
        if coarse:
            image.draft(None, (coarse, coarse))
        deep = form == "png" and lean.is_deep
        if deep:
            colours = lean.channels - (lean.channels in (2, 4))
            # Composed into a second array where there is alpha.
            decoding = 2 * lean.channels + (2 * colours if colours < lean.channels else 0)
            check_memory(path, width, height, decoding, 2 * colours, colours, bool(coarse))
            array = _deep_png(lean.data)
        else:
            # A progressive JPEG is collected at its full size before any pixel of it is known.
            progress = 2 * len(image.getbands()) if image.info.get("progressive") else 0
            share = image.width * image.height / (width * height)
            check_memory(path, width, height, progress + share * _decoding(image), *_pixel(image), bool(coarse))
            array = _pixels(image)
        exif = lean.exif or image.info.get("exif", b"")
    count = 1 if coarse else frames.gif_frames(data) if form == "gif" else lean.frames
    return upright(array, exif_orientation(exif)), count


def reduced(data: bytes, form: str, path: Path) -> tuple[np.ndarray, tuple[int, int], bool]:
    """Pixels of a PNG of any size, or of a JPEG (or interlaced PNG) that can be decoded in the memory for one picture,
    with as many of them as are shown of a picture that large; its own rows and columns, and whether it can be unpacked
    to be seen from near (tfcore.pictures.unpacked).
    """
    lean = png(data, path) if form == "png" else Png(data, b"", 1, False)
    stream = io.BytesIO(lean.data)
    with _OPENERS[form](stream) as image:
        width, height = image.size
        # A download that broke off, or a header that claims what it likes, has no pixels for so many.
        if width * height > min(len(data) * _BEST_PACKED, _MOST_PASSED):
            check_size(path, width, height)
        if form == "png" and strips.has_strips(lean):
            array = strips.mean(lean, path, _step(height, width))
            return *_turned(array, height, width, lean.exif), True
        if form == "jpeg":
            _check_end(data, stream.tell(), image.size, path)
            image.draft(None, (_LONGEST, _LONGEST))
        near = form == "jpeg" and image.mode in FROM_NEAR
        deep = form == "png" and lean.is_deep
        if deep:
            check_memory(path, width, height, 4 * lean.channels, 0, 0, False)
            array = _deep_png(lean.data)
        else:
            progress = 2 * len(image.getbands()) if image.info.get("progressive") else 0
            share = image.width * image.height / (width * height)
            check_memory(path, width, height, progress + share * _decoding(image), 0, 0, False)
            array = _pixels(image)
        exif = lean.exif or image.info.get("exif", b"")
    mean = Mean(array.shape[0], array.shape[1], _step(*array.shape[:2]))
    for rows in range(0, array.shape[0], _BLOCK):
        mean.add(rows, 0, array[rows : rows + _BLOCK])
    return *_turned(mean.array(), height, width, exif), near


def _step(height: int, width: int) -> int:
    """How many rows and columns of a picture become one that is shown."""
    return max(1, math.ceil(math.sqrt(height * width / SHOWN)))


def _turned(array: np.ndarray, height: int, width: int, exif: bytes) -> tuple[np.ndarray, tuple[int, int]]:
    """Pixels upright, and the rows and columns of the file as they are then."""
    full = upright(np.broadcast_to(np.uint8(0), (height, width)), exif_orientation(exif)).shape
    return np.ascontiguousarray(upright(array, exif_orientation(exif))), (full[0], full[1])


def _go_to(image: ImageFile, frame: int, form: str, path: Path, data: bytes) -> None:
    """Frames of a GIF are painted one over the other."""
    count = frames.gif_frames(data) if form == "gif" else 1
    checked(frame, count, path, "pictures" if form == "gif" else f"picture{'s' * (count != 1)} that can be opened")
    for number in range(1, frame + 1):
        image.seek(number)
        image.load()


def _check_end(data: bytes, start: int, size: tuple[int, int], path: Path) -> None:
    """Refuse a JPEG that stops too early, which the decoder would fill up with grey."""
    # A download that broke off may have been filled up with zeros. Each block of 8 × 8 pixels takes a bit at least.
    blocks = (size[0] + 7) // 8 * ((size[1] + 7) // 8)
    if data.find(_END_OF_JPEG, start) < 0 or 8 * len(data) < blocks:
        raise HeatlensError(f"{path} is cut short: its end is missing; copy it again from its source.")


def _pixel(image: ImageFile) -> tuple[int, int]:
    """Bytes and channels of a pixel as it is handed out."""
    channels = 1 if image.mode in ("1", "L") and not image.has_transparency_data else 3
    return channels, channels


def _decoding(image: ImageFile) -> int:
    """Bytes a pixel that Pillow and the arrays filled from it take."""
    return (1 if image.mode in _ONE_BYTE else 4) + (4 + 3 if image.has_transparency_data else _pixel(image)[0])


def _pixels(image: ImageFile) -> np.ndarray:
    if image.has_transparency_data:
        pixels = _converted(image, "RGBA", 4)
        return on_black(pixels[..., :3], pixels[..., 3])
    return _converted(image, "L", 1) if image.mode in ("1", "L") else _converted(image, "RGB", 3)


def _converted(image: ImageFile, mode: str, channels: int) -> np.ndarray:
    """The picture in another mode, band by band: whole, Pillow would hold it four times on the way to an array."""
    image.load()
    width, height = image.size
    array = np.empty((height, width, channels)[: 2 + (channels > 1)], np.uint8)
    for rows, columns in product(parts(height, width), parts(width)):
        box = (columns.start, rows.start, min(columns.stop, width), min(rows.stop, height))
        with image.crop(box).convert(mode) as band:
            array[rows, columns] = np.asarray(band)
    return array


def _deep_png(data: bytes) -> np.ndarray:
    # Pillow would drop the lower byte of 16-bit colours.
    import imagecodecs

    if data[28]:
        # Each interlaced file is warned about by a print, which threads would take from each other.
        with _PRINTS, contextlib.redirect_stderr(io.StringIO()):
            pixels = imagecodecs.png_decode(data)
    else:
        pixels = imagecodecs.png_decode(data)
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        colour = pixels[..., 0] if pixels.shape[2] == 2 else pixels[..., :3]
        return on_black(colour, pixels[..., -1])
    return pixels
