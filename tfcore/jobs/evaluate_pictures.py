"""Some pictures of an evaluation, measured into the folder of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.evaluate.shared import Shared
from tfcore.jobs.part import Row, Source, data_of, for_all_parts


def evaluate_pictures(
    context: Context,
    parts: Iterable[Sequence[Source]],
    models: Mapping[str, Any],
    data: str,
    reading: Mapping[str, Any],
    asked: Mapping[str, Any],
    folder: Path,
    means: Mapping[str, Any],
) -> Iterator[Row]:
    """``asked`` are keywords of :class:`tfcore.evaluate.run.Evaluation`; the numbers lie in the folder, and a row says
    only that they do.
    """
    question = ("evaluate_pictures", data, repr(models), repr(asked))

    def begin() -> Shared:
        return Shared(context.models.opened(**models), data_of(data, **reading), means, parts=folder, **asked)

    evaluation = for_all_parts(context, question, begin)
    for some in parts:
        evaluation.finish({source[0] for source in some}, lambda *_: context.check())
        yield from ({"path": source[0]} for source in some)
