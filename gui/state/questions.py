"""What was asked of the engine, kept by question: on its way, answered, failed, or dropped."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Lost, Partial, Progress, Ready, Result

_KEPT = 200


class Questions(QObject):
    """Questions in, answers out: whoever asks something else no longer waits for the old answer."""

    # The question that got an answer, a problem, or neither: then it was dropped.
    ended = Signal(object)
    # Question, and its Progress or Partial.
    told = Signal(object, object)

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

    def __contains__(self, question: Hashable) -> bool:
        """Whether the answer came."""
        return question in self._known

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

    def forget_problems(self) -> None:
        """What failed may be asked again."""
        self._problems.clear()

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
        match event:
            case Ready():
                # What the last engine died of is no reason not to ask this one.
                self.forget_problems()
            case Lost(sentence=sentence):
                for id in list(self._running):
                    self._end(id, sentence)
            case Progress(job=job) | Partial(job=job) if job.id in self._running:
                self.told.emit(self._running[job.id], event)
            case Result(job=job, value=value) if job.id in self._running:
                self._known[self._running[job.id]] = value
                while len(self._known) > self._kept:
                    self._known.popitem(last=False)
                self._end(job.id)
            case Failed(job=job, sentence=sentence) if job.id in self._running:
                self._end(job.id, sentence)
            case Dropped(job=job) if job.id in self._running:
                self._end(job.id)

    def _end(self, id: int, problem: str = "") -> None:
        question = self._running.pop(id)
        if problem:
            self._problems[question] = problem
        self.ended.emit(question)


class OneJob(QObject):
    """One question of a kind at a time: only what is said of the latest is heard.

    Every question ends with exactly one of ``answered``, ``failed`` and ``cancelled``, unless it is forgotten.
    """

    progressed = Signal(object)
    part = Signal(object)
    answered = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, engine: EngineClient, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._kind = engine, kind
        self._latest: int | None = None
        self._questions = Questions(engine, self, kept=1)
        self._questions.told.connect(self._told)
        self._questions.ended.connect(self._ended)

    @property
    def idle(self) -> bool:
        """Nothing was asked that is not answered."""
        return self._latest is None

    def ask(self, arguments: dict[str, Any], title: str, priority: int = 0) -> None:
        """Put a question; an earlier one is no longer waited for."""
        self.forget()
        job = Job(self._kind, arguments, title=title, priority=priority)
        self._latest = job.id
        self._questions.ask(job.id, job)

    def cancel(self) -> None:
        """End the job, by force if it does not listen; ``cancelled`` follows."""
        if self._latest is not None:
            self._engine.cancel(self._latest)

    def forget(self) -> None:
        """Do not wait for the answer any more."""
        self._latest = None
        self._questions.withdraw()

    def _told(self, question: Hashable, event: Event) -> None:
        if question == self._latest and isinstance(event, Progress):
            self.progressed.emit(event)
        elif question == self._latest and isinstance(event, Partial):
            self.part.emit(event.value)

    def _ended(self, question: Hashable) -> None:
        if question != self._latest:
            return
        self._latest = None
        if question in self._questions:
            self.answered.emit(self._questions.get(question))
        elif problem := self._questions.problem(question):
            self.failed.emit(problem)
        else:
            self.cancelled.emit()
