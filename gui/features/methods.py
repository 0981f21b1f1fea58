"""The methods section of a paper out of a training or an evaluation, from the menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from gui.desk import Desk
from gui.menus import Command
from gui.state import OneJob

# Beside the folder's own files.
_FOLDER = "methods"
_GUIDELINES = {"claim": "CLAIM 2024", "tripod-ai": "TRIPOD+AI", "plain": ""}


class Reporting(QObject):
    """Asks for a folder, and says in the history what was written below it."""

    place = 61

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._job = OneJob(desk.engine, "methods", self)
        self._job.answered.connect(lambda files: desk.jobs.history.add(f"The methods section is in {files[0]}"))
        self._job.failed.connect(lambda why: desk.jobs.history.add(why, "error"))
        what = "What was done as sentences with the exact numbers, whom to cite, and what is left to the authors"
        desk.menus.add(
            [
                Command(
                    "&File",
                    f"Methods section{f' and {name}' if name else ''}…",
                    partial(self.choose, style),
                    "",
                    "mdi6.text-box-outline",
                    what,
                )
                for style, name in _GUIDELINES.items()
            ]
            + [Command("&File", "Methods section of this session", self.of_session, "", "mdi6.text-box-outline", what)]
        )

    @property
    def settled(self) -> bool:
        return self._job.idle

    def of_session(self) -> None:
        """Of the work on show, beside the file that it is saved in."""
        path = self._desk.sessions.path
        if path is None:
            self._desk.jobs.history.add("Save the session first: its methods section is written beside it.", "warning")
            return
        self._desk.sessions.save()
        out = path.with_name(f"{path.stem}-{_FOLDER}")
        self._job.ask({"folder": str(path), "out": str(out), "style": "plain"}, f"methods section of {path.name}")

    def choose(self, style: str) -> None:
        """Ask of which training or evaluation."""
        title = "Folder of the training or the evaluation"
        if folder := QFileDialog.getExistingDirectory(self._desk.parent, title, self._desk.home.folder):
            asked = {"folder": folder, "out": str(Path(folder) / _FOLDER), "style": style}
            self._job.ask(asked, f"methods section of {Path(folder).name}")


FEATURE = Reporting
