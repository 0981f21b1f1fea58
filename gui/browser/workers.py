"""A few threads with a list of tasks that may change its mind at any time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Generic, TypeVar

from PySide6.QtCore import SignalInstance

Task = TypeVar("Task")
Given = TypeVar("Given")
# A disk that is there has answered by then, and a person has hardly noticed.
PATIENCE_S = 0.25


class Workers(Generic[Task]):
    """Calls ``work(task)`` for the first task of the list, in at most ``threads`` threads that end with the list.

    The threads are daemons: a file on a hanging network drive never keeps the program from closing.
    """

    def __init__(self, work: Callable[[Task], None], threads: int, name: str) -> None:
        self._work = work
        self._threads = threads
        self._name = name
        self._tasks: deque[Task] = deque()
        self._running = 0
        self._lock = threading.Lock()

    @property
    def idle(self) -> bool:
        return self._running == 0

    def put(self, tasks: Iterable[Task]) -> None:
        """Do these after the others."""
        with self._lock:
            self._tasks.extend(tasks)
            self._start()

    def replace(self, tasks: Iterable[Task]) -> None:
        """Do these and forget the others, except those already begun."""
        with self._lock:
            self._tasks = deque(tasks)
            self._start()

    def _start(self) -> None:
        for _ in range(min(self._threads - self._running, len(self._tasks))):
            self._running += 1
            threading.Thread(target=self._run, name=self._name, daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._tasks:
                    self._running -= 1
                    return
                task = self._tasks.popleft()
            self._work(task)


def send(signal: SignalInstance, *values: object) -> None:
    """From a thread to the window, if there still is one."""
    with suppress(RuntimeError):
        signal.emit(*values)


def within(work: Callable[[], Given], otherwise: Given, seconds: float = PATIENCE_S) -> Given:
    """What ``work`` gives, or ``otherwise`` where that takes longer: a drive that hangs is not waited for."""
    given: list[Given] = []
    thread = threading.Thread(target=lambda: given.append(work()), name="within", daemon=True)
    thread.start()
    thread.join(seconds)
    return given[0] if given else otherwise
