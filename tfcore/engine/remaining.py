"""How long a job will take yet."""

from __future__ import annotations

import time

from tfcore.engine.context import Context


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


def clock(seconds: float) -> str:
    """Minutes and seconds, hours where there are any.

    >>> clock(7), clock(3725)
    ('0:07', '1:02:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
