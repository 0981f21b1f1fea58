"""The picture files below what was dropped, opened or named."""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tfcore.pictures.formats import SUFFIXES

_DIGITS = re.compile(r"\d+")
# Names sorted in one go.
_RUN = 2000
# Folders of what lies beside pictures.
_ANNOTATIONS = "masks"


def is_picture(path: str | Path) -> bool:
    """Whether the name promises a picture; the file is not touched."""
    return str(path).lower().endswith(SUFFIXES)


def find(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Files as given, folders searched to the bottom: a folder's pictures first (2 before 10), then its folders.

    Folders called ``masks`` hold annotations of the pictures beside them, not pictures to look at; they are searched
    only where they are given themselves. A given file is handed on whatever it is, and so is a folder that may not be
    opened: reading it says why.
    """
    for path in paths:
        # Unlike Path.is_dir, it answers for a file in a folder that may not be searched.
        if os.path.isdir(path):  # noqa: PTH112
            yield from _below(Path(path), set())
        else:
            yield Path(path)


def natural(name: str) -> tuple[str, str]:
    """Sorts names as people count: slice 2 before slice 10."""
    # Padded text compares several times faster than lists of texts and numbers, which counts for 100,000 names.
    return _DIGITS.sub(lambda number: number[0].zfill(40), name.casefold()), name


def _below(folder: Path, above: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        state = folder.stat()
        # A link to a folder above would lead round in circles.
        here = (state.st_dev, state.st_ino)
        if here in above:
            return
        with os.scandir(folder) as entries:
            seen = [(entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith(".")]
    except OSError:
        yield folder
        return
    seen = _in_order(seen)
    for name, is_folder in seen:
        if not is_folder and is_picture(name):
            yield folder / name
    for name, is_folder in seen:
        if is_folder and name.casefold() != _ANNOTATIONS:
            yield from _below(folder / name, above | {here})


def _in_order(entries: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    # One sort of 100,000 names would keep every other thread waiting for a quarter of a second.
    keyed = [(natural(entry[0]), entry) for entry in entries]
    runs = [sorted(keyed[start : start + _RUN]) for start in range(0, len(keyed), _RUN)]
    return [entry for _, entry in heapq.merge(*runs)]
