"""A backend whose events can be waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tfcore.engine.process import EngineProcess
from tfcore.engine.protocol import Backend, Dropped, Event, Failed, Job, Listener, Ready, Result, open_backend

SOME = "tests.tfcore.engine.some_jobs:"


class Watched:
    """A backend and everything it has said so far."""

    def __init__(self, starter: str = "", open: Callable[[Listener], Backend] | None = None) -> None:
        self.events: list[Event] = []
        self._news = threading.Condition()
        if open is not None:
            self.backend: Backend = open(self._hear)
        elif starter:
            self.backend = EngineProcess(self._hear, "cpu", SOME + starter)
        else:
            self.backend = open_backend(self._hear, "cpu")

    def _hear(self, event: Event) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def job(self, name: str, **arguments: Any) -> Job:
        return Job(SOME + name, arguments)

    def submit(self, name: str, **arguments: Any) -> Job:
        job = self.job(name, **arguments)
        self.backend.submit(job)
        return job

    def wait(self, found: Callable[[Event], bool], seconds: float = 90) -> Event:
        with self._news:
            assert self._news.wait_for(lambda: any(map(found, self.events)), seconds), self.events
            return next(filter(found, self.events))

    def ending(self, job: Job) -> Event:
        return self.wait(lambda e: isinstance(e, Result | Failed | Dropped) and e.job.id == job.id)

    def ready(self, times: int = 1) -> None:
        with self._news:
            count = lambda: sum(isinstance(e, Ready) for e in self.events)  # noqa: E731
            assert self._news.wait_for(lambda: count() >= times, 90), self.events


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    one = Watched()
    yield one
    one.backend.close()


@pytest.fixture(scope="module")
def engine() -> Iterator[Watched]:
    """An engine process that never needs TensorFlow, so that it can die many times in a short test."""
    one = Watched("without_tensorflow")
    yield one
    one.backend.close()
