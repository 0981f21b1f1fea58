"""A figure, table or report of an earlier day made again: whether it comes out the same, and if not, why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui import choosing
from gui.menus import Command
from gui.state import OneJob
from gui.texts import tr
from tfcore.results import Reproduced

if TYPE_CHECKING:
    from gui.desk import Desk

_NAME = tr("Make a fi&gure again…")
_MADE = ("png", "tif", "tiff", "pdf", "svg", "dcm", "nii", "gz", "csv", "parquet", "npz", "html", "json")
_KINDS = tr("Figures, tables and their records ({made})", made=" ".join(f"*.{ending}" for ending in _MADE))


class Reproducing(QObject):
    """Asks for a figure and for a folder, and says in the history what came out."""

    place = 60

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._figure, self._out = Path(), ""
        self._job = OneJob(desk.engine, "reproduce", self)
        self._job.answered.connect(self._made)
        what = tr("Make a figure, a table or a report again from the record beside it, and say whether it is the same")
        desk.menus.add([Command("&File", _NAME, self.choose, "", "mdi6.file-refresh-outline", what)])

    @property
    def settled(self) -> bool:
        return self._job.idle

    def choose(self) -> None:
        """Ask which figure, and where to put the new one."""
        desk = self._desk
        path = choosing.file(desk.parent, tr("What is to be made again?"), _KINDS, desk.home.exports)
        out = path and choosing.folder(desk.parent, tr("Folder for what is made"), str(Path(path).parent))
        if not out:
            return
        if Path(out) == Path(path).parent:
            # The two are to be compared.
            out = str(Path(out) / "again")
        self._figure, self._out = Path(path), out
        self._job.ask({"figure": path, "out": out}, tr("make {name} again", name=self._figure.name))

    def _made(self, found: Reproduced) -> None:
        say = self._desk.jobs.history.add
        say(tr("{name} is made again in {out}", name=self._figure.name, out=self._out))
        for sentence in found.sentences:
            say(f"{self._figure.name}: {sentence}", "" if found.same else "warning")


FEATURE = Reproducing
