"""Small files to read, made in memory."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from tfcore.errors import HeatlensError
from tfcore.pictures import read


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


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG with its right checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def interlaced_png(array: np.ndarray) -> bytes:
    """A PNG whose pixels come in seven passes, ever finer."""
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    stored = array.astype(array.dtype.newbyteorder(">"))
    parts = (stored[top::down, left::across] for top, left, down, across in passes)
    rows = b"".join(b"\0" + row.tobytes() for part in parts if part.size for row in part)
    colour = {2: 0, 3: 2}[array.ndim] if array.ndim == 2 or array.shape[2] == 3 else {2: 4, 4: 6}[array.shape[2]]
    head = struct.pack(">IIBBBBB", array.shape[1], array.shape[0], 8 * array.dtype.itemsize, colour, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def sentence_of(address: Any) -> str:
    """Why what stands there cannot be read."""
    with pytest.raises(HeatlensError) as caught:
        read(address)
    return str(caught.value)
