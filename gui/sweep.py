"""All listed pictures, asked one after the other in the background, with one line among the jobs that tells how far."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.panels import JobsPanel, Task
from gui.state import Questions
from gui.texts import tr
from tfcore.engine.protocol import Job

# Enough to keep the engine busy; whatever the user asks meanwhile goes first.
_AT_ONCE = 2
PRIORITY = -2


class Sweep(QObject):
    """Keeps the engine supplied with pictures; what is known already is not asked again."""

    # Picture and its answer, as they come.
    answered = Signal(str, object)
    # All of them were asked about.
    finished = Signal()

    def __init__(self, answers: Questions, jobs: JobsPanel, done: str, parent: QObject) -> None:
        """``done`` is the word for what happens to the pictures."""
        super().__init__(parent)
        self._answers, self._jobs, self._word = answers, jobs, done
        self._task: Task | None = None
        self._question: Callable[[str], Hashable] = str
        self._job: Callable[[str], Job] = lambda _: Job("", {})
        self._waiting: Iterator[str] = iter(())
        self._awaited: dict[Hashable, str] = {}
        self._done = self._total = 0
        self._problems: list[str] = []
        answers.ended.connect(self._ended)

    @property
    def running(self) -> bool:
        """Whether pictures are still being asked about."""
        return self._task is not None

    def start(
        self, title: str, paths: Iterable[str], question: Callable[[str], Hashable], job: Callable[[str], Job]
    ) -> None:
        """Ask about all these pictures, each with the job that answers its question."""
        self.stop()
        listed = list(paths)
        self._waiting, self._question, self._job = iter(listed), question, job
        self._done, self._total, self._problems = 0, len(listed), []
        self._task = Task(title, self._jobs)
        self._task.cancelled.connect(self.stop)
        self._feed()

    def stop(self) -> None:
        """Leave the rest; what is known stays known."""
        if (task := self._task) is not None:
            self._task = None
            self._awaited.clear()
            self._answers.withdraw()
            task.end(whole=False)

    def _feed(self) -> None:
        while self._task is not None and len(self._awaited) < _AT_ONCE:
            path = next(self._waiting, None)
            if path is None:
                break
            question = self._question(path)
            if question in self._answers:
                self._take_in(path, question)
            elif question not in self._awaited:
                self._awaited[question] = path
                self._answers.ask(question, self._job(path))
        if self._task is not None and not self._awaited:
            self._finish()

    def _ended(self, question: Hashable) -> None:
        path = self._awaited.pop(question, None)
        if path is not None and self._task is not None:
            self._take_in(path, question)
            self._feed()

    def _take_in(self, path: str, question: Hashable) -> None:
        self._done += 1
        if question in self._answers:
            self.answered.emit(path, self._answers.get(question))
        elif problem := self._answers.problem(question):
            self._problems.append(problem)
        if self._task is not None:
            self._task.progress(self._done, self._total, Path(path).name)

    def _finish(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.end()
            if self._problems:
                told = tr(
                    "{n} pictures could not be {word}: {problem}",
                    n=len(self._problems),
                    word=self._word,
                    problem=self._problems[0],
                )
                self._jobs.history.add(told, "warning")
            self.finished.emit()
