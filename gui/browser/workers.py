"""A few threads with a list of tasks that may change its mind at any time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Generic, TypeVar

from PySide6.QtCore import SignalInstance

Task = TypeVar("Task")


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
