"""The strips and tiles of a TIFF, looked at before one is decoded: each may claim what it likes."""

from __future__ import annotations

import math
from itertools import islice
from pathlib import Path

import tifffile

from tfcore.errors import HeatlensError
from tfcore.pictures.directories import Directories

_JPEG = (6, 7, 33007, 34892)
_JPEG_2000 = (33003, 33004, 33005, 34712)


# The tags that list strips and tiles, and more of them than a picture of the largest size has.
_LISTS, _MOST = (273, 279, 324, 325), 1_000_000


def check_counts(directories: Directories, path: Path, number: int = 0) -> None:
    """Refuse a page that lists more parts than any picture has: the list alone would fill the memory."""
    for tag, count in next(map(directories.counts, islice(directories, number, None)), ()):
        if tag in _LISTS and count > _MOST:
            raise HeatlensError(
                f"{path} says it has {count:,} strips; it is damaged, so copy it again from its source."
            )


def check_segments(page: tifffile.TiffPage, data: bytes, path: Path) -> None:
    """Refuse a page whose pixels are not all there, or whose strips and tiles unpack to more than their place."""
    places = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    whole = page.is_contiguous or len(places) >= math.prod(page.chunked)
    if not whole or any(offset + count > len(data) for offset, count in places):
        raise HeatlensError(f"{path} is cut short; copy it again from its source.")
    for offset, count in places if page.compression in tifffile.TIFF.IMAGE_COMPRESSIONS else ():
        check_segment(page, data[offset : offset + count], path)


def check_segment(page: tifffile.TiffPage, packed: bytes, path: Path) -> None:
    """Refuse a strip or tile that is compressed as a picture of its own, and of another size than its place."""
    if page.compression not in tifffile.TIFF.IMAGE_COMPRESSIONS:
        # Their decoders are told how much to unpack.
        return
    size = {_JPEG: jpeg_size, _JPEG_2000: jpeg_2000_size}
    measure = next((size[kinds] for kinds in size if page.compression in kinds), None)
    if measure is None:
        name = getattr(page.compression, "name", page.compression)
        raise HeatlensError(f"{path} is compressed with {name}, which is not opened; save it with LZW or as PNG.")
    length, width = (page.tilelength, page.tilewidth) if page.is_tiled else (page.rowsperstrip, page.imagewidth)
    high, wide = measure(packed)
    # Blocks of a JPEG may go beyond the edge.
    if high * wide > (length + 64) * (width + 64):
        raise HeatlensError(
            f"{path} has a part that claims {wide:,} × {high:,} pixels in a place of {width:,} × {length:,}; it is "
            "damaged, so copy it again from its source."
        )


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Height and width by the frame header; 0 where there is none."""
    at = 2
    while data[at : at + 1] == b"\xff":
        marker = data[at + 1]
        # The last is that of JPEG-LS.
        if (0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)) or marker == 0xF7:
            return int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0, 0


def jpeg_2000_size(data: bytes) -> tuple[int, int]:
    at = data.find(b"\xff\x4f\xff\x51")
    return int.from_bytes(data[at + 12 : at + 16]), int.from_bytes(data[at + 8 : at + 12])
