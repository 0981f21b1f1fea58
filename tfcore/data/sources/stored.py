"""Text and JSON that describe data: read within bounds, whatever lies there."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.files import why

# Bytes of a table or a JSON file; lists and objects of JSON, which take some 200 bytes each when opened; values and
# cells, which take some 50.
MOST_BYTES = 256 << 20
MOST_PARTS = 6_000_000
MOST_VALUES = 20_000_000
# Rows of a table, with their cells some 700 bytes each.
MOST_ROWS = 2_000_000


def is_file(path: Path) -> bool:
    """Whether a regular file lies there; a name that no file can have is none."""
    # Unlike Path.is_file, it answers for names that are too long and folders that may not be searched.
    return os.path.isfile(path)  # noqa: PTH113


def content(path: Path) -> bytes:
    """The bytes of a regular file that is not enormous."""
    try:
        # Opened so that a pipe does not keep us waiting for somebody to write.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            state = os.fstat(stream.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise HeatlensError(f"{path} is no regular file; name a table or a JSON file.")
            if state.st_size > MOST_BYTES:
                raise HeatlensError(
                    f"{path} has {state.st_size >> 20} MB, more than the {MOST_BYTES >> 20} MB that are read; split it."
                )
            return stream.read(MOST_BYTES)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise HeatlensError(f"{path} was not read: {reason}.") from error


def text(path: Path, notes: list[str]) -> str:
    """A text file in the encodings that spreadsheets write."""
    data = content(path)
    for encoding in _encodings(data):
        try:
            decoded = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            notes.append(f"{path.name} is not UTF-8; read as Windows-1252 (check names with accents).")
        return decoded.removeprefix("\ufeff")
    raise HeatlensError(f"{path} is not text in UTF-8 or Windows-1252; save it anew as UTF-8.")


def json_of(path: Path) -> Any:
    """What a JSON file holds; NaN and infinities come as the floats they are."""
    data = content(path)
    parts, values = data.count(b"[") + data.count(b"{"), data.count(b",")
    if parts > MOST_PARTS or values > MOST_VALUES:
        raise HeatlensError(
            f"{path} holds {max(parts, values):,} lists, objects or values, more than are read; split it."
        )
    try:
        return json.loads(data.decode("utf-8-sig"))
    # A number of 5,000 digits is a ValueError, 100,000 brackets a RecursionError.
    except (ValueError, RecursionError) as error:
        raise HeatlensError(f"{path} is not valid JSON; export it again.") from error


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    # Without a mark of the byte order, the zeros beside the first letters tell it.
    if data[1:4:2] == b"\0\0":
        return ("utf-16-le",)
    if data[0:3:2] == b"\0\0":
        return ("utf-16-be",)
    return ("utf-8", "cp1252")
