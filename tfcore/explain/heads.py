"""Attention of every block and head of a transformer out of one pass."""

from __future__ import annotations

from typing import Any

from tfcore.explain import needs
from tfcore.explain.attention import attending
from tfcore.explain.explanation import Explanation
from tfcore.explain.many import answered
from tfcore.explain.runners import Ask, Progress, Request, silent
from tfcore.models.kinds import kind_of
from tfcore.models.model import Model
from tfcore.models.program import Step
from tfcore.models.scores import target_of
from tfcore.registry import find, function

METHOD = "attention"
# Block and head, counted from 1; no head for the mean over all of a block.
Place = tuple[int, int | None]


def attention_heads(
    model: Model, batch: Any, each: bool = True, target: Any = None, progress: Progress = silent
) -> dict[Place, Explanation]:
    """The heatmap of each head of each block, or (``each`` false) of each block, its heads taken together.

    >>> tfcore.explain.heads.attention_heads(model, batch)[7, 3].maps                       # doctest: +SKIP
    """
    spec, batch = find("method", METHOD), model.checked(batch)
    needs.check(spec, model.program, None)
    places: list[Place] = [
        (block, head)
        for block, step in enumerate(attending(model), 1)
        for head in (range(1, _heads(step) + 1) if each else (None,))
    ]
    asks = [Ask(spec, spec.parse({"block": block, "head": head}), None) for block, head in places]
    request = Request(model, batch, target_of(model, batch, target, None), progress)
    return dict(zip(places, (found for _, found in answered(function(spec), request, asks)), strict=True))


def _heads(step: Step) -> int:
    if kind_of(step.operation).form == "probabilities":
        return int(step.shape[1] or 1)
    return int(getattr(step.operation, "num_heads", None) or getattr(step.operation, "num_query_heads", None) or 1)
