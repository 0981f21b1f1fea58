"""What matters in a PNG file, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

# Header, colours, transparency, pixels, end. Texts and profiles may be anything and of any size, and are not used.
_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_START = 8
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


class Png(NamedTuple):
    """The file without what is not needed, its EXIF block wherever it stands, and its number of frames."""

    data: bytes
    exif: bytes
    frames: int

    @property
    def is_deep(self) -> bool:
        """Whether it has 16 bits."""
        return self.data[24:25] == b"\x10"

    @property
    def channels(self) -> int:
        """How many values a pixel has in the file."""
        return _CHANNELS.get(self.data[25] if len(self.data) > 25 else 0, 4)


def png(data: bytes) -> Png:
    """Take a PNG file apart; what is wrong with it is left for the decoder to say."""
    kept, exif, frames, at = [data[:_START]], b"", 1, _START
    view = memoryview(data)
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        name = data[at + 4 : at + 8]
        if name in _NEEDED:
            kept.append(view[at:end])
        elif name == b"eXIf":
            exif = data[at + 8 : end - 4]
        elif name == b"acTL":
            frames = int.from_bytes(data[at + 8 : at + 12])
        at = end
        if name == b"IEND":
            break
    return Png(b"".join(kept), exif, frames)
