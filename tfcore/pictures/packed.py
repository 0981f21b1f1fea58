"""Bytes that are packed with gzip or zlib, unpacked within bounds."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

# Packed bytes that are fed at a time, and unpacked ones behind those wanted that are gone through for the end.
_FED, _BEYOND = 1 << 18, 1 << 26
# Of gzip, or of zlib by how much it was packed.
_BEGINS = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def is_packed(data: bytes | memoryview) -> bool:
    """Whether it begins as what is packed with gzip."""
    return bytes(data[:2]) == _BEGINS[0]


def beginning(data: bytes | memoryview, most: int) -> bytes | bytearray:
    """Its first bytes, never more than so many; of what is not packed itself."""
    return _streamed(data, most, whole=False) if is_packed(data) else bytes(data[:most])


def unpacked(data: bytes | memoryview, count: int, packed: bool) -> bytes | bytearray | memoryview:
    """So many bytes at least, and rightly ended; ``ValueError`` or ``zlib.error`` where there are not so many."""
    if packed and bytes(data[:2]) in _BEGINS:
        return _at_once(data, count) or _streamed(data, count, whole=True)
    if packed or len(data) < count:
        raise ValueError
    return data


def _at_once(data: bytes | memoryview, count: int) -> memoryview | None:
    """What is packed in one stream of so many bytes, in half the time; nothing of what is packed in another way."""
    from imagecodecs import DeflateError, gzip_decode

    if not is_packed(data):
        return None
    found: Any = np.empty(count, np.uint8)
    packed: Any = data
    try:
        return found.data if len(gzip_decode(packed, out=found)) == count else None
    except DeflateError:
        return None


def _streamed(data: bytes | memoryview, most: int, whole: bool) -> bytearray:
    found, rest, beyond = bytearray(), memoryview(data), 0
    # Some packers write one stream after the other.
    while rest and len(found) < most:
        # Either way of packing.
        unpacking = zlib.decompressobj(47)
        # Only its end tells whether everything before it is what was packed.
        while not unpacking.eof and (len(found) < most or (whole and beyond < _BEYOND)):
            fed, room = rest[:_FED], max(most - len(found), 0)
            part = unpacking.decompress(fed, room or _FED)
            rest = rest[len(fed) - len(unpacking.unconsumed_tail) - len(unpacking.unused_data) :]
            found += part[:room]
            beyond += len(part) - len(part[:room])
            if not fed and not part:
                break
        if whole and not unpacking.eof:
            raise ValueError
    if whole and len(found) < most:
        raise ValueError
    return found
