"""What a feature asked the engine, kept by question; whoever asks something else no longer waits for the old answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Lost, Progress, Result

_KEPT = 200


class Answers(QObject):
    """Questions in, answers out: ``ended`` names the question that got an answer, a problem, or was dropped."""

    ended = Signal(object)
    # Question, passes done, passes in all.
    progressed = Signal(object, int, int)

    def __init__(self, engine: EngineClient, parent: QObject, kept: int = _KEPT) -> None:
        super().__init__(parent)
        self._engine = engine
        self._kept = kept
        self._known: OrderedDict[Hashable, Any] = OrderedDict()
        self._problems: dict[Hashable, str] = {}
        self._running: dict[int, Hashable] = {}
        engine.happened.connect(self._heard)

    @property
    def idle(self) -> bool:
        """Nothing is awaited."""
        return not self._running

    def get(self, question: Hashable) -> Any | None:
        """The answer, if it came."""
        return self._known.get(question)

    def problem(self, question: Hashable) -> str:
        """The sentence that came in place of an answer, or nothing."""
        return self._problems.get(question, "")

    def awaited(self, question: Hashable) -> bool:
        """Whether the answer is on its way."""
        return question in self._running.values()

    def ask(self, question: Hashable, job: Job) -> None:
        """Hand the job over, unless the same is awaited already."""
        self._problems.pop(question, None)
        if not self.awaited(question):
            self._running[job.id] = question
            self._engine.submit(job)

    def withdraw(self, but: Hashable = None) -> None:
        """Nobody waits any more for what has not begun, one question aside."""
        for id, question in list(self._running.items()):
            if question != but:
                self._engine.withdraw(id)

    def cancel(self) -> None:
        """Stop what runs; some jobs answer with what they have."""
        for id in list(self._running):
            self._engine.cancel(id)

    def _heard(self, event: Event) -> None:
        if isinstance(event, Lost):
            ended, self._running = list(self._running.values()), {}
            for question in ended:
                self._problems[question] = event.sentence
                self.ended.emit(question)
            return
        if isinstance(event, Progress) and event.job.id in self._running:
            self.progressed.emit(self._running[event.job.id], event.done, event.total)
        if not isinstance(event, Result | Failed | Dropped) or event.job.id not in self._running:
            return
        question = self._running.pop(event.job.id)
        if isinstance(event, Result):
            self._known[question] = event.value
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        elif isinstance(event, Failed):
            self._problems[question] = event.sentence
        self.ended.emit(question)
