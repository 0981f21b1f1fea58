"""What is left of the maps of some pictures when parts of the network have forgotten what they learnt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tfcore.engine.context import Context
from tfcore.evaluate.sanity_table import changed
from tfcore.jobs.part import Listed, Row, Source, data_of, for_all_parts
from tfcore.models.model import Model


def sanity_pictures(
    context: Context,
    parts: Iterable[Sequence[Source]],
    models: Mapping[str, Any],
    data: str,
    methods: Sequence[str],
    layers: Sequence[str | None],
    target: Any,
    settings: Mapping[str, Any],
) -> Iterator[Row]:
    """A row for each (:func:`tfcore.evaluate.sanity_table.changed`)."""
    model = context.models.together(**models)
    assert isinstance(model, Model)
    listed = for_all_parts(context, ("sanity_pictures", data), lambda: Listed(data_of(data)))
    for some in parts:
        asked = listed.data.with_samples(listed.of(some))
        yield from changed(model, asked, methods, layers, target, settings, progress=lambda *_: context.check())
