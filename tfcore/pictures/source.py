"""The bytes of a file, or a sentence that says why there are none."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tfcore.errors import HeatlensError
from tfcore.files import why

# Files are read whole, once, to be hashed and decoded.
MOST_BYTES = 2 * 1024**3


class TooLarge(HeatlensError):
    """It is not opened whole; there may be another way."""


def contents(path: Path, most: int = MOST_BYTES, part: int | None = None) -> bytes:
    """Everything in the file, or its first bytes. Read by Python, so any name the system allows will do."""
    with reading(path) as stream:
        length = os.fstat(stream.fileno()).st_size
        if length > most:
            raise TooLarge(
                f"{path} has {size(length)}; at most {size(most)} are opened, so save the page you need as "
                "a file of its own."
            )
        # A file that somebody is still writing to could go on for ever.
        return stream.read(length if part is None else part)


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The file open, or a sentence that says why it is not."""
    try:
        # Asked before opening: to open a device may do something.
        _check_regular(path, _state(path))
        with open(path, "rb", opener=_at_once) as stream:
            # And again, since the name may stand for something else by now.
            _check_regular(path, os.fstat(stream.fileno()))
            yield stream
    except FileNotFoundError:
        if path.is_symlink():
            raise HeatlensError(f"{path} is a link to a file that is not there; check where it leads.") from None
        raise HeatlensError(f"{path} does not exist; check its name and folder.") from None
    except PermissionError as error:
        raise HeatlensError(f"{path} may not be read; ask for permission to read it or copy it elsewhere.") from error
    except MemoryError as error:
        raise HeatlensError(f"{path} does not fit into memory; close other programs or make it smaller.") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise HeatlensError(f"{path} is a link that leads back to itself; remove it.") from None
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error


def _state(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except ValueError as error:
        raise HeatlensError(f"{str(path)!r} is not a name a file can have; check it.") from error


def size(count: float) -> str:
    """A number of bytes for people: "2 GB", "2.05 GB", "256 MB"."""
    unit, name = (1024**3, "GB") if count >= 1024**3 else (1024**2, "MB")
    return f"{count / unit:.2f}".rstrip("0").rstrip(".") + f" {name}"


def _at_once(path: str, flags: int) -> int:
    # A pipe would be waited for.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check_regular(path: Path, state: os.stat_result) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise HeatlensError(_folder(path))
    if not stat.S_ISREG(state.st_mode):
        raise HeatlensError(f"{path} is a device or a pipe, not a file; save the picture to a file first.")


def _folder(path: Path) -> str:
    if os.access(path, os.R_OK | os.X_OK):
        return f"{path} is a folder, not a picture; give the pictures inside it."
    return f"{path} is a folder that may not be opened; ask for permission to read it."
