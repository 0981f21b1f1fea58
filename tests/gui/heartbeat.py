"""A pulse on the window's thread: the longest time between two beats is the longest the window was deaf."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer


class Heartbeat(QObject):
    """Beats every 10 ms; ``longest`` is the longest pause beyond that, in seconds, ``busiest`` the most that the thread
    itself computed between two beats: what else the machine does is no part of it.
    """

    EVERY_MS = 10

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self.longest = self.busiest = 0.0
        self.beats = 0
        self._timer = QTimer(self, interval=self.EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.reset()
        self._timer.start()

    def reset(self) -> None:
        """Forget what was measured."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.longest = self.busiest = 0.0
        self.beats = 0

    def stop(self) -> float:
        """The longest pause."""
        self._timer.stop()
        return self.longest

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - self.EVERY_MS / 1000)
        self.busiest = max(self.busiest, worked - self._worked)
        self._last, self._worked = now, worked
        self.beats += 1
