"""Small files to read, made in memory."""

from __future__ import annotations

import io
from typing import Any

import imagecodecs
import numpy as np
import tifffile
from PIL import Image


def noise(*shape: int, dtype: Any = np.uint8, seed: int = 0) -> np.ndarray:
    """Incompressible pixels over the whole range of the type."""
    generator = np.random.default_rng(seed)
    return generator.integers(0, int(np.iinfo(dtype).max) + 1, shape, dtype=dtype)


def saved(image: Image.Image | np.ndarray, form: str, **options: Any) -> bytes:
    """The picture as a file of that format."""
    stream = io.BytesIO()
    (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(stream, form, **options)
    return stream.getvalue()


def tiff(array: np.ndarray, **options: Any) -> bytes:
    stream = io.BytesIO()
    tifffile.imwrite(stream, array, **options)
    return stream.getvalue()


def deep_png(array: np.ndarray) -> bytes:
    return bytes(imagecodecs.png_encode(array))


def with_orientation(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif
