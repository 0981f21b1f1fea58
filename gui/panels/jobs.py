"""What the engine is doing, what it just did, and what went wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QTabWidget, QWidget

from gui.panels.history import History
from gui.panels.job_row import JobRow, duration, size, title_of
from gui.panels.labels import ElidedLabel, label
from gui.pieces import column, held, named
from gui.texts import tr
from tfcore.engine.protocol import (
    APART,
    Dropped,
    Event,
    Failed,
    Job,
    Log,
    Lost,
    Memory,
    Progress,
    Ready,
    Result,
    Started,
    Starting,
)
from tfcore.results import Heat

# Quicker jobs get no line of their own: browsing would make the panel flicker.
_REVEAL = 0.25
# How long a finished job stays in sight.
_LINGER = 4.0
_MOST_FAILURES = 20
# Jobs that cost a minute or more whatever was done of them yet; without a kind are those of the window's own.
_COSTLY = (*APART, "")
# A kind of job that some other program does: it is shown, and outlives the window.
ELSEWHERE = "elsewhere"
_LONG = 60.0


@dataclass
class _Unseen:
    """A job too young for a line, and what was said of it so far."""

    job: Job
    born: float
    started: float | None = None
    progress: Progress | None = None


class Task(QObject):
    """Work that is not the engine's: a line among the jobs, told how far it is by whoever began it or looks on."""

    cancelled = Signal()

    def __init__(self, title: str, panel: JobsPanel, kind: str = "", ago: float = 0.0) -> None:
        super().__init__(panel)
        self._panel, self._job, self._began = panel, Job(kind, {}, title=title), time.monotonic() - ago
        panel.submitted(self._job)
        panel.handle(Started(self._job), ago)
        panel.cancel_requested.connect(self._cancel)

    def progress(self, done: int, total: int, text: str = "") -> None:
        self._panel.handle(Progress(self._job, done, total, text))

    def end(self, whole: bool = True) -> None:
        """It is done, or was left."""
        seconds = time.monotonic() - self._began
        self._panel.handle(Result(self._job, None, seconds) if whole else Dropped(self._job))
        self.deleteLater()

    def _cancel(self, id: int) -> None:
        if id == self._job.id:
            self.cancelled.emit()


class JobsPanel(QWidget):
    """Lines of running and waiting jobs, and a history of everything that was said.

    ``handle`` takes the engine's events, ``submitted`` tells of a job that waits for its turn. Work prepared ahead of
    need (negative priority) is only counted.
    """

    cancel_requested = Signal(int)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._unseen: dict[int, _Unseen] = {}
        self._rows: dict[int, JobRow] = {}
        self._background: set[int] = set()
        self._mentioned = 0.0
        # How much each engine holds, by its name.
        self._memory: dict[str, int] = {}
        self._build()
        self._tick = QTimer(self, interval=250)
        self._tick.timeout.connect(self.refresh)
        self.refresh()

    def submitted(self, job: Job) -> None:
        """A job was handed to the engine and waits for its turn."""
        if job.priority < 0:
            self._background.add(job.id)
        elif job.id not in self._rows:
            self._unseen.setdefault(job.id, _Unseen(job, self._clock()))
        self._describe()

    def handle(self, event: Event, ago: float = 0.0) -> None:
        """Take notice of one event of the engine, of now or of so many seconds ago."""
        now = self._clock() - ago
        match event:
            case Started(job=job):
                self.submitted(job)
                if row := self._rows.get(job.id):
                    row.start(now)
                elif unseen := self._unseen.get(job.id):
                    unseen.started = now
            case Progress(job=job):
                if row := self._rows.get(job.id):
                    row.progress(event, now)
                elif unseen := self._unseen.get(job.id):
                    unseen.progress = event
            case Result(job=job, value=value, seconds=seconds):
                # An estimate that was ended early, by hand or by its budget, is not done.
                half = isinstance(value, Heat) and value.unfinished
                how = f"◐ {value.facts['said']}" if half else f"✓ {duration(seconds)}"
                self._end(job, how, quiet=(seconds < _LONG and job.kind not in _COSTLY) or job.kind == ELSEWHERE)
            case Dropped(job=job):
                row = self._rows.get(job.id)
                if row is not None and row.left_waiting:
                    # Nobody stopped it: by now something else is looked at.
                    self._remove(job.id)
                else:
                    self._end(job, tr("cancelled"), quiet=row is None)
            case Failed():
                self._fail(event)
            case Starting(reason=reason) if reason:
                self.history.add(tr("The engine is started again: {reason}.", reason=reason), "warning")
            case Ready(device=device):
                self.history.add(tr("Engine ready on {device}.", device=device.upper()), quiet=True)
            case Lost(sentence=sentence):
                self._lose(sentence)
            case Log(level=level, text=text):
                self.history.add(text, level.lower())
            case Memory(engine=engine, bytes=held):
                self._memory[engine] = held
        self._describe()

    def show_history(self) -> None:
        self._tabs.setCurrentWidget(self.history)

    def costly(self) -> list[tuple[Job, float | None]]:
        """Jobs not to be lost without a question, and for how long each has been running, none while it waits."""
        now = self._clock()
        awaited = [
            *((each.job, each.started) for each in self._unseen.values()),
            *((row.job, row.started) for row in self._rows.values() if row.ended is None),
        ]
        running = [(job, None if began is None else now - began) for job, began in awaited]
        ours = [each for each in running if each[0].kind != ELSEWHERE]
        return [each for each in ours if each[0].kind in _COSTLY or (each[1] or 0) > _LONG]

    def refresh(self) -> None:
        """Show jobs that take a while, count down, and take away what is long done."""
        now = self._clock()
        for unseen in list(self._unseen.values()):
            if now - unseen.born >= _REVEAL:
                self._reveal(unseen)
        for id, row in list(self._rows.items()):
            row.count_down(now)
            if row.ended is not None and not row.failed and now - row.ended >= _LINGER:
                self._remove(id)
        if now - self._mentioned >= _LINGER:
            self._last.setText("")
        self._describe()

    def _reveal(self, unseen: _Unseen) -> JobRow:
        job = unseen.job
        self._unseen.pop(job.id, None)
        row = self._rows[job.id] = JobRow(job, unseen.born)
        row.cancel_requested.connect(self.cancel_requested)
        row.dismissed.connect(self._remove)
        if unseen.started is not None:
            row.start(unseen.started)
        if unseen.progress is not None:
            row.progress(unseen.progress, self._clock())
        self._lines.insertWidget(self._lines.count() - 1, row)
        row.show()
        return row

    def _end(self, job: Job, how: str, quiet: bool) -> None:
        self._background.discard(job.id)
        if job.priority < 0:
            return
        self.history.add(f"{title_of(job)} {how}", quiet=quiet)
        if row := self._rows.get(job.id):
            row.end(how, self._clock())
        else:
            self._unseen.pop(job.id, None)
            self._last.setText(f"{title_of(job)} {how}")
            self._mentioned = self._clock()

    def _fail(self, event: Failed) -> None:
        self._background.discard(event.job.id)
        self.history.add(f"{title_of(event.job)}: {event.sentence}", "error", event.log)
        if event.job.priority < 0:
            return
        now = self._clock()
        row = self._rows.get(event.job.id) or self._reveal(_Unseen(event.job, now))
        row.fail(event, now)
        failed = [id for id, each in self._rows.items() if each.failed]
        for id in failed[:-_MOST_FAILURES]:
            self._remove(id)

    def _lose(self, sentence: str) -> None:
        """Nobody is left to finish what was asked."""
        self.history.add(sentence, "error")
        self._background.clear()
        for unseen in list(self._unseen.values()):
            self._reveal(unseen)
        for row in self._rows.values():
            if row.ended is None and row.job.kind not in APART:
                row.fail(Failed(row.job, sentence), self._clock())

    def _remove(self, id: int) -> None:
        if row := self._rows.pop(id, None):
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._describe()

    def _describe(self) -> None:
        """The idle line, the counts, and whether there is anything to wait for."""
        awaited = len(self._unseen) + sum(row.ended is None for row in self._rows.values())
        self._idle.setVisible(not self._rows and not self._last.text())
        self._last.setVisible(bool(self._last.text()))
        self._tabs.setTabText(0, tr("Jobs ({awaited})", awaited=awaited) if awaited > 1 else tr("Jobs"))
        ahead = [tr("{n} ahead", n=len(self._background))] if self._background else []
        memory = [f"{name} {size(held)}" for name, held in self._memory.items() if held]
        ahead += [tr("memory: {engines}", engines=" · ".join(memory))] if memory else []
        self._ahead.setText(" · ".join(ahead))
        waiting = bool(awaited or self._last.text()) or any(not row.failed for row in self._rows.values())
        if waiting and not self._tick.isActive():
            self._tick.start()
        elif not waiting:
            self._tick.stop()

    def _build(self) -> None:
        self._idle = label(tr("Nothing is running."), "quiet")
        self._last = named(ElidedLabel(role="quiet"), tr("last finished job"))
        self._lines = column(self._idle, self._last, ..., margins=(8, 4, 8, 2), spacing=2)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(held(self._lines, "rows"))
        self.history = History()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName(tr("jobs and history"))
        self._tabs.addTab(scroll, tr("Jobs"))
        self._tabs.addTab(self.history, tr("History"))
        self._tabs.setTabToolTip(0, tr("What is running and waiting"))
        self._tabs.setTabToolTip(1, tr("What was done and said, with times"))
        what = tr(
            "Pictures explained ahead of need, and the memory that each engine holds: "
            "that of the heatmaps, and while they are needed those of a training and an audit"
        )
        self._ahead = named(label(role="quiet", wrap=False), tr("engines"), what)
        self._ahead.setContentsMargins(0, 0, 8, 4)
        self._tabs.setCornerWidget(self._ahead)
        self.setLayout(column(self._tabs))
        self.setMinimumHeight(72)
