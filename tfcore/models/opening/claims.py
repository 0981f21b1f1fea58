"""Whether what a file claims to be and to hold can be true."""

from __future__ import annotations

import stat
from pathlib import Path

from tfcore.errors import HeatlensError

# Weights hardly shrink when they are packed; what unpacks to a hundred times its size is made to fill memory.
_FLOOR = 64 << 20
_EXPANSION = 100


def absurd(claimed: int, held: int) -> bool:
    """Whether so many bytes cannot come from so few; a small file may be anything."""
    return claimed > max(_FLOOR, _EXPANSION * held)


def refuse_endless(path: Path) -> None:
    """Refuse what is there and no file: opening a pipe waits for a writer, and reading a device may never end."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise HeatlensError(f"{path} is a pipe, a socket or a device, not a file; give the name of a file.")
