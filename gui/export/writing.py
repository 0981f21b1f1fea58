"""What an export leaves on the disk: figures, raw maps if wanted, and a table of the predictions. No widgets."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gui.export.composing import Choices
from tfcore.figure import words
from tfcore.pictures import read
from tfcore.pictures.address import stem
from tfcore.registry import INPUT
from tfcore.results import Heat

if TYPE_CHECKING:
    from tfcore.figure.panel import Item

TABLE = "predictions.csv"
# Of names that file systems take there is room left for a number and an ending.
_LETTERS = 120


@dataclass(frozen=True)
class Wish:
    """What is written of every picture."""

    choices: Choices
    suffix: str
    raw: bool = False
    table: bool = False

    def one(self, items: Sequence[Item], path: Path, replace: bool) -> Path:
        """The path of the figure of these, with all that was wished for beside it."""
        return self.choices.write(items, path, replace, self.raw, self.table)


class Each:
    """Writes the figures of many pictures into one folder, below it in the folders that the pictures do not share."""

    def __init__(self, wish: Wish, paths: Sequence[str], folder: Path, what: str) -> None:
        self._wish, self._folder, self._what = wish, folder, what
        self._places = below(paths)
        self._taken: set[str] = set()
        # Whether words are likely in the pixels of one of them.
        self.burned_in = False
        # Files that hold many pictures, and how many.
        self.whole: dict[Path, str] = {}
        # Heat and masks for other viewers: a file for all slices of a volume or series.
        self._gathered = (
            None if wish.choices.recorded(Path(wish.suffix)) else wish.choices.gathered(folder, wish.suffix)
        )

    def close(self) -> list[str]:
        """Write what waits for slices that do not come; why some of it cannot be written."""
        if self._gathered is None:
            return []
        self.whole = self._gathered.save()
        return self._gathered.problems

    def __call__(self, path: str, heats: list[Heat]) -> Path:
        picture = read(path)
        self.burned_in |= picture.burned_in
        if self._gathered is not None:
            for heat in heats:
                self._gathered.add(picture, heat, self._places[path])
            return self._folder
        base = self._folder / self._places[path] / name_of(heats, self._what)
        file, number = base, 2
        # 1.png and 1.jpg, and on some disks Scan.png and scan.png, would be one name.
        while str(file).casefold() in self._taken:
            file, number = base.with_name(f"{base.name}-{number}"), number + 1
        self._taken.add(str(file).casefold())
        wish = self._wish
        file = file.with_name(f"{file.name}{wish.suffix}")
        return wish.choices.write([(heat, picture) for heat in heats], file, raw=wish.raw)


def name_of(heats: Sequence[Heat], what: str) -> str:
    """Picture, method, layer and model, as a file name without its ending.

    ``what`` stands for method and layer where a figure shows more than one map.
    """
    heat = heats[0]
    layer = "" if heat.layer in ("", INPUT) else heat.stage or heat.place.rpartition("/")[2]
    shown = [what] if len(heats) > 1 else [heat.method, layer]
    models = dict.fromkeys(Path(words.model_name(each)).stem for each in heats)
    parts = [stem(heat.path)[:_LETTERS], *shown, *models]
    return "-".join(filter(None, (re.sub(r"[^\w.-]+", "-", part).strip("-") for part in parts)))


def below(paths: Sequence[str]) -> dict[str, Path]:
    """The folder of each picture below the one that all of them share.

    >>> {path: str(place) for path, place in below(["/data/a/1.png", "/data/b/1.png"]).items()}
    {'/data/a/1.png': 'a', '/data/b/1.png': 'b'}
    """
    folders = {path: Path(path).parent for path in paths}
    try:
        root = os.path.commonpath(set(folders.values()))
    except ValueError:
        # On several drives.
        return {path: Path(folder.name) for path, folder in folders.items()}
    return {path: folder.relative_to(root) for path, folder in folders.items()}
