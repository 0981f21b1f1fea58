"""How pictures and models come in: by dialogs, by drops, and as they were listed last time."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

import resources
from gui.browser import Browser
from gui.browser.scan import absolute
from gui.opening import Opening
from gui.session import Session

MODEL_FILES = (".keras", ".h5", ".hdf5")


class Arrivals(QObject):
    """Hands everything that comes in to the list or to the engine, and remembers it."""

    # Something that the session keeps.
    changed = Signal()

    def __init__(self, browser: Browser, opening: Opening, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._browser, self._opening, self._session, self._window = browser, opening, session, window

    def open_pictures(self, paths: Iterable[str | Path]) -> None:
        """List files and folders; the first picture is shown unless one is shown already."""
        named = [str(path) for path in paths]
        self._browser.add(named)
        self.remember(named)

    def open_last(self) -> None:
        """List what was listed when the session was saved: the demo, if that was nothing or is gone."""
        session = self._session
        if session.current:
            self._browser.select(session.current)
        # Path.exists raises where the name is too long to be asked about, or a folder above is closed to us.
        there = [path for path in session.opened if os.path.exists(path)]  # noqa: PTH110
        self._browser.add(there or [resources.path("demo")])
        self._browser.removed = dict.fromkeys(session.removed)

    def remember(self, paths: list[str]) -> None:
        """These were opened by the user."""
        self._session.remember_opened([absolute(path) for path in paths])
        self.changed.emit()

    # --- by dialogs ---

    def choose_pictures(self) -> None:
        """Ask for picture files."""
        paths, _ = QFileDialog.getOpenFileNames(self._window, "Open pictures", self._session.folder)
        if paths:
            self._session.folder = str(Path(paths[0]).parent)
            self._browser.select(paths[0])
            self.open_pictures(paths)

    def choose_folder(self) -> None:
        """Ask for a folder; pictures below it are listed."""
        if path := QFileDialog.getExistingDirectory(self._window, "Open folder", self._session.folder):
            self._session.folder = path
            self.open_pictures([path])

    def choose_model(self) -> None:
        """Ask for a model file."""
        kinds = "Keras models (" + " ".join(f"*{ending}" for ending in MODEL_FILES) + ");;All files (*)"
        path, _ = QFileDialog.getOpenFileName(self._window, "Open model", self._session.folder, kinds)
        if path:
            self._opening.open(path)

    # --- by drops ---

    def drag(self, event: QDragEnterEvent) -> None:
        """Anything that is a file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        """Model files are opened, everything else is listed as pictures."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        models = [path for path in paths if path.lower().endswith(MODEL_FILES)]
        pictures = [path for path in paths if path not in models]
        if models:
            self._opening.open(models[-1])
        if pictures:
            self._browser.show_first()
            self.open_pictures(pictures)
        event.acceptProposedAction()
