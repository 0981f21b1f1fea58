"""The buttons, the bar and the sentence of a job that takes its time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from gui.panels.labels import label
from gui.pieces import button, column, named, row
from gui.texts import tr
from gui.theme import set_role
from tfcore.engine.protocol import Progress


class Running(QWidget):
    """Start and cancel, how far it is, and what came of it."""

    started = Signal()
    cancelled = Signal()
    # It is over, or what is missing is another.
    ended = Signal()

    def __init__(self, word: str, what: str, state: str = "") -> None:
        """``word`` is what the button says, ``what`` what it does, ``state`` how the sentence is called."""
        super().__init__()
        self._what = what
        self.busy = False
        self._start = button(word, what, self.started.emit, "mdi6.play-outline", "primary")
        self._cancel = button(tr("Cancel"), tr("Stop"), self._cancel_clicked, "mdi6.stop")
        self._state = named(label(), state or tr("state: {word}", word=word.lower()))
        self._bar = named(QProgressBar(textVisible=False), tr("progress: {word}", word=word.lower()))
        words = column(self._state, self._bar, spacing=1)
        self.setLayout(column(row(self._start, self._cancel, ...), words))
        # What stands there as missing; what was said of a job stays otherwise.
        self._missing = ""
        self.end("")

    def allow(self, missing: str) -> None:
        """Whether it can be started, or what is missing."""
        self._start.setEnabled(not missing and not self.busy)
        self._start.setToolTip(missing or self._what)
        another, self._missing = missing != self._missing, missing
        if not self.busy and another:
            self.end(missing, "quiet")

    def begin(self) -> None:
        """It was asked for."""
        self.busy = True
        self._start.setEnabled(False)
        self._cancel.setEnabled(True)
        self._bar.setRange(0, 0)
        self._bar.show()
        self._say(tr("waiting for the engine …"))

    def show_progress(self, event: Progress) -> None:
        self._bar.setRange(0, event.total)
        self._bar.setValue(event.done)
        if self._cancel.isEnabled():
            self._say(event.text)

    def end(self, text: str, role: str = "") -> None:
        """It is over."""
        self.busy = False
        self._start.setEnabled(not self._missing)
        self._cancel.setEnabled(False)
        self._bar.hide()
        self._say(text, role)
        self.ended.emit()

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._say(tr("cancelling …"))
        self.cancelled.emit()

    def _say(self, text: str, role: str = "") -> None:
        self._state.setText(text)
        set_role(self._state, role)
