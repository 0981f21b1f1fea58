"""``--screenshot``: the real window, photographed when nothing runs any more."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.files import write_whole
from tfcore.marks import marked_png

_EVERY_MS = 100
# Quiet for so many looks in a row counts as settled: one step often starts the next.
_QUIET = 5
_MOST = 1800


class Settling(Protocol):
    @property
    def settled(self) -> bool: ...


class Screenshot(QObject):
    """Waits, saves a PNG, and leaves the application."""

    def __init__(self, window: QWidget, path: Path, overwrite: bool) -> None:
        super().__init__(window)
        self._window, self._path, self._overwrite = window, path, overwrite
        self._quiet = self._looks = 0
        self.problem = ""
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        window: Settling = self._window  # type: ignore[assignment]
        self._looks += 1
        self._quiet = self._quiet + 1 if window.settled else 0
        if self._quiet >= _QUIET or self._looks >= _MOST:
            self._timer.stop()
            if self._quiet < _QUIET:
                self.problem = tr(
                    "The window was still busy after {most} s; {path} shows it so.",
                    most=_MOST * _EVERY_MS // 1000,
                    path=self._path,
                )
            self._save()
            QApplication.quit()

    def _save(self) -> None:
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        self._window.grab().save(buffer, "PNG")
        try:
            write_whole(self._path, marked_png(bytes(buffer.data().data())), self._overwrite)
        except HeatlensError as error:
            self.problem = str(error)
