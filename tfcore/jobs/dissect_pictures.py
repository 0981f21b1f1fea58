"""What one look at some of the pictures of a data set tells of the filters of a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tfcore.data import open_data
from tfcore.engine.context import Context
from tfcore.inside.parted import Parts, packed
from tfcore.jobs.part import Row, Source


def dissect_pictures(
    context: Context,
    parts: Sequence[Sequence[Source]],
    models: Mapping[str, Any],
    data: str,
    layers: Any,
    concepts: Sequence[str] | None,
    facts: Mapping[str, Any],
    look: Mapping[str, Any],
) -> Iterator[Row]:
    """A row for each picture; what was found in all of a part (:mod:`tfcore.inside.parted`) stands in its first."""
    question = ("dissect_pictures", data, repr(models), repr((layers, concepts, facts)))
    if question not in context.models.begun:
        (model,) = context.models.opened(**models)
        context.models.begun = {question: Parts(model, open_data(data), layers, concepts, facts)}
    asked: Parts = context.models.begun[question]
    for some in parts:
        numbers = [asked.places[source[0]] for source in some]
        found = packed(asked.looked(look, numbers, context.check))
        for place, (source, number) in enumerate(zip(some, numbers, strict=True)):
            why = asked.feed.unread.get(number)
            yield {"path": source[0], **({"found": found} if not place else {}), **({"error": why} if why else {})}
