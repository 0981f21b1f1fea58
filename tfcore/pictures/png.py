"""What matters in a PNG file, and nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tfcore.errors import HeatlensError

_START = 8
# By the kind of colour in the header: values of a pixel, and the lengths that its transparency may have.
_KINDS: dict[int, tuple[int, Sequence[int]]] = {
    0: (1, (2,)),
    2: (3, (6,)),
    3: (1, range(1, 257)),
    4: (2, ()),
    6: (4, ()),
}


class Png(NamedTuple):
    """The file without what is not needed, its EXIF block wherever it stands, and its number of frames.

    Texts and profiles may be anything and of any size; the decoders would read them, warn about them or give up.
    """

    data: bytes
    exif: bytes
    frames: int
    transparent: bool

    @property
    def is_deep(self) -> bool:
        """Whether it has 16 bits."""
        return self.data[24:25] == b"\x10"

    @property
    def channels(self) -> int:
        """Values of a pixel as it comes out of the decoder, with alpha."""
        return _kind(self.data)[0] + self.transparent


def png(data: bytes, path: Path) -> Png:
    """Take a PNG file apart; only a chunk that is not what was written is refused here."""
    chunks: list[tuple[bytes, memoryview]] = []
    exif, frames, at = b"", 1, _START
    view = memoryview(data)
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        name = data[at + 4 : at + 8]
        if _is_needed(name, end - at - 12, data, {known for known, _ in chunks}):
            if zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
                raise HeatlensError(f"{path} is damaged or cut short; copy it again from its source.")
            chunks.append((name, view[at:end]))
        elif name == b"eXIf":
            exif = data[at + 8 : end - 4]
        elif name == b"acTL":
            frames = int.from_bytes(data[at + 8 : at + 12])
        at = end
        if name == b"IEND":
            break
    lean = b"".join([data[:_START], *(chunk for _, chunk in chunks)])
    return Png(lean, exif, frames, any(name == b"tRNS" for name, _ in chunks))


def _is_needed(name: bytes, length: int, data: bytes, before: set[bytes]) -> bool:
    kind = data[25:26]
    match name:
        case b"IHDR" | b"IDAT" | b"IEND":
            return True
        case b"PLTE":
            return kind == b"\3" and not {b"PLTE", b"IDAT"} & before
        case b"tRNS":
            return length in _kind(data)[1] and not {b"tRNS", b"IDAT"} & before
        case _:
            return False


def _kind(data: bytes) -> tuple[int, Sequence[int]]:
    return _KINDS.get(int.from_bytes(data[25:26]), (4, ()))
