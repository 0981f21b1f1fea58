"""What a picture would take, known from its header before any of it is decoded."""

from __future__ import annotations

from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.pictures.source import TooLarge, size

# 100 megapixels: a whole-slide thumbnail passes, a 20,000 × 20,000 scan would fill the memory of a workstation.
MOST_PIXELS = 100_000_000
# Of one picture at once: what its decoder holds and copies, or its pixels together with their grey levels. As much as
# 100 megapixels of 8-bit RGB need.
MOST_MEMORY = 2 * 1024**3
# Four thumbnails are made at a time.
MOST_FOR_A_THUMBNAIL = 256 * 1024**2


def check_size(path: Path, width: int, height: int) -> None:
    """Refuse what has no pixels or too many."""
    if width < 1 or height < 1:
        raise HeatlensError(f"{path} says it is {width} × {height} pixels; a picture needs at least one.")
    if width * height > MOST_PIXELS:
        raise TooLarge(
            f"{path} has {width:,} × {height:,} pixels; at most {MOST_PIXELS // 1_000_000} megapixels are opened, "
            "so crop it or make it smaller first."
        )


def check_memory(path: Path, width: int, height: int, decoding: float, pixel: int, channels: int, small: bool) -> None:
    """Refuse what would take too much: bytes a pixel ``decoding``, then of the ``pixel`` itself with its levels."""
    if small:
        taken, most = width * height * decoding, MOST_FOR_A_THUMBNAIL
        purpose = "a thumbnail, so open it to see it"
    else:
        # A float32 level for each channel, and their grey.
        taken, most = width * height * max(decoding, pixel + 4 * channels + 4 * (channels > 1)), MOST_MEMORY
        purpose = "a picture, so crop it, make it smaller or save it with 8 bits"
    if taken > most:
        raise HeatlensError(
            f"{path} has {width:,} × {height:,} pixels and would take {size(taken)} of memory; at most {size(most)} "
            f"are used for {purpose}."
        )
