"""An engine that only writes down what it is asked, so that tests can answer for it."""

from __future__ import annotations

from typing import Any

from gui.engine_client import EngineClient
from tfcore.engine.protocol import Dropped, Failed, Job, Partial, Progress, Result, Started


class Silent(EngineClient):
    """``asked`` are the jobs submitted, ``withdrawn`` and ``ended`` the ids of those no longer wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Job] = []
        self.withdrawn: list[int] = []
        self.ended: list[int] = []
        # Those that go on after the window.
        self.kept: list[int] = []

    def submit(self, job: Job) -> int:
        self.submitted.emit(job)
        self.asked.append(job)
        return job.id

    def withdraw(self, id: int) -> None:
        self.withdrawn.append(id)

    def cancel(self, id: int) -> None:
        self.ended.append(id)

    def keep(self, id: int) -> None:
        self.kept.append(id)

    def last(self, kind: str) -> Job:
        """The latest job of a kind."""
        return next(job for job in reversed(self.asked) if job.kind == kind)

    def begin(self, job: Job) -> None:
        self.happened.emit(Started(job))

    def progress(self, job: Job, done: int, total: int, text: str = "") -> None:
        self.happened.emit(Progress(job, done, total, text))

    def part(self, job: Job, value: Any) -> None:
        self.happened.emit(Partial(job, value))

    def answer(self, job: Job, value: Any) -> None:
        self.happened.emit(Result(job, value, 0.1))

    def fail(self, job: Job, sentence: str) -> None:
        self.happened.emit(Failed(job, sentence))

    def drop(self, job: Job) -> None:
        self.happened.emit(Dropped(job))
