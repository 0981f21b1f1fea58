"""What is remarkable about some of the pictures of a data set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tfcore.data import open_data
from tfcore.engine.context import Context
from tfcore.evaluate.subjects import subjects
from tfcore.evaluate.triage import looked_at
from tfcore.jobs.part import Row, Source


def triage_pictures(
    context: Context,
    parts: Sequence[Sequence[Source]],
    models: Mapping[str, Any],
    data: str,
    methods: Sequence[str],
    layer: str | None,
    map: Mapping[str, str],
    limit: int | None,
    seed: int,
) -> Iterator[Row]:
    """A row for each (:func:`tfcore.evaluate.triage.looked_at`)."""
    question = ("triage_pictures", data, repr(models), repr((map, limit, seed)))
    if question not in context.models.begun:
        opened = open_data(data).drawn(limit, seed)
        context.models.begun = {question: (opened, subjects(context.models.opened(**models), opened, None, map))}
    opened, every = context.models.begun[question]
    for some in parts:
        paths = {source[0] for source in some}
        asked = opened.with_samples(sample for sample in opened if str(sample.path) in paths)
        yield from looked_at(every, asked, methods, layer, {}, lambda *_: context.check())
