"""Places in what is written, told from the folder that it is written to: both may move together, and nobody's name is
in them but where somebody else's folder is meant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from tfcore.files import write_whole, written_from
from tfcore.plain import json_text

# Where a place may begin in a sentence; what stands before it in addresses and formulas makes it none.
_BEGINS = re.compile(r"(?<![\w.…/}~<])(?:/|[A-Za-z]:[\\/])(?=[^\s/])")

# As many are kept in mind.
_PLACES = 256


class Told:
    """Tells places from a folder: a ``Path`` as it is found from here, and in texts what is absolute.

    >>> Told(Path("/study/out"))({"path": Path("/study/scans/P1.png"), "n": 3})
    {'path': '../scans/P1.png', 'n': 3}
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        # Of thousands of pictures in few folders only the folders cost something.
        self._known: dict[str, str] = {}
        # Row after row is of one picture.
        self.place = lru_cache(_PLACES)(self._place)

    def __call__(self, value: Any) -> Any:
        """Rows and documents of anything, with what is in them."""
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, Path):
            return self.place(value)
        if value is None or isinstance(value, float | int):
            return value
        if isinstance(value, Mapping):
            return {self(name): self(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self(inner) for inner in value]
        return value

    def _place(self, path: str | Path) -> str:
        """A file, or a picture in it, as it is found from the folder."""
        parent, name = os.path.split(os.path.abspath(path))  # noqa: PTH100
        return os.path.normpath(os.path.join(self._of(parent), name))  # noqa: PTH118

    def words(self, text: str) -> str:
        """A text with the folders that it names, as far as they are there, told so."""
        if os.sep not in text:
            return text
        parts, at = [], 0
        for found in _BEGINS.finditer(text):
            begins, ends = found.start(), _ends(text, found.start())
            if ends and begins >= at:
                beside = self._of(text[begins:ends])
                parts += [text[at:begins], "" if beside == os.curdir else f"{beside}{os.sep}"]
                at = ends + 1
        return "".join([*parts, text[at:]])

    def _of(self, parent: str) -> str:
        if parent not in self._known:
            self._known[parent] = written_from(self._folder, os.path.realpath(parent))
        return self._known[parent]


def _ends(text: str, begins: int) -> int:
    """Where the longest folder ends that is named from there on; 0 where there is none."""
    ends, at = 0, text.find(os.sep, begins + 1)
    while at > 0 and os.path.isdir(text[begins:at]):  # noqa: PTH112
        ends, at = at, text.find(os.sep, at + 1)
    return ends


def write_json(path: str | Path, value: Any, overwrite: bool = False, indent: int = 1) -> Path:
    """Write a document whole, its places told from its folder."""
    return write_whole(path, told_json(value, Path(path).parent, indent), overwrite)


def told_json(value: Any, folder: Path, indent: int = 1) -> str:
    """The same document, for who writes it with others."""
    return f"{json_text(Told(folder)(value), indent)}\n"


def picture_from(folder: Path, told: str) -> str:
    """A picture that was told from the folder, as it is found from here, whatever stands behind its file's name."""
    return os.path.normpath(os.path.join(folder.absolute(), told))  # noqa: PTH118


def found_from(folder: Path, told: str) -> str:
    """A place that was told from the folder, as it is found from here; a name that is no place stays one."""
    path = picture_from(folder, told)
    return path if os.path.lexists(path.partition("#")[0]) else told


def placed(name: str) -> str | Path:
    """The name of a model as the place that it is; that of one that is at hand everywhere stays a name."""
    return Path(name) if os.path.isabs(name) or (Path(name).suffix and os.path.exists(name)) else name  # noqa: PTH110, PTH117
