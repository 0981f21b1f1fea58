"""All listed pictures, asked one after the other in the background, so that the unsure ones can be looked at first."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.panels import JobsPanel
from gui.state import Questions
from gui.uncertainty.asking import Asking
from tfcore.engine.protocol import Dropped, Job, Progress, Result, Started

# Enough to keep the engine busy; whatever the user asks meanwhile goes first.
_AT_ONCE = 2
PRIORITY = -2


class Ranking(QObject):
    """Keeps the engine supplied with pictures, and a line in the jobs panel that tells how far it is."""

    # Picture and its answer, as they come.
    ranked = Signal(str, object)

    def __init__(self, answers: Questions, jobs: JobsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._answers, self._jobs = answers, jobs
        self._line: Job | None = None
        self._waiting: Iterator[str] = iter(())
        self._asking: Asking | None = None
        self._awaited: dict[Hashable, str] = {}
        self._done = self._total = 0
        self._problems: list[str] = []
        self._began = 0.0
        answers.ended.connect(self._answered)
        jobs.cancel_requested.connect(self._cancelled)

    @property
    def running(self) -> bool:
        """Whether pictures are still being asked about."""
        return self._line is not None

    def start(self, paths: Iterable[str], asking: Asking) -> None:
        """Ask about all these pictures; what is set otherwise meanwhile does not change what they are asked."""
        self.stop()
        listed = list(paths)
        self._waiting, self._asking = iter(listed), asking
        self._done, self._total, self._problems = 0, len(listed), []
        self._began = time.monotonic()
        self._line = Job("uncertainty", {}, title=f"rank {len(listed)} pictures by sureness ({asking.origin})")
        self._jobs.submitted(self._line)
        self._jobs.handle(Started(self._line))
        self._feed()

    def stop(self) -> None:
        """Leave the rest; what is known stays known."""
        if self._line is not None:
            line, self._line = self._line, None
            self._awaited.clear()
            self._answers.withdraw()
            self._jobs.handle(Dropped(line))

    def _feed(self) -> None:
        asking = self._asking
        while self._line is not None and asking is not None and len(self._awaited) < _AT_ONCE:
            path = next(self._waiting, None)
            if path is None:
                break
            question = asking.of_picture(path)
            if self._answers.get(question) is not None:
                self._take_in(path, question)
            elif question not in self._awaited:
                self._awaited[question] = path
                self._answers.ask(question, asking.picture_job(path, PRIORITY))
        if self._line is not None and not self._awaited:
            self._finish()

    def _answered(self, question: Hashable) -> None:
        path = self._awaited.pop(question, None)
        if path is not None and self._line is not None:
            self._take_in(path, question)
            self._feed()

    def _take_in(self, path: str, question: Hashable) -> None:
        self._done += 1
        found = self._answers.get(question)
        if found is not None:
            self.ranked.emit(path, found)
        elif problem := self._answers.problem(question):
            self._problems.append(problem)
        if self._line is not None:
            self._jobs.handle(Progress(self._line, self._done, self._total, Path(path).name))

    def _finish(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        self._jobs.handle(Result(line, None, time.monotonic() - self._began))
        if self._problems:
            told = f"{len(self._problems)} of {self._total} pictures could not be ranked: {self._problems[0]}"
            self._jobs.history.add(told, "warning")

    def _cancelled(self, id: int) -> None:
        if self._line is not None and self._line.id == id:
            self.stop()
