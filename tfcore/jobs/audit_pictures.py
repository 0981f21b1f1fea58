"""What an audit needs of some of the pictures of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tfcore.data.audit import looked
from tfcore.data.dataset import Dataset
from tfcore.data.looks import Look
from tfcore.engine.context import Context
from tfcore.jobs.part import Listed, Row, Source, data_of, for_all_parts


def audit_pictures(
    context: Context,
    parts: Iterable[Sequence[Source]],
    data: str | Sequence[str] | Dataset,
    reading: Mapping[str, Any],
) -> Iterator[Row]:
    """A row for each (:meth:`tfcore.data.looks.Look.row`)."""
    question = ("audit_pictures", data if isinstance(data, Dataset) else repr(data), repr(reading))
    listed = for_all_parts(context, question, lambda: Listed(data_of(data, **reading)))
    for some in parts:
        for one in looked(listed.of(some)):
            context.check()
            yield {"path": one.sample.path, **(one.row() if isinstance(one, Look) else {"error": one.sentence})}
