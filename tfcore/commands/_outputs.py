"""Where results go: below the folder that was named, one name per picture, never in the place of somebody's file."""

from __future__ import annotations

import argparse
import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from tfcore.commands._pictures import Found
from tfcore.errors import HeatlensError
from tfcore.files import check_free
from tfcore.marks import is_own


def add_overwrite_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace files of the same name that Heatlens did not write (its own are replaced anyway)",
    )


def real(path: Path) -> Path:
    """The path without links; unlike ``Path.resolve`` it has an answer for links that lead round in circles."""
    return Path(os.path.realpath(path))


class Inputs:
    """What is read is never replaced by what comes of it, also where the user lets files be replaced."""

    def __init__(self, read: Iterable[Path]) -> None:
        from tfcore.pictures.address import file_of

        self._read = {real(file) for file in {file_of(path) for path in read}}

    def check(self, *files: Path) -> None:
        """A sentence if one of the files is read."""
        for file in files:
            if real(file) in self._read:
                raise HeatlensError(f"{file} is one of the files that are read; choose another name or folder.")


class Outputs:
    """Files for each picture: folders keep their structure, pictures that would share a name get a number."""

    def __init__(self, out: Path, endings: Sequence[str], overwrite: bool) -> None:
        self._out, self._endings, self._overwrite = out, endings, overwrite
        self._root = real(out)
        self._taken: set[str] = set()

    def of(self, found: Found) -> list[Path]:
        """The files for a picture, one per ending, or a sentence why they cannot be written."""
        base = self._base(found)
        files = [base.with_name(f"{base.name}.{ending}") for ending in self._endings]
        for file in files:
            check_free(file, self._overwrite)
        if not real(base.parent).is_relative_to(self._root):
            raise HeatlensError(
                f"{found.path} was left out: a link leads from {base.parent} out of {self._out}; choose another folder."
            )
        return files

    def own_figure(self, found: Found) -> bool:
        """Whether it is no picture to look at but a figure that an earlier run has put there."""
        return not found.given and real(found.path).is_relative_to(self._root) and is_own(found.path)

    def _base(self, found: Found) -> Path:
        from tfcore.pictures.address import stem

        name = stem(found.path)
        folder, tried, number = self._out / found.below.parent, name, 2
        # Some disks hold Scan.png and scan.png, or two spellings of one letter, for the same name.
        while (key := unicodedata.normalize("NFC", str(folder / tried)).casefold()) in self._taken:
            tried, number = f"{name}-{number}", number + 1
        self._taken.add(key)
        return folder / tried
