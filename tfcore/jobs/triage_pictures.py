"""What is remarkable about some of the pictures of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tfcore.engine.context import Context
from tfcore.evaluate.subjects import Subject, subjects
from tfcore.evaluate.triage import looked_at
from tfcore.jobs.part import Listed, Row, Source, data_of, for_all_parts


def triage_pictures(
    context: Context,
    parts: Iterable[Sequence[Source]],
    models: Mapping[str, Any],
    data: str,
    methods: Sequence[str],
    layer: str | None,
    map: Mapping[str, str],
    limit: int | None,
    seed: int,
) -> Iterator[Row]:
    """A row for each (:func:`tfcore.evaluate.triage.looked_at`)."""

    def begin() -> tuple[Listed, list[Subject]]:
        opened = data_of(data).drawn(limit, seed)
        return Listed(opened), list(subjects(context.models.opened(**models), opened, None, map))

    question = ("triage_pictures", data, repr(models), repr((map, limit, seed)))
    listed, every = for_all_parts(context, question, begin)
    for some in parts:
        asked = listed.data.with_samples(listed.of(some))
        yield from looked_at(every, asked, methods, layer, {}, lambda *_: context.check())
