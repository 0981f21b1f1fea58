"""Heatmaps of slices put together again, one file for all slices of a volume: by whichever format there is for it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tfcore.errors import HeatlensError
from tfcore.files import NoRoom, check_free
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.source import size
from tfcore.results import Heat

if TYPE_CHECKING:
    from tfcore.figure.unseen import Records

S = TypeVar("S")


@dataclass
class _Growing(Generic[S]):
    path: Path
    # Of how many slices, and what they are.
    count: int
    what: str
    bytes: int = 0
    slices: dict[int, S] = field(default_factory=dict)
    # Where they come from, for the record.
    lines: list[dict[str, Any]] = field(default_factory=list)


class Gathered(ABC, Generic[S]):
    """Takes slices as they come and writes each whole as soon as it has all of its slices, the rest in the end."""

    def __init__(self, out: Path, overwrite: bool, suffix: str) -> None:
        self._out, self.overwrite, self._suffix = out, overwrite, suffix
        self._growing: dict[Hashable, _Growing[S]] = {}
        self._whole: set[Hashable] = set()
        self._taken: set[str] = set()
        self._written: dict[Path, str] = {}
        # Keeps the record of a file that was written, of its lines; nothing where the command is what is kept.
        self.told: Records | None = None
        # Why some were not written in the end.
        self.problems: list[str] = []

    @abstractmethod
    def write(self, slices: dict[int, S], path: Path) -> None:
        """Write the slices that there are."""

    def save(self, whole: bool = True) -> dict[Path, str]:
        """Write what waits; all paths, and of how many slices each is. ``whole=False`` marks what lacks some."""
        for growing in self._growing.values():
            path = growing.path
            path = path if whole else path.with_name(f"{path.name.removesuffix(self._suffix)}.partial{self._suffix}")
            try:
                self._finish(growing, path)
            except NoRoom:
                raise
            except HeatlensError as error:
                self.problems.append(str(error))
        self._growing.clear()
        return self._written

    def lay(
        self, key: Hashable, name: list[str], below: Path, index: int, count: int, what: str, one: S, heat: Heat
    ) -> None:
        """Put a slice of that heat in its place; ``name`` are the parts of the file's, which lies in ``below``."""
        if key in self._whole:
            # The same slice by another address, when all are there.
            return
        growing = self._growing.get(key)
        if growing is None:
            growing = _Growing(self._free(name, below), count, what)
            self._growing[key] = growing
        taken = self.size(one) + sum(each.bytes for each in self._growing.values())
        if taken > MOST_MEMORY:
            raise HeatlensError(
                f"{growing.path}: the heat of all volumes together would take {size(taken)}; explain fewer files, "
                "methods or layers at a time."
            )
        growing.slices[index] = one
        growing.bytes += self.size(one)
        if self.told is not None:
            growing.lines.append(self.told.line(heat, growing.path.parent))
        if len(growing.slices) == count:
            del self._growing[key]
            self._whole.add(key)
            self._finish(growing, growing.path)

    @abstractmethod
    def size(self, one: S) -> int:
        """Bytes that a slice holds."""

    def _finish(self, growing: _Growing[S], path: Path) -> None:
        self.write(growing.slices, path)
        if self.told is not None:
            self.told.keep(growing.lines, path)
        self._written[path] = f"{len(growing.slices)} of {growing.count} {growing.what}"

    def _free(self, name: list[str], below: Path) -> Path:
        base = self._out / below / "_".join(filter(None, name))
        path, number = base, 2
        while str(path).casefold() in self._taken:
            path, number = base.with_name(f"{base.name}-{number}"), number + 1
        path = path.with_name(f"{path.name}{self._suffix}")
        check_free(path, self.overwrite)
        self._taken.add(str(path).casefold().removesuffix(self._suffix.casefold()))
        return path


def named(heat: Heat) -> list[str]:
    """Method and layer, as parts of a file's name."""
    return [heat.method, re.sub(r"[^\w.+-]+", "-", heat.layer)]
