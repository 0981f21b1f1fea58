"""Some pictures of an evaluation, measured into the folder of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tfcore.data import open_data
from tfcore.engine.context import Context
from tfcore.evaluate.shared import Shared
from tfcore.jobs.part import Row, Source


def evaluate_pictures(
    context: Context,
    parts: Sequence[Sequence[Source]],
    models: Mapping[str, Any],
    data: str,
    reading: Mapping[str, Any],
    asked: Mapping[str, Any],
    folder: str,
) -> Iterator[Row]:
    """``asked`` are keywords of :class:`tfcore.evaluate.run.Evaluation`; the numbers lie in the folder, and a row says
    only that they do.
    """
    question = ("evaluate_pictures", data, repr(models), repr(asked))
    evaluation: Shared | None = context.models.begun.get(question)
    if evaluation is None:
        opened = context.models.opened(**models)
        evaluation = Shared(opened, open_data(data, **reading), parts=folder, **asked)
        context.models.begun = {question: evaluation}
    for some in parts:
        paths = {source[0] for source in some}
        evaluation.finish(paths, lambda *_: context.check())
        yield from ({"path": source[0]} for source in some)
