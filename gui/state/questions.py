"""What was asked of the engine, kept by question: on its way, answered in parts or whole, failed, or dropped."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from tfcore.engine.protocol import APART, Dropped, Event, Failed, Job, Lost, Partial, Progress, Ready, Result, Started

_KEPT = 200
# A job that reports more often than this hears a cancel in time; one that does not would be ended by force.
_HEARS = 1.0
# The place of a question that has a job of its own.
_WHOLE = "whole"


@dataclass
class _Run:
    """A job on its way, and the questions it answers, each by its place in the job's result."""

    job: Job
    questions: Mapping[Hashable, Hashable]
    wanted: bool = True
    # The engine was told that it need not begin.
    withdrawn: bool = False
    cancelled: bool = False
    reported: float = float("-inf")

    def answers(self, value: Any) -> Mapping[Hashable, Any]:
        """By question, what a result or a part of one holds; of several asked together a text says that one failed."""
        if _WHOLE in self.questions:
            return {self.questions[_WHOLE]: value}
        return {
            self.questions[place]: Failed(self.job, each) if isinstance(each, str) else each
            for place, each in value.items()
            if place in self.questions
        }


class Questions(QObject):
    """Questions in, answers out: whoever asks something else no longer waits for the old answer.

    ``kept`` answers are held, or so much as they weigh; ``impatient`` ends a long job that nobody waits for any more.
    """

    # The question that got an answer, a problem, or neither: then it was dropped.
    ended = Signal(object)
    # Question, and its Progress or Partial.
    told = Signal(object, object)

    def __init__(
        self,
        engine: EngineClient,
        parent: QObject | None,
        kept: int = _KEPT,
        weight: Callable[[Any], int] = lambda _: 1,
        impatient: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._engine, self._kept, self._weight, self._impatient = engine, kept, weight, impatient
        self._clock = clock
        self._known: OrderedDict[Hashable, Any] = OrderedDict()
        self._failures: dict[Hashable, Failed] = {}
        self._running: dict[int, _Run] = {}
        self._listening = False
        engine.outdated.connect(self._outdate)

    @property
    def idle(self) -> bool:
        return not any(run.wanted for run in self._running.values())

    def __contains__(self, question: Hashable) -> bool:
        return question in self._known

    def get(self, question: Hashable) -> Any | None:
        return self._known.get(question)

    def failure(self, question: Hashable) -> Failed | None:
        """What came in place of an answer, if anything did."""
        return self._failures.get(question)

    def problem(self, question: Hashable) -> str:
        """The sentence that came in place of an answer, or nothing."""
        failure = self.failure(question)
        return failure.sentence if failure else ""

    def awaited(self, question: Hashable) -> bool:
        """Whether the answer is on its way."""
        return any(run.wanted and question in run.questions.values() for run in self._running.values())

    def put(self, question: Hashable, answer: Any) -> None:
        """Keep an answer that came in another way."""
        self._keep({question: answer})

    def ask(self, question: Hashable, job: Job) -> None:
        """Hand the job over, unless the same is awaited already."""
        self.ask_together({_WHOLE: question}, job)

    def ask_together(self, questions: Mapping[Hashable, Hashable], job: Job) -> None:
        """Several questions that one job answers: its result maps the place of each to its answer."""
        self.want(questions.values(), only=False)
        for question in questions.values():
            self._failures.pop(question, None)
        if not all(self.awaited(question) for question in questions.values()):
            self._submit(job, questions)

    def want(self, questions: Collection[Hashable], only: bool = True) -> None:
        """These are waited for where they are on their way: ``only`` these, the others no longer."""
        for id, run in self._running.items():
            still = any(question in questions for question in run.questions.values())
            if only and run.wanted and not still:
                self._engine.withdraw(id)
                run.withdrawn = True
            run.wanted = not run.cancelled and (still or (run.wanted and not only))

    def withdraw(self, but: Hashable = None) -> None:
        """Nobody waits any more for what has not begun, one question aside."""
        self.want([but])

    def forget_problems(self) -> None:
        """What failed may be asked again."""
        self._failures.clear()
        self._listen()

    def cancel(self) -> None:
        """Stop what runs; some jobs answer with what they have."""
        for id in list(self._running):
            self._engine.cancel(id)

    def _submit(self, job: Job, questions: Mapping[Hashable, Hashable]) -> None:
        self._running[job.id] = _Run(job, questions)
        self._listen()
        self._engine.submit(job)

    def _listen(self) -> None:
        """Hear the engine only as long as what it says may be about a question of these."""
        if (needed := bool(self._running or self._failures)) != self._listening:
            self._listening = needed
            happened = self._engine.happened
            (happened.connect if needed else happened.disconnect)(self._heard)

    def _heard(self, event: Event) -> None:
        match event:
            case Started(job=job) if job.id in self._running:
                self._running[job.id].withdrawn = False
            case Ready():
                # What the last engine died of is no reason not to ask this one.
                self.forget_problems()
            case Lost(sentence=sentence):
                for id, run in [(id, run) for id, run in self._running.items() if run.job.kind not in APART]:
                    self._end(id, dict.fromkeys(run.questions.values(), Failed(run.job, sentence)))
            case Progress(job=job) | Partial(job=job) | Result(job=job) | Failed(job=job) | Dropped(job=job):
                if (asked := self._running.get(job.id)) is not None:
                    self._follow(asked, event)

    def _follow(self, run: _Run, event: Progress | Partial | Result | Failed | Dropped) -> None:
        match event:
            case Partial(value=value) if _WHOLE not in run.questions:
                self._keep(run.answers(value))
            case Progress(job=job) | Partial(job=job):
                self._overtake(job.id, run)
                for question in run.questions.values():
                    self.told.emit(question, event)
            case Result(job=job, value=value):
                self._end(job.id, run.answers(value))
            case Failed(job=job):
                self._end(job.id, dict.fromkeys(run.questions.values(), event))
            case Dropped(job=job) if run.wanted and run.withdrawn:
                # It was wanted again too late to keep it.
                del self._running[job.id]
                self._submit(Job(job.kind, job.arguments, job.title, job.priority), run.questions)
            case Dropped(job=job):
                self._end(job.id, {})

    def _outdate(self, path: str) -> None:
        for held in (self._known, self._failures):
            for question in [each for each in held if _mentions(each, path)]:
                del held[question]
        for id, run in list(self._running.items()):
            if any(_mentions(question, path) for question in run.questions.values()):
                self._engine.withdraw(id)
                self._end(id, {})

    def _overtake(self, id: int, run: _Run) -> None:
        """Force would cost the engine: only a job that listens is ended for the sake of the next."""
        now = self._clock()
        if self._impatient and not run.wanted and not run.cancelled and now - run.reported < _HEARS:
            run.cancelled = True
            self._engine.cancel(id)
        run.reported = now

    def _keep(self, answers: Mapping[Hashable, Any]) -> None:
        new = [question for question, answer in answers.items() if self._known.get(question) is not answer]
        for question, answer in answers.items():
            if isinstance(answer, Failed):
                self._failures[question] = answer
            else:
                self._known[question] = answer
                self._known.move_to_end(question)
        held = sum(map(self._weight, self._known.values()))
        while held > self._kept and len(self._known) > 1:
            held -= self._weight(self._known.popitem(last=False)[1])
        self._listen()
        for question in new:
            self.ended.emit(question)

    def _end(self, id: int, answers: Mapping[Hashable, Any]) -> None:
        run = self._running.pop(id)
        self._keep(answers)
        for question in dict.fromkeys(run.questions.values()):
            if question not in answers and not self.awaited(question):
                self.ended.emit(question)


def _mentions(question: Hashable, path: str) -> bool:
    """Whether a question, which may hold others, is about this picture."""
    if isinstance(question, tuple):
        return any(_mentions(part, path) for part in question)
    return question == path or getattr(question, "path", None) == path


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
        self._engine, self.kind = engine, kind
        self._latest: int | None = None
        # What kind of complaint the last failure was.
        self.error = ""
        self._questions = Questions(engine, self, kept=1)
        self._questions.told.connect(self._told)
        self._questions.ended.connect(self._ended)

    @property
    def idle(self) -> bool:
        return self._latest is None

    def ask(self, arguments: dict[str, Any], title: str, priority: int = 0) -> None:
        """Put a question; an earlier one is no longer waited for."""
        self.forget()
        job = Job(self.kind, arguments, title=title, priority=priority)
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
        elif failure := self._questions.failure(question):
            self.error = failure.error
            self.failed.emit(failure.sentence)
        else:
            self.cancelled.emit()
