"""Reading a session without the window waiting for a disk, and asking where the folders are that were moved."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from gui import choosing
from gui.browser.scan import visible
from gui.browser.workers import Workers, send
from gui.home import SESSION_READERS
from gui.texts import counted, tr
from tfcore import review
from tfcore.errors import HeatlensError
from tfcore.review import Session
from tfcore.review.moved import by_folder, followed, missing

# Hears of a session and of what is wrong with its file.
Then = Callable[[Session, str], object]


class Finder(QObject):
    """One session at a time; a later one takes the place of one that is still being read."""

    failed = Signal(str)
    _done = Signal(object, object, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._workers: Workers[Callable[[], None]] = Workers(lambda task: task(), 1, "session")
        # What is being read or asked about: its path, and who is waiting for it.
        self._wanted: tuple[Path, Then] | None = None
        self._done.connect(self._read)

    @property
    def idle(self) -> bool:
        return self._wanted is None

    def find(self, path: Path, then: Then) -> None:
        """Read it, ask for what is not where it was, and hand it on."""
        self._wanted = path, then
        self._workers.put([partial(self._look, path)])

    def _look(self, path: Path) -> None:
        told: list[str] = []
        try:
            session = review.read(path, SESSION_READERS, told.append)
            lost = missing(session)
        except HeatlensError as error:
            send(self._done, path, str(error), "")
        else:
            send(self._done, path, (session, lost), " ".join(told))

    def _read(self, path: Path, found: tuple[Session, list[str]] | str, wrong: str) -> None:
        if self._wanted is None or self._wanted[0] != path:
            return
        if isinstance(found, str):
            self._wanted = None
            self.failed.emit(found)
        else:
            self._ask(found[0], by_folder(found[1]), wrong)

    def _ask(self, session: Session, lost: dict[str, list[str]], wrong: str) -> None:
        """About the first folder; the answer may hold for others."""
        assert self._wanted is not None
        path, then = self._wanted
        if not lost:
            self._wanted = None
            then(session, wrong)
            return
        folder, addresses = next(iter(lost.items()))
        later = {other: of for other, of in lost.items() if other != folder}
        some = tr(
            "{files} no longer in {folder}",
            files=counted(len(addresses), "file is", "files are"),
            folder=visible(folder),
        )
        none = tr("there is no folder {folder}", folder=visible(folder))
        what = f"{visible(path.name)}: {some if os.path.exists(folder) else none}."  # noqa: PTH110
        box = QMessageBox(QMessageBox.Icon.Question, tr("Not where it was"), what, parent=self._window)
        box.setInformativeText(tr("Where is this folder? What is left out stays in the session."))
        find = box.addButton(tr("Find the folder…"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(tr("Leave out"), QMessageBox.ButtonRole.RejectRole)
        all_of_it = box.addButton(tr("Leave all out"), QMessageBox.ButtonRole.DestructiveRole) if later else None
        box.setEscapeButton(leave)

        def answered() -> None:
            chosen = box.clickedButton()
            box.deleteLater()
            to = (
                choosing.folder(self._window, tr("Where is {folder}?", folder=folder), folder) if chosen is find else ""
            )
            if to:
                now = followed(session, folder, to)
                still = by_folder(missing(now))
                self._ask(now, {other: of for other, of in later.items() if other in still}, wrong)
            else:
                self._ask(session, {} if all_of_it is not None and chosen is all_of_it else later, wrong)

        box.finished.connect(answered)
        box.open()
