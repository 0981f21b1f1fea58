"""Whether what a file claims to be and to hold can be true."""

from __future__ import annotations

import stat
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.files import why

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


def beginning(path: Path, kind: str, hint: str = "") -> bytes:
    """The first bytes of a file that should be of this kind, or a sentence where there are none to look at."""
    try:
        refuse_endless(path)
        with path.open("rb") as stream:
            start = stream.read(256)
    except FileNotFoundError:
        raise HeatlensError(f"There is no {kind} file {path}; check the name{hint}.") from None
    except IsADirectoryError:
        raise HeatlensError(f"{path} is a folder; give the {kind} file in it.") from None
    except OSError as error:
        raise HeatlensError(f"{path} was not opened: {why(error)}.") from error
    if not start:
        raise HeatlensError(f"{path} is empty (0 bytes); copy or download it again.")
    if start.startswith(b"version https://git-lfs"):
        raise HeatlensError(f"{path} is a Git LFS pointer, not the file itself; run 'git lfs pull' in its repository.")
    return start
