"""Files by the names that tables use for them: exactly, or in another spelling that leaves no doubt."""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from tfcore.data.phantom import MASKS
from tfcore.data.sources.stored import is_file
from tfcore.errors import HeatlensError
from tfcore.pictures import find, is_picture
from tfcore.pictures.address import file_of
from tfcore.words import counted, plain, shown


class Lookup:
    """Finds what a table means by a file name, below one folder or ``among`` given files.

    A path is taken as it stands. Another spelling of it (case, Unicode form, no ending) is taken where one file only
    fits. Folders are looked through for a name alone only where no name in the table has a folder: a table that does
    name folders means them, and a scan of the same name in another folder is another patient's. ``owners`` are the
    classes and patients of the table, in whose folders only what is theirs can lie.
    """

    def __init__(
        self,
        root: Path,
        names: Iterable[str],
        owners: Iterable[str | None] = (),
        among: Sequence[Path] | None = None,
    ) -> None:
        self._root = root
        self._owners = {plain(owner) for owner in owners if owner is not None}
        self._among = None if among is None else {real: path for path in among if (real := real_path(path))}
        self._bare = all("/" not in slashed(name) for name in names)
        self._searched: list[str] = []
        self._respelt: list[str] = []

    @property
    def notes(self) -> list[str]:
        """What was taken for more than it says."""
        notes = []
        if self._searched:
            notes.append(
                f"{counted(len(self._searched), 'name')} without a folder looked for below {self._root}, where no "
                f"other file has it: {self._searched[0]}."
            )
        if self._respelt:
            notes.append(
                f"{counted(len(self._respelt), 'name')} found in another spelling (case, Unicode form or ending): "
                f"{self._respelt[0]}."
            )
        return notes

    def exact(self, name: str) -> Path | None:
        """The file of exactly that path."""
        for given in dict.fromkeys((name, slashed(name))):
            path = self._root / given
            if self._among is not None:
                if (real := real_path(path)) in self._among:
                    return self._among[real]
            elif _holds(path):
                return path
        return None

    def __call__(self, name: str, *own: str | None) -> Path | None:
        """The file, or ``None`` where there is none or the name could mean several.

        ``own`` are its class and patient: a file in a folder of others is not theirs.
        """
        found = self.exact(name)
        if found is not None:
            return found
        key = plain(slashed(name))
        for ended in (True, False):
            if not ended and is_picture(slashed(name)):
                break
            alike = self._by_path[ended].get(key, [])
            if len(alike) == 1:
                self._respelt.append(f"{shown(name)} as {shown(self._relative(alike[0]))}")
                return alike[0]
            if alike or not self._bare:
                continue
            there = self._by_name[ended].get(key, [])
            mine = {plain(owner) for owner in own if owner is not None}
            if len(there) == 1 and not (self._folders(there[0]) & self._owners) - mine:
                self._searched.append(f"{shown(name)} as {shown(self._relative(there[0]))}")
                return there[0]
        return None

    def _relative(self, path: Path) -> PurePosixPath:
        return PurePosixPath(path.relative_to(self._root) if path.is_relative_to(self._root) else path.name)

    def _folders(self, path: Path) -> set[str]:
        above = path.relative_to(self._root) if path.is_relative_to(self._root) else path
        return {plain(part) for part in above.parts[:-1]}

    def _files(self) -> Iterator[Path]:
        if self._among is not None:
            yield from self._among.values()
            return
        # A table may name masks too.
        masks: list[Path] = []
        for path in itertools.chain(find([self._root], masks=masks), masks):
            if path != self._root and MASKS not in path.relative_to(self._root).parts[:-1] and is_file(path):
                yield path

    @cached_property
    def _every(self) -> list[Path]:
        return list(self._files())

    @cached_property
    def _by_path(self) -> dict[bool, dict[str, list[Path]]]:
        """Files by their whole path, with its ending and without."""
        return self._by([str(self._relative(path)) for path in self._every])

    @cached_property
    def _by_name(self) -> dict[bool, dict[str, list[Path]]]:
        return self._by([path.name for path in self._every])

    def _by(self, names: Sequence[str]) -> dict[bool, dict[str, list[Path]]]:
        found: dict[bool, dict[str, list[Path]]] = {True: defaultdict(list), False: defaultdict(list)}
        for path, name in zip(self._every, names, strict=True):
            found[True][plain(name)].append(path)
            found[False][plain(name.removesuffix(path.suffix))].append(path)
        return found


def _holds(path: Path) -> bool:
    """Whether a file lies there, or one with the picture at that address, or a folder of slices."""
    try:
        file = file_of(path)
    except HeatlensError:
        return False
    return is_file(file) or (file != path and file.is_dir())


def slashed(name: str) -> str:
    """A name as it stands in tables written on Windows, too."""
    return name.replace("\\", "/").removeprefix("./")


def real_path(path: Path) -> str | None:
    """The place of a file with every link followed, ``None`` for what cannot be a file's name."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return None
