"""What one look at some of the pictures of a data set tells of the filters of a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tfcore.engine.context import Context
from tfcore.inside.parted import Parts, packed
from tfcore.jobs.part import Row, Source, data_of, for_all_parts


def dissect_pictures(
    context: Context,
    parts: Iterable[Sequence[Source]],
    models: Mapping[str, Any],
    data: str,
    layers: Any,
    concepts: Sequence[str] | None,
    facts: Mapping[str, Any],
    look: Mapping[str, Any],
) -> Iterator[Row]:
    """A row for each picture; what was found in all of a part (:mod:`tfcore.inside.parted`) stands in its first."""
    question = ("dissect_pictures", data, repr(models), repr((layers, concepts, facts)))

    def begin() -> Parts:
        (model,) = context.models.opened(**models)
        return Parts(model, data_of(data), layers, concepts, facts)

    asked = for_all_parts(context, question, begin)
    for some in parts:
        numbers = [asked.places[source[0]] for source in some]
        found = packed(asked.looked(look, numbers, context.check))
        for place, (source, number) in enumerate(zip(some, numbers, strict=True)):
            why = asked.feed.unread.get(number)
            yield {"path": source[0], **({"found": found} if not place else {}), **({"error": why} if why else {})}
