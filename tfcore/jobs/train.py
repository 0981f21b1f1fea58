"""Training as a job of the engine: the window sees every step and every epoch."""

from __future__ import annotations

import time
from typing import Any

from tfcore.engine.context import Context
from tfcore.training.run import train as trained
from tfcore.training.watch import Watch


def train(context: Context, data: str, out: str, **request: Any) -> dict[str, Any]:
    """Train; every epoch is a partial result (a row of the history, its best epoch so far not yet known).

    ``request`` are the keywords of :func:`tfcore.train`. A partial result is ``{"epoch": row}`` or ``{"note":
    sentence}``; the result names the folder, the model and the page, and holds the report.
    """
    watch = Watch(
        tick=Remaining(context).tick,
        epoch=lambda row: context.partial({"epoch": dict(row)}),
        say=lambda sentence: context.partial({"note": sentence}),
    )
    run = trained(data, out=out, watch=watch, **request)
    return {
        "folder": str(run.folder),
        "model": str(run.model),
        "page": str(run.folder / "report.html"),
        "report": dict(run.report),
    }


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
