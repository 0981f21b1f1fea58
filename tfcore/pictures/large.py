"""Pictures beyond what is opened whole: TIFF pyramids and plain large files, shown reduced and read by region."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import tifffile

from tfcore.errors import HeatlensError
from tfcore.files import sha256
from tfcore.pictures import frames, unpacked
from tfcore.pictures.address import Address, checked, parse
from tfcore.pictures.budget import MOST_PIXELS
from tfcore.pictures.colour import upright
from tfcore.pictures.directories import Directories
from tfcore.pictures.formats import TIFFS
from tfcore.pictures.kept import Kept
from tfcore.pictures.picture import Picture
from tfcore.pictures.reducing import SHOWN, Mean
from tfcore.pictures.segments import check_counts, check_segment
from tfcore.pictures.source import MOST_BYTES, TooLarge, reading, size
from tfcore.pictures.tiff import check_kind, coloured, orientation, page_count
from tfcore.pictures.window import automatic

# Of a file without a pyramid so many pixels are gone through.
_MOST_PASSED = 4_000_000_000
# Of one strip or tile, unpacked; plain rows are read so many bytes at a time.
_MOST_SEGMENT, _BLOCK = 512 * 1024**2, 32 * 1024**2
# Packed as well as a blank picture is packed by anything.
_BEST_PACKED = 20_000
_MOST_LEVELS = 64
_WORTH_LOOKING = 4 * 1024**2


@dataclass(frozen=True)
class Region:
    """A part of a picture, of ``width`` by ``height`` of its own pixels, as an array that may be smaller."""

    array: np.ndarray
    x: int
    y: int
    width: int
    height: int


def is_large(file: Path, number: int = 0) -> bool:
    """Whether a TIFF, or that page of it, is not to be read whole."""
    with reading(file) as stream:
        length = stream.seek(0, 2)
    if length > MOST_BYTES:
        return True
    # To look into the header of a small one would take longer than to read it.
    if length < _WORTH_LOOKING:
        return False
    with _opened(file, number, plausible=False) as (_, levels, _):
        return levels[0].height * levels[0].width > MOST_PIXELS


def read(path: Path) -> Picture:
    """The picture reduced, with its full size told."""
    return _kept.get(path, _read)


def smallest(path: Path, side: int) -> Picture:
    """The smallest copy of itself that a file holds, with so many pixels on a side at least; the whole, if need be."""
    with _opened(path, 0) as (stream, levels, _):
        level = next((each for each in reversed(levels) if max(each.height, each.width) >= side), levels[0])
        if level.height * level.width > SHOWN:
            raise HeatlensError(f"{path} has no small copy of itself for a thumbnail; open it to see it.")
        array = _mean(level.page, stream, path, slice(0, level.height), slice(0, level.width), 1)
        return Picture(upright(array, orientation(levels[0].page)), path, "", automatic(array))


def region(picture: Picture, x: int, y: int, width: int, height: int, longest: int = 4096) -> Region | None:
    """A part of a picture that is shown reduced, in pixels of the file, with ``longest`` on a side at most; nothing
    where the file has no parts that can be read by themselves; the first of a PNG or JPEG takes as long as all of it.

    >>> region(read("slide.tif"), 20_000, 8_000, 1024, 1024).array.shape                   # doctest: +SKIP
    (1024, 1024, 3)
    """
    address = parse(picture.path)
    if picture.full is None:
        return None
    left, top = max(0, x), max(0, y)
    right, bottom = min(picture.full[1], x + width), min(picture.full[0], y + height)
    if left >= right or top >= bottom:
        return None
    if not _is_tiff(address):
        part = unpacked.part(address.file, slice(top, bottom), slice(left, right), longest)
        return None if part is None else Region(part, left, top, right - left, bottom - top)
    with _opened(address.file, address.index or 0) as (stream, levels, _):
        if orientation(levels[0].page) != 1:
            return None
        full = levels[0]
        wanted = max(right - left, bottom - top) / longest
        fine = [each for each in levels if full.width / each.width <= max(wanted, 1)] or [full]
        share = (right - left) * (bottom - top) / (full.width * full.height)
        # The coarsest that is fine enough, or a coarser one where that would be too much to go through.
        level = next((each for each in levels[len(fine) - 1 :] if share * each.width * each.height <= 4 * SHOWN), None)
        if level is None:
            return None
        across, down = level.width / full.width, level.height / full.height
        rows = slice(int(top * down), min(level.height, math.ceil(bottom * down)))
        columns = slice(int(left * across), min(level.width, math.ceil(right * across)))
        step = max(1, math.ceil(max(rows.stop - rows.start, columns.stop - columns.start) / longest))
        array = _mean(level.page, stream, address.file, rows, columns, step)
        back = (columns.start / across, rows.start / down)
        side = ((columns.stop - columns.start) / across, (rows.stop - rows.start) / down)
        return Region(array, *(round(edge) for edge in (*back, *side)))


def _is_tiff(address: Address) -> bool:
    with reading(address.file) as stream:
        return stream.read(4) in TIFFS


@dataclass(frozen=True)
class _Level:
    page: Any
    height: int
    width: int


def _read(path: Path) -> Picture:
    address = parse(path)
    with _opened(address.file, address.index or 0) as (stream, levels, count):
        # The coarsest with a quarter of the pixels at least; where there is no pyramid, the picture itself.
        level = next((each for each in reversed(levels) if each.height * each.width >= SHOWN / 4), levels[0])
        pixels = level.height * level.width
        if pixels > _MOST_PASSED:
            raise HeatlensError(
                f"{path} has {level.width:,} × {level.height:,} pixels and no smaller copy of itself; save it as a "
                "pyramid (tiled TIFF with several resolutions)."
            )
        step = max(1, math.ceil(math.sqrt(pixels / SHOWN)))
        array = _mean(level.page, stream, address.file, slice(0, level.height), slice(0, level.width), step)
        turned = orientation(levels[0].page)
        array = np.ascontiguousarray(upright(array, turned))
        full = upright(np.broadcast_to(np.uint8(0), (levels[0].height, levels[0].width)), turned)
    note = "; ".join(
        filter(
            None, (frames.note("page", address.index or 0, count), frames.reduced(array.shape, full.shape, turned == 1))
        )
    )
    return Picture(array, path, sha256(address.file), automatic(array), note, count, full=full.shape[:2])


@contextmanager
def _opened(file: Path, number: int, plausible: bool = True) -> Iterator[tuple[BinaryIO, list[_Level], int]]:
    """The file, a page of it at all its resolutions, the finest first, and how many pages there are."""
    with reading(file) as stream:
        content = _Content(stream)
        directories = Directories(content)  # type: ignore[arg-type]
        check_counts(directories, file, number)
        try:
            stream.seek(0)
            with tifffile.TiffFile(stream) as tiff:
                first = tiff.pages.first
                count = page_count(directories, first)
                checked(number, count, file, "pages")
                page: Any = tiff.pages[number] if number else first
                check_kind(page, file)
                if page.planarconfig == 2 and page.samplesperpixel > 1:
                    raise HeatlensError(f"{file} stores each colour by itself; save them pixel by pixel.")
                stored = sum(page.databytecounts)
                if plausible and page.imagewidth * page.imagelength > stored * _BEST_PACKED:
                    raise TooLarge(
                        f"{file} says it has {page.imagewidth:,} × {page.imagelength:,} pixels, and holds "
                        f"{size(stored)}; copy it again from its source."
                    )
                levels = _levels(tiff, page, count) if not number else [_level(page)]
                yield stream, levels, 1 if len(levels) > 1 else count
        except HeatlensError:
            raise
        except MemoryError as error:
            raise HeatlensError(f"{file} does not fit into memory; close other programs.") from error
        # Decoders meet damage in their own ways.
        except Exception as error:
            raise HeatlensError(
                f"{file} is damaged or cut short, or stored in an unusual way; copy it again from its source."
            ) from error


def _levels(tiff: tifffile.TiffFile, page: Any, count: int) -> list[_Level]:
    """The page and its smaller copies: below it, or pages of the same shape behind it."""
    found = [page]
    found += islice(page.pages or (), _MOST_LEVELS) if page.subifds else []
    found += [tiff.pages[number] for number in range(1, min(count, _MOST_LEVELS))]
    levels = [_level(each) for each in found]
    full = levels[0]

    def alike(level: _Level) -> bool:
        across, down = full.width / level.width, full.height / level.height
        return (
            across > 1.5
            and abs(across / down - 1) < 0.02
            and (level.page.samplesperpixel, level.page.dtype) == (page.samplesperpixel, page.dtype)
            and (level.page.is_tiled or level.page.is_reduced or level.page in found[1 : 1 + len(page.subifds or ())])
        )

    return [full, *sorted(filter(alike, levels[1:]), key=lambda level: -level.width)]


def _level(page: Any) -> _Level:
    return _Level(page, page.imagelength, page.imagewidth)


def _mean(page: Any, stream: BinaryIO, file: Path, rows: slice, columns: slice, step: int) -> np.ndarray:
    """A part of a page, every pixel the mean of step × step."""
    mean = Mean(rows.stop - rows.start, columns.stop - columns.start, step)
    for y, x, stored in _segments(page, stream, file, rows, columns):
        top, left = max(0, rows.start - y), max(0, columns.start - x)
        part = stored[top : rows.stop - y, left : columns.stop - x]
        mean.add(y + top - rows.start, x + left - columns.start, coloured(part, page))
    return mean.array()


def _segments(
    page: Any, stream: BinaryIO, file: Path, rows: slice, columns: slice
) -> Iterator[tuple[int, int, np.ndarray]]:
    """The strips and tiles that a part needs, with the place of each: (h, w) or (h, w, samples)."""
    height, width, samples = page.imagelength, page.imagewidth, page.samplesperpixel
    shape = (samples,) if samples > 1 else ()
    if page.is_contiguous:
        kind = page.dtype.newbyteorder(page.parent.byteorder)
        line = width * samples * kind.itemsize
        block = max(1, _BLOCK // line)
        for y in range(rows.start, rows.stop, block):
            count = min(block, rows.stop - y)
            stream.seek(page.dataoffsets[0] + y * line)
            data = stream.read(count * line)
            if len(data) < count * line:
                raise HeatlensError(f"{file} is cut short; copy it again from its source.")
            yield y, 0, np.frombuffer(data, kind).reshape(count, width, *shape).astype(page.dtype, copy=False)
        return
    high, wide = (page.tilelength, page.tilewidth) if page.is_tiled else (page.rowsperstrip, width)
    if high * wide * samples * page.dtype.itemsize > _MOST_SEGMENT:
        raise HeatlensError(f"{file} is packed in one piece of {wide:,} × {high:,} pixels; save it as a tiled TIFF.")
    across = -(-width // wide)
    for y in range(rows.start // high * high, rows.stop, high):
        for x in range(columns.start // wide * wide, columns.stop, wide):
            index = y // high * across + x // wide
            stream.seek(page.dataoffsets[index])
            data = stream.read(page.databytecounts[index])
            if len(data) < page.databytecounts[index]:
                raise HeatlensError(f"{file} is cut short; copy it again from its source.")
            stored = np.full((high, wide, samples), page.nodata, page.dtype)
            if data:
                check_segment(page, data, file)
                stored = page.decode(data, index, jpegtables=page.jpegtables)[0][0]
            stored = stored[: height - y, : width - x]
            yield y, x, stored if shape else stored[..., 0]


class _Content:
    """A file as if it were its bytes, of which a few are looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._length = stream.seek(0, 2)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: slice) -> bytes:
        start = place.start or 0
        self._stream.seek(start)
        return self._stream.read(max(0, min(place.stop, self._length) - start))

    def startswith(self, head: bytes) -> bool:
        return self[: len(head)] == head


_kept: Kept[Picture] = Kept(256 * 1024**2, lambda one: one.array.nbytes)
