"""The methods section of a paper out of a training or an evaluation, and whom to cite for a map, from the menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from gui import choosing
from gui.desk import Desk
from gui.menus import Command
from gui.state import OneJob
from gui.texts import tr
from tfcore.files import free_folder

# Beside the folder's own files; a new one for each, since authors go on writing in theirs.
_FOLDER = "methods"
_GUIDELINES = {"plain": "", "claim": tr(" with CLAIM 2024"), "tripod-ai": tr(" with TRIPOD+AI")}
_MENU = "&File ▸ Me&thods section"


class Reporting(QObject):
    """Asks for a folder, and says in the history what was written below it."""

    place = 61

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._job = OneJob(desk.engine, "methods", self)
        self._job.answered.connect(
            lambda files: desk.jobs.history.add(tr("The methods section is in {file}", file=files[0]))
        )
        self._job.failed.connect(lambda why: desk.jobs.history.add(why, "error"))
        self._citing = OneJob(desk.engine, "citation", self)
        self._citing.answered.connect(self._cite)
        self._citing.failed.connect(lambda why: desk.jobs.history.add(why, "warning"))
        whom = tr("The paper that the method on show comes from, as BibTeX onto the clipboard")
        desk.menus.add([Command("E&xplain", "How to cite this map", self.cite, "", "mdi6.format-quote-close", whom)])
        what = tr("What was done as sentences with the exact numbers, whom to cite, and what is left to the authors")
        for of, ask in (
            (tr("Of a training or an evaluation{}…"), self.choose),
            (tr("Of this session{}"), self.of_session),
        ):
            desk.menus.add(
                Command(_MENU, of.format(name), partial(ask, style), "", "mdi6.text-box-outline", what)
                for style, name in _GUIDELINES.items()
            )

    @property
    def settled(self) -> bool:
        return self._job.idle and self._citing.idle

    def cite(self) -> None:
        """Ask for the paper of the method that is chosen."""
        method = self._desk.method.request().method
        self._citing.ask({"names": [method]}, tr("whom to cite for {method}", method=method))

    def _cite(self, bibtex: str) -> None:
        QGuiApplication.clipboard().setText(bibtex)
        self._desk.jobs.history.add(
            tr("On the clipboard: {bibtex}, as BibTeX.", bibtex=bibtex.partition(",")[0].partition("{")[2])
        )

    def of_session(self, style: str) -> None:
        """Of the work on show, beside the file that it is saved in."""
        path = self._desk.sessions.path
        if path is None:
            self._desk.jobs.history.add(
                tr("Save the session first: its methods section is written beside it."), "warning"
            )
            return
        self._desk.sessions.save_now()
        self._write(path, path.with_name(f"{path.stem}-{_FOLDER}"), style)

    def choose(self, style: str) -> None:
        """Ask of which training or evaluation."""
        title = tr("Folder of the training or the evaluation")
        if folder := choosing.folder(self._desk.parent, title):
            self._write(Path(folder), Path(folder) / _FOLDER, style)

    def _write(self, of: Path, out: Path, style: str) -> None:
        asked = {"folder": str(of), "out": str(free_folder(out)), "style": style}
        self._job.ask(asked, tr("methods section of {name}", name=of.name))


FEATURE = Reporting
