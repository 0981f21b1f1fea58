"""A few threads with a list of tasks that may change its mind at any time."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Generic, TypeVar

from PySide6.QtCore import SignalInstance

Task = TypeVar("Task")
Given = TypeVar("Given")
# A disk that is there has answered by then, and a person has hardly noticed.
PATIENCE_S = 0.25
# What takes longer may hang; so many threads may, before nothing more is begun.
HUNG_S, MOST_HUNG = 2.0, 16


class Workers(Generic[Task]):
    """Calls ``work(task)`` for the first task of the list, in at most ``threads`` threads that end with the list.

    The threads are daemons: a file on a hanging network drive never keeps the program from closing. Where it is said at
    what ``place`` a task is done, one that takes long keeps others from that place alone: more threads go on elsewhere.
    """

    def __init__(
        self, work: Callable[[Task], None], threads: int, name: str, place: Callable[[Task], str] | None = None
    ) -> None:
        self._work = work
        self._threads = threads
        self._name = name
        self._place = place
        self._tasks: deque[Task] = deque()
        self._running = 0
        # Of each thread: since when it is at its task, and where.
        self._at: dict[int, tuple[float, str]] = {}
        self._waiting = False
        self._lock = threading.Lock()

    @property
    def idle(self) -> bool:
        return self._running == 0

    @property
    def hangs(self) -> bool:
        """Whether something takes so long that it may never come back."""
        with self._lock:
            return bool(self._hung())

    def put(self, tasks: Iterable[Task], first: bool = False) -> None:
        """Do these after the others, or before them."""
        with self._lock:
            if first:
                self._tasks.extendleft(tasks)
            else:
                self._tasks.extend(tasks)
            self._start()

    def replace(self, tasks: Iterable[Task]) -> None:
        """Do these and forget the others, except those already begun."""
        with self._lock:
            self._tasks = deque(tasks)
            self._start()

    def _hung(self) -> list[str]:
        """Where threads are at work for so long that they may never come back."""
        long_ago = time.monotonic() - HUNG_S
        return [place for began, place in self._at.values() if began < long_ago]

    def _start(self) -> None:
        hung = self._hung()
        at = self._place
        able = len(self._tasks) if not hung or at is None else sum(at(task) not in hung for task in self._tasks)
        for _ in range(min(self._threads + min(len(hung), MOST_HUNG) - self._running, able)):
            self._running += 1
            threading.Thread(target=self._run, name=self._name, daemon=True).start()
        if self._tasks and self._place is not None and not self._waiting:
            # Nobody may come to ask by the time that it is known what hangs.
            self._waiting = True
            timer = threading.Timer(HUNG_S, self._look_again)
            timer.daemon = True
            timer.start()

    def _look_again(self) -> None:
        with self._lock:
            self._waiting = False
            self._start()

    def _take(self) -> Task | None:
        """The first task that is not where others hang."""
        hung = self._hung()
        if self._running > self._threads + len(hung):
            return None
        for number, task in enumerate(self._tasks):
            if self._place is None or self._place(task) not in hung:
                del self._tasks[number]
                return task
        return None

    def _run(self) -> None:
        me = threading.get_ident()
        while True:
            with self._lock:
                self._at.pop(me, None)
                task = self._take()
                if task is None:
                    self._running -= 1
                    return
                if self._place is not None:
                    self._at[me] = time.monotonic(), self._place(task)
                # Where others hung until now there may be more to do.
                self._start()
            self._work(task)


def send(signal: SignalInstance, *values: object) -> None:
    """From a thread to the window, if there still is one."""
    with suppress(RuntimeError):
        signal.emit(*values)


def folders_among(paths: Iterable[str]) -> list[str]:
    """Those that are folders; none, where a drive hangs."""
    return within(lambda: list(filter(os.path.isdir, paths)), list[str]())


def within(work: Callable[[], Given], otherwise: Given, seconds: float = PATIENCE_S) -> Given:
    """What ``work`` gives, or ``otherwise`` where that takes longer: a drive that hangs is not waited for."""
    given: list[Given] = []
    thread = threading.Thread(target=lambda: given.append(work()), name="within", daemon=True)
    thread.start()
    thread.join(seconds)
    return given[0] if given else otherwise
