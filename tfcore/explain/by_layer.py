"""One method at many layers out of one run; of a method that goes by relevance, that relevance itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tfcore.explain.explanation import Explanation
from tfcore.explain.many import answered
from tfcore.explain.runners import Ask, Progress, Request, silent
from tfcore.models.model import Model
from tfcore.models.program import Step
from tfcore.models.scores import target_of
from tfcore.registry import find, function


def by_layer(
    model: Model,
    batch: Any,
    method: str,
    steps: Sequence[Step | None],
    target: Any = None,
    params: Mapping[str, Any] | None = None,
    region: Any = None,
    progress: Progress = silent,
) -> list[Explanation]:
    """The map at each of these layers (None: the pixels)."""
    from tfcore.explain.lrp.methods import run

    spec = find("method", method)
    request = Request(model, batch, target_of(model, batch, target, region), progress)
    asks = [Ask(spec, spec.parse(params or {}), step) for step in steps]
    if spec.propagation is None:
        return [found for _, found in answered(function(spec), request, asks)]
    return [replace(found, signed=True) for _, found in answered(run, request, asks)]


def made_of(method: str) -> dict[str, str]:
    """How such a map was made, where it is not the one that the method makes at a layer."""
    from tfcore.explain.lrp.methods import run

    spec = find("method", method)
    own = spec.propagation is None or function(spec) is run
    return {} if own else {"map": f"the relevance that {method} goes by", "by": "layer"}
