"""Relevance layer by layer, from the output to the pixels, out of one run (METHODS.md §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.explain.runners import Ask, Request
from tfcore.models.layers import feature_maps, stages
from tfcore.models.model import Model
from tfcore.models.program import Step
from tfcore.models.scores import target_of
from tfcore.registry import MethodSpec, catalogue, find
from tfcore.results import RelevanceStrip

# More pictures than this are no strip; of a deep network's layers so many are taken, evenly.
_MOST = 24
_AT_OUTPUT = "relevance_at_output"


def relevance_strip(
    context: Context,
    model: str,
    picture: str,
    method: str,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    every: bool = False,
    trust: bool = False,
) -> RelevanceStrip:
    """Relevance of one picture at the end of every stage (``every``: at every feature map) and at the pixels."""
    from tfcore.explain.heat import heat_of
    from tfcore.explain.lrp.methods import run
    from tfcore.explain.many import answered

    spec = find("method", method)
    keeps_relevance(spec)
    opened, shown, batch, box = context.ready(model, picture, trust)
    request = Request(opened, batch, target_of(opened, batch, target), context.progress)
    settings = spec.parse(params or {})
    asks = [Ask(spec, settings, step) for step in (*layers_of(opened, every), None)]
    # Relevance itself, whatever map the method makes of it; one run serves all layers.
    found = [replace(explanation, signed=True) for _, explanation in answered(run, request, asks)]
    heats = tuple(heat_of(opened, shown, explanation, box, 0) for explanation in found)
    return RelevanceStrip(
        path=heats[-1].path,
        method=method,
        target=heats[-1].target,
        classes=heats[-1].classes,
        # The same at every layer, but unknown to those where relevance overflowed.
        total=next((heat.facts[_AT_OUTPUT] for heat in heats if _AT_OUTPUT in heat.facts), 0.0),
        heats=heats,
        sums=tuple(heat.facts.get("relevance_at_layer", heat.facts.get("relevance_at_input", 0.0)) for heat in heats),
    )


def keeps_relevance(spec: MethodSpec) -> None:
    """A sentence where the method follows no relevance."""
    if spec.propagation is None:
        able = ", ".join(one.name for one in catalogue("method") if one.propagation is not None)
        raise HeatlensError(f"{spec.name} keeps no relevance layer by layer; choose one of {able}.")


def layers_of(model: Model, every: bool) -> list[Step]:
    """The layers of the strip, the one nearest to the output first."""
    steps = [model.program.step(layer.path) for layer in feature_maps(model.program)]
    if not every:
        return sorted(stages(model.program).values(), key=steps.index, reverse=True)
    places = np.linspace(0, len(steps) - 1, min(_MOST, len(steps))).round().astype(int)
    return [steps[place] for place in dict.fromkeys(places.tolist())][::-1]
