"""How long a job will take yet."""

from __future__ import annotations

import time

from tfcore.engine.context import Context
from tfcore.words import clock


class Remaining:
    """Progress with the time that is left, told from the pace of the last stretch of work."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._total = -1
        self._began, self._first = 0.0, 0

    def tick(self, done: int, total: int, text: str) -> None:
        """Hand the progress on."""
        now = time.monotonic()
        if total != self._total or done < self._first:
            self._total, self._began, self._first = total, now, done
        worked = done - self._first
        if worked > 0:
            text += f" · {clock((now - self._began) / worked * (total - done))} left"
        self._context.progress(done, total, text)

    def pictures(self, done: int, total: int) -> None:
        """The same of pictures, one by one."""
        self.tick(done, total, f"picture {min(done + 1, total)} of {total}")
