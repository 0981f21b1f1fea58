"""PNG, JPEG, BMP and GIF from bytes. Imported when the first such file is opened."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from tfcore.errors import HeatlensError
from tfcore.pictures.colour import exif_orientation, on_black, upright
from tfcore.pictures.source import check_size


class _Jpeg(JpegImageFile):
    def _read_dpi_from_exif(self) -> None:
        """Left out: the resolution is not used, and a damaged EXIF block would warn about it."""


_END_OF_JPEG = b"\xff\xd9"
# Opened by their own classes: Image.open warns about sizes that are allowed here, and tries formats that are not.
_OPENERS: dict[str, type[ImageFile]] = {"png": PngImageFile, "jpeg": _Jpeg, "bmp": BmpImageFile, "gif": GifImageFile}


def decode(data: bytes, form: str, path: Path, coarse: int | None = None) -> tuple[np.ndarray, str]:
    """Pixels and a note. With ``coarse`` a JPEG may come smaller, but at least that many pixels on a side."""
    stream = io.BytesIO(data)
    with _OPENERS[form](stream) as image:
        check_size(path, *image.size)
        # A download that broke off may have been filled up with zeros, which the decoder would show as grey.
        if form == "jpeg" and data.find(_END_OF_JPEG, stream.tell()) < 0:
            raise HeatlensError(f"{path} is cut short: its end is missing; copy it again from its source.")
        if coarse:
            image.draft(None, (coarse, coarse))
        deep = form == "png" and data[24] == 16
        array = _deep_png(data) if deep else _pixels(image)
        array = upright(array, exif_orientation(image.info.get("exif", b"")))
        # Counting the frames of a GIF walks through all of it.
        frames = 1 if coarse else int(getattr(image, "n_frames", 1))
    return array, f"frame 1 of {frames}" if frames > 1 else ""


def _pixels(image: ImageFile) -> np.ndarray:
    if image.has_transparency_data:
        with image.convert("RGBA") as clear:
            pixels = np.asarray(clear)
        return on_black(pixels[..., :3], pixels[..., 3])
    with image.convert("L" if image.mode in ("1", "L") else "RGB") as plain:
        return np.asarray(plain)


def _deep_png(data: bytes) -> np.ndarray:
    # Pillow would drop the lower byte of 16-bit colours.
    import imagecodecs

    pixels = imagecodecs.png_decode(data)
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        colour = pixels[..., 0] if pixels.shape[2] == 2 else pixels[..., :3]
        return on_black(colour, pixels[..., -1])
    return pixels
