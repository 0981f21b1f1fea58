"""By what the bytes behind an address are known, read once as long as the file stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tfcore.files import sha256
from tfcore.pictures.address import file_of


def hashes(path: str | Path) -> Iterator[str]:
    """Of the file behind an address, or of all that lies in the folder it is."""
    try:
        file = file_of(path)
        if not file.is_dir():
            yield _hash(file, _state(file))
            return
        for each in sorted(file.iterdir()):
            yield _hash(each, _state(each))
    except Exception:  # what cannot be read is told of when it is
        yield "unread"


def _state(file: Path) -> tuple[int, int]:
    state = file.stat()
    return state.st_size, state.st_mtime_ns


@lru_cache(4096)
def _hash(file: Path, _as_it_was: tuple[int, int]) -> str:
    return sha256(file)
