"""A PNG of any size, a few rows at a time.

Its rows are packed in one stream, each written as its difference to the one above: they are unpacked in order, and of
some rows together, below the last ones, a small PNG is made for the decoder.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.png import Png
from tfcore.pictures.reducing import Mean

# Bytes of rows decoded at a time, and of packed ones that are fed at a time.
_BLOCK, _FED = 16 * 1024**2, 1 << 16
# Values of a pixel by the kind of colour, and the header of a PNG with so many bytes of a pixel.
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PLAIN = {1: b"\x08\0", 2: b"\x08\4", 3: b"\x08\2", 4: b"\x08\6", 6: b"\x10\2", 8: b"\x10\6"}


def has_strips(lean: Png) -> bool:
    """Whether its rows come one after the other: those of an interlaced one come seven times, each time more."""
    return not lean.data[28]


def height(lean: Png) -> int:
    """How many rows it has."""
    return int.from_bytes(lean.data[20:24])


def mean(lean: Png, path: Path, step: int) -> np.ndarray:
    """The picture, every pixel the mean of step × step."""
    found, y = Mean(height(lean), int.from_bytes(lean.data[16:20]), step), 0
    for strip in rows(lean, path):
        found.add(y, 0, strip)
        y += len(strip)
    return found.array()


def rows(lean: Png, path: Path) -> Iterator[np.ndarray]:
    """Pixels of some rows at a time."""
    # An alpha channel that hides everything was never meant as one.
    opaque = lean.data[25] in (4, 6) and not any(strip.any() for strip in _strips(lean, path, opaque=False))
    return _strips(lean, path, opaque)


def _line(lean: Png) -> int:
    """Bytes of a row."""
    width, _, depth, kind = struct.unpack(">IIBB", lean.data[16:26])
    return math.ceil(width * _CHANNELS[kind] * depth / 8)


def _strips(lean: Png, path: Path, opaque: bool) -> Iterator[np.ndarray]:
    width, _, depth, kind = struct.unpack(">IIBB", lean.data[16:26])
    line = _line(lean)
    of_pixel = max(1, _CHANNELS[kind] * depth // 8)
    stream, above = _Stream(lean.data, path), bytes(line)
    for y in range(0, height(lean), block := max(1, _BLOCK // line)):
        count = min(block, height(lean) - y)
        stored = _unfiltered(b"\0" + above + stream.read(count * (line + 1)), line // of_pixel, of_pixel)
        above = stored[-1].tobytes()
        yield _coloured(stored[1:], lean, width, depth, kind, opaque)


def _unfiltered(rows: bytes, width: int, of_pixel: int) -> np.ndarray:
    """The bytes of rows as they were before each was made a difference, as (rows, bytes)."""
    from imagecodecs import png_decode

    height = len(rows) // (width * of_pixel + 1)
    header = struct.pack(">II", width, height) + _PLAIN[of_pixel] + bytes(3)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    small = png_decode(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))
            for name, data in chunks
        )
    )
    plain: np.ndarray = (small.astype(">u2") if of_pixel > 4 else small).reshape(height, -1).view(np.uint8)
    return plain


def _coloured(stored: np.ndarray, lean: Png, width: int, depth: int, kind: int, opaque: bool) -> np.ndarray:
    """Bytes of rows as grey or RGB, on black where they are transparent."""
    values: np.ndarray
    if depth == 16:
        values = stored.view(">u2").astype(np.uint16)
    elif depth < 8:
        bits = np.unpackbits(stored, axis=1).reshape(len(stored), -1, depth)
        values = np.packbits(bits, axis=2, bitorder="big")[..., 0][:, :width] >> (8 - depth)
    else:
        values = stored
    clear = _chunk(lean.data, b"tRNS")
    if kind == 3:
        table = np.zeros((256, 3), np.uint8)
        colours = np.frombuffer(_chunk(lean.data, b"PLTE"), np.uint8).reshape(-1, 3)
        table[: len(colours)] = colours
        alpha = np.full((256, 1), 255, np.uint8)
        alpha[: len(clear), 0] = np.frombuffer(clear, np.uint8)
        return _on_black(table, alpha)[values]
    values = values.reshape(len(stored), width, -1)
    if kind in (4, 6):
        colour = values[..., :-1] if opaque else _on_black(values[..., :-1], values[..., -1:])
        return colour[..., 0] if kind == 4 else colour
    if clear:
        # One value, or colour, that is transparent.
        values = np.where((values == np.frombuffer(clear, ">u2")).all(2, keepdims=True), 0, values).astype(values.dtype)
    if depth < 8:
        values = values * np.uint8(255 // (2**depth - 1))
    return values[..., 0] if kind == 0 else values


def _on_black(colour: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    top = int(np.iinfo(alpha.dtype).max)
    return ((colour.astype(np.uint32) * alpha + top // 2) // top).astype(colour.dtype)


def _chunk(data: bytes, name: bytes) -> bytes:
    """What stands in the first chunk of that name before the pixels; nothing where there is none."""
    return next((data[at + 8 : at + 8 + length] for at, length, found in _chunks(data) if found == name), b"")


def _chunks(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Place, length and name of each."""
    at = 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        yield at, length, data[at + 4 : at + 8]
        at += 12 + length


class _Stream:
    """What is packed in a PNG, from its beginning on."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._unpacking, self._path = zlib.decompressobj(), path
        view = memoryview(data)
        self._packed = (
            view[at + 8 + start : at + 8 + min(start + _FED, length)]
            for at, length, name in _chunks(data)
            if name == b"IDAT"
            for start in range(0, length, _FED)
        )

    def read(self, count: int) -> bytes:
        """So many bytes."""
        found, missing = [], count
        while missing:
            fed = self._unpacking.unconsumed_tail or next(self._packed, b"")
            part = self._unpacking.decompress(fed, missing)
            if not fed and not part:
                raise HeatlensError(f"{self._path} is cut short; copy it again from its source.")
            found.append(part)
            missing -= len(part)
        return b"".join(found)
