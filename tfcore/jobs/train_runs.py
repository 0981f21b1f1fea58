"""Some of the folds of a cross-validation, or of the seeds of a training, each in the folder of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from tfcore.engine.context import Context
from tfcore.engine.remaining import Remaining
from tfcore.jobs.part import Row, Source
from tfcore.training.plan import Plan
from tfcore.training.run import one_of
from tfcore.training.several import several
from tfcore.training.watch import Watch


def train_runs(
    context: Context,
    parts: Iterable[Sequence[Source]],
    plan: Mapping[str, Any],
    data: str,
    reading: Mapping[str, Any],
    out: str,
    kind: Literal["fold", "seed"],
    count: int,
    facts: Mapping[str, Any],
) -> Iterator[Row]:
    """A row with the ``report`` of each, known by the file of its sides (``fold-3/split.csv``)."""
    tick = Remaining(context).tick
    runs = several(Plan(**plan), data, reading, out, kind, count, facts, tick)
    for some in parts:
        for source in some:
            number = int(Path(source[0]).parent.name.removeprefix(f"{kind}-"))
            yield {"path": Path(source[0]), "report": dict(one_of(runs, number, Watch(tick=tick)).report)}
