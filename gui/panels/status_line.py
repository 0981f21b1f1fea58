"""The last thing that was said, always in sight below everything else."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QStatusBar

from gui.panels.jobs import JobsPanel
from gui.panels.labels import ElidedLabel
from gui.texts import tr
from gui.theme import set_role

# Nothing that went well takes the place of a warning before somebody can have read it.
_SECONDS_TO_READ = 6.0


class StatusLine(QStatusBar):
    """One quiet line; a click on it shows what was said before. ``turned`` says that another picture is looked at."""

    def __init__(self, jobs: JobsPanel, bring_out: Callable[[], None], turned: SignalInstance) -> None:
        super().__init__()
        self._jobs, self._bring_out = jobs, bring_out
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self._text = ElidedLabel()
        self._text.setAccessibleName(tr("status"))
        self.addWidget(self._text, 1)
        self._warned = float("-inf")
        self._warning = ""
        jobs.history.said.connect(self.say)
        jobs.history.went_well.connect(self._outdate)
        turned.connect(self._outdate)
        QGuiApplication.clipboard().dataChanged.connect(self._copied)

    def say(self, text: str, kind: str = "") -> None:
        """Show a sentence, in the colour of its kind."""
        now = time.monotonic()
        if kind:
            self._warned, self._warning = now, text
        elif now - self._warned < _SECONDS_TO_READ:
            self._outdate(text)
            text, kind = f"{text} · {self._warning}", "warning"
        else:
            self._warning = ""
        self._text.setText(text)
        set_role(self._text, kind if kind in ("warning", "error") else "quiet")

    def _outdate(self, instead: str = "") -> None:
        """Something went well since, or another picture is looked at: what went wrong before is no longer said, once
        somebody can have read it.
        """
        if warning := self._warning:
            left = self._warned + _SECONDS_TO_READ - time.monotonic()
            QTimer.singleShot(max(0, int(1000 * left)), self, lambda: self._forget(warning, instead))

    def _forget(self, warning: str, instead: str) -> None:
        if warning == self._warning and self._text.text() in (warning, f"{instead} · {warning}"):
            self._warned = float("-inf")
            self.say(instead)

    def text(self) -> str:
        return self._text.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whoever clicks wants to read the rest."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._bring_out()
            self._jobs.show_history()

    def _copied(self) -> None:
        # What is copied while another program is in front is not ours to tell.
        if QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
            return
        board = QGuiApplication.clipboard()
        if text := board.text():
            first, *more = text.strip().splitlines() or [""]
            self.say(tr("Copied {n} lines.", n=len(more) + 1) if more else tr("Copied: {first}", first=first))
        elif (held := board.mimeData()) is not None and held.hasImage():
            self.say(tr("Copied a picture."))
