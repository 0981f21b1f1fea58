"""Files that hold many pictures are opened once for all of them: the last opened are kept, within bounds of memory."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from tfcore.pictures.address import file_of

T = TypeVar("T")
State = tuple[tuple[int, int, int], ...]


def state(path: str | Path) -> State | None:
    """What changes with the content of the file, or of the files of the folder, that holds a picture."""
    file = file_of(path)
    try:
        found = [file.stat()]
        if file.is_dir():
            with os.scandir(file) as entries:
                found += sorted((entry.stat() for entry in entries), key=lambda one: one.st_ino)
    except (OSError, ValueError):
        return None
    return tuple((one.st_mtime_ns, one.st_size, one.st_ino) for one in found)


class Kept(Generic[T]):
    """What was made of files, made anew where one has changed; the oldest go where there is too much."""

    def __init__(self, most: int, size: Callable[[T], int]) -> None:
        self._most, self._size = most, size
        self._all: OrderedDict[Path, tuple[State | None, T]] = OrderedDict()
        # Held while one is made: threads that want slices of one volume must not all unpack it.
        self._lock = threading.Lock()

    def get(self, path: Path, make: Callable[[Path], T]) -> T:
        """The one kept for the path, or a new one."""
        with self._lock:
            now = state(path)
            if path in self._all and now is not None and self._all[path][0] == now:
                self._all.move_to_end(path)
                return self._all[path][1]
            self._all.pop(path, None)
            made = make(path)
            self._all[path] = (now, made)
            while len(self._all) > 1 and sum(self._size(each) for _, each in self._all.values()) > self._most:
                self._all.popitem(last=False)
            if self._size(made) > self._most:
                self._all.pop(path)
            return made
