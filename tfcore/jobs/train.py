"""Training as a job of the engine: the window sees every step and every epoch."""

from __future__ import annotations

from typing import Any

from tfcore.engine.context import Context
from tfcore.engine.remaining import Remaining
from tfcore.training.run import train as trained
from tfcore.training.watch import Watch


def train(context: Context, data: str, out: str, group_by_patient: bool = False, **request: Any) -> dict[str, Any]:
    """Train; every epoch is a partial result (a row of the history, its best epoch so far not yet known).

    ``request`` are the keywords of :func:`tfcore.train`. A partial result is ``{"epoch": row}`` or ``{"note":
    sentence}``; the result names the folder, the model and the page, and holds the report.
    """
    watch = Watch(
        tick=Remaining(context).tick,
        epoch=lambda row: context.partial({"epoch": dict(row)}),
        say=lambda sentence: context.partial({"note": sentence}),
    )
    reading = {"group_by_patient": True} if group_by_patient else None
    run = trained(data, out=out, watch=watch, reading=reading, **request)
    return {
        "folder": str(run.folder),
        "model": str(run.model),
        "page": str(run.folder / "report.html"),
        "report": dict(run.report),
    }
