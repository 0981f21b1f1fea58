"""One job as a line: what it is, how far it is, how long it will take, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressBar, QWidget

from gui.panels.labels import ElidedLabel, label
from gui.pieces import named, row, tool
from gui.texts import tr
from gui.theme import set_role
from tfcore.engine.protocol import Failed, Job, Progress
from tfcore.words import clock

# Estimates before this are guesses.
_ESTIMATE_AFTER = 2.0


def title_of(job: Job) -> str:
    """What the job is called in the window."""
    return job.title or job.kind.replace("_", " ")


def duration(seconds: float) -> str:
    """A time as people read it: ``38 ms``, ``3.2 s``, ``2:07 min``, ``1:02:05 h``."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    return f"{clock(seconds)} {'min' if seconds < 3600 else 'h'}"


def size(bytes: int) -> str:
    """Memory as people read it: ``612 MB``, ``1.4 GB``."""
    return f"{bytes / 1e6:.0f} MB" if bytes < 1e9 else f"{bytes / 1e9:.1f} GB"


class JobRow(QWidget):
    """The life of one job: waiting, running, done, cancelled or failed."""

    cancel_requested = Signal(int)
    dismissed = Signal(int)

    def __init__(self, job: Job, now: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.born = now
        self.ended: float | None = None
        self.failed = False
        self.started: float | None = None
        self._ends: float | None = None

        self._title = ElidedLabel(title_of(job), parent=self)
        self._state = ElidedLabel(tr("waiting"), "quiet")
        self._bar = named(QProgressBar(textVisible=False), tr("progress of {job}", job=title_of(job)))
        keep = self._bar.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(keep)
        self._bar.hide()
        self._left = named(label(role="quiet", wrap=False), tr("remaining time"))
        self._left.setMinimumWidth(self.fontMetrics().horizontalAdvance("00:00"))
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._copy = tool(tr("Copy the sentence and the name of the log file"), text=tr("Copy details"))
        self._copy.hide()
        self._close = tool(tr("Cancel this job"), self._close_clicked, "mdi6.close")
        self._close.setAccessibleName(tr("cancel {job}", job=title_of(job)))
        self._row = row((self._title, 3), (self._state, 2), (self._bar, 3), self._left, self._copy, self._close)
        self.setLayout(self._row)

    def start(self, now: float) -> None:
        """The job's turn has come; how long it takes is not known yet."""
        self.started = now
        self._state.setText(tr("running"))
        self._bar.setRange(0, 0)
        self._bar.show()

    def progress(self, event: Progress, now: float) -> None:
        """So much is done; after two seconds the remaining time is shown."""
        count = f"{event.done}/{event.total}" if event.total else ""
        # While it is being cancelled the line says so.
        if self._close.isEnabled():
            self._state.setText(" · ".join(filter(None, (event.text, count))))
        self._bar.setRange(0, event.total)
        self._bar.setValue(event.done)
        self._bar.show()
        elapsed = now - (self.born if self.started is None else self.started)
        if event.done and event.total and elapsed >= _ESTIMATE_AFTER:
            self._ends = now + elapsed * (event.total - event.done) / event.done
        self.count_down(now)

    def count_down(self, now: float) -> None:
        """Let the remaining time go by between two reports."""
        if self._ends is not None and self.ended is None:
            self._left.setText(clock(max(0.0, self._ends - now)))

    def end(self, text: str, now: float) -> None:
        """Done or cancelled, in the words given."""
        self.ended = now
        self._state.setText(text)
        # What is said takes the room of the bar.
        self._bar.hide()
        self._row.removeWidget(self._bar)
        self._row.setStretchFactor(self._state, 5)
        self._left.setText("")
        self._close.setEnabled(True)
        self._close.setToolTip(tr("Take this line away"))
        self._close.setAccessibleName(tr("dismiss {job}", job=title_of(self.job)))

    def fail(self, event: Failed, now: float) -> None:
        """The job has no result; the sentence stays until it is dismissed."""
        self.end(event.sentence, now)
        self.failed = True
        set_role(self._state, "error")
        details = "\n".join(
            filter(None, (title_of(event.job), event.sentence, event.log and tr("Log: {log}", log=event.log)))
        )
        self._state.setToolTip(details)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self._copy.show()

    def text(self) -> str:
        return self._state.text()

    def remaining(self) -> str:
        """The remaining time as shown, empty while unknown."""
        return self._left.text()

    @property
    def left_waiting(self) -> bool:
        """It has not begun, and nobody said that it should not."""
        return self.started is None and self._close.isEnabled()

    def _close_clicked(self) -> None:
        if self.ended is not None:
            self.dismissed.emit(self.job.id)
            return
        self._close.setEnabled(False)
        self._state.setText(tr("cancelling …"))
        self.cancel_requested.emit(self.job.id)
