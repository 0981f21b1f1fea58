"""How many pictures a file holds, counted within bounds: a file may claim or repeat any number of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tfcore.pictures.address import words

# Steps of a walk through a file, and frames or pages that are counted one by one.
_STEPS = 200_000
MOST = 10_000


def note(kind: str, place: int, count: int) -> str:
    """``frame 1 of 3``, or nothing where there is only one."""
    if count <= 1:
        return ""
    return words(kind, place, count) + " or more" * (count >= MOST)


def reduced(shape: tuple[int, ...], full: tuple[int, ...], closer: bool = True) -> str:
    """How much smaller a picture is than its file, and whether one can look closer; nothing where it is not.

    >>> reduced((500, 400, 3), (5000, 4000))
    'shown at 400 × 500 of 4,000 × 5,000 pixels'
    """
    if shape[:2] == full[:2]:
        return ""
    return f"shown at {shape[1]:,} × {shape[0]:,} of {full[1]:,} × {full[0]:,} pixels" + (
        "" if closer else ", and no finer from near: save it as a tiled TIFF for that"
    )


def gif_frames(data: bytes) -> int:
    """The frames of a GIF, without decoding any."""
    return sum(1 for _ in islice(_descriptors(data), MOST))


def gif_size(data: bytes) -> tuple[int, int]:
    """Width and height of the screen of a GIF, or of its first frame where that goes beyond."""
    wide, high = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
    for at in _descriptors(data):
        left, top, across, down = (int.from_bytes(data[at + 1 + n : at + 3 + n], "little") for n in (0, 2, 4, 6))
        return max(wide, left + across), max(high, top + down)
    return wide, high


def _descriptors(data: bytes) -> Iterator[int]:
    """Where the frames of a GIF begin."""
    at = 13 + _table(data[10:11])
    for _ in range(_STEPS):
        kind = data[at : at + 1]
        if kind == b",":
            yield at
            # The frame's place and size, its own colours, and the first byte of its pixels.
            at += 10 + _table(data[at + 9 : at + 10]) + 1
        elif kind == b"!":
            at += 2
        else:
            return
        while length := int.from_bytes(data[at : at + 1]):
            at += 1 + length
        at += 1


def _table(flags: bytes) -> int:
    """Bytes of the colour table that the flags announce."""
    packed = int.from_bytes(flags)
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0
