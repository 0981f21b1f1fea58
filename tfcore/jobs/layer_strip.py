"""One picture layer by layer out of one run: the film strip of a method, or where relevance goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.explain.by_layer import by_layer, made_of
from tfcore.explain.heads import attention_heads
from tfcore.explain.heat import heats_of
from tfcore.explain.region import Region
from tfcore.models.layers import every_layer, finished_layers, stages
from tfcore.models.model import Model
from tfcore.models.program import Step
from tfcore.registry import MethodSpec, catalogue, find
from tfcore.results import LayerStrip

# Of a deep network's layers so many are taken, evenly: of relevance, and of a film.
_MOST, _MOST_OF_FILM = 24, 60
_AT_OUTPUT = "relevance_at_output"


def layer_strip(
    context: Context,
    model: str,
    picture: str,
    method: str,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    every: bool = False,
    region: str | None = None,
    trust: bool = False,
) -> LayerStrip:
    """The heat at the end of every stage (``every``: at every feature map): of relevance from the output down to the
    pixels, of other methods from the input to the output; of attention in every block (``every``: in every head).
    """
    spec = find("method", method)
    if spec.by_block:
        return _of_blocks(context, model, picture, target, every, trust)
    checked(spec)
    relevance = spec.propagation is not None
    opened, shown, batch, box = context.ready(model, picture, trust)
    part = Region.of(region) if region else None
    seen = part and part.seen(shown, box, *batch.shape[1:3])
    steps = layers_of(opened, every, _MOST if relevance else _MOST_OF_FILM)
    places = [*reversed(steps), None] if relevance else steps
    found = by_layer(opened, batch, method, places, target, params, seen, context.progress)
    made = made_of(method)
    heats = tuple(replace(heat, made=made) for heat in heats_of(opened, shown, found, box, 0, part))
    sums = (heat.facts.get("relevance_at_layer", heat.facts.get("relevance_at_input", 0.0)) for heat in heats)
    return LayerStrip(
        path=heats[-1].path,
        method=method,
        target=heats[-1].target,
        classes=heats[-1].classes,
        # The same at every layer, but unknown to those where relevance overflowed.
        total=next((heat.facts[_AT_OUTPUT] for heat in heats if _AT_OUTPUT in heat.facts), 0.0),
        heats=heats,
        sums=tuple(sums) if relevance else (),
    )


def _of_blocks(
    context: Context, model: str, picture: str, target: int | str | None, every: bool, trust: bool
) -> LayerStrip:
    opened, shown, batch, box = context.ready(model, picture, trust)
    found = attention_heads(opened, batch, every, target, context.progress)
    heats = tuple(heats_of(opened, shown, found.values(), box, 0))
    first = heats[0]
    return LayerStrip(first.path, first.method, first.target, first.classes, 0.0, heats, ())


def checked(spec: MethodSpec) -> None:
    """A sentence where the method does not find all layers in one run."""
    if not spec.by_layer:
        able = ", ".join(one.name for one in catalogue("method") if one.by_layer)
        raise HeatlensError(f"{spec.name} is not seen layer by layer out of one run; choose one of {able}.")


def layers_of(model: Model, every: bool, most: int) -> list[Step]:
    """The layers of the strip, the one nearest to the input first."""
    program = model.program
    if not every:
        return sorted(stages(program).values(), key=program.steps.index)
    paths, finished = every_layer(program), finished_layers(program)
    # Before any finding is left out, those are whose norm and activation follow.
    unfinished = [path for path in paths if path not in finished]
    kept = {*_evenly(finished, most), *_evenly(unfinished, max(0, most - len(finished)))}
    return [program.step(path) for path in paths if path in kept]


def _evenly(paths: Sequence[str], most: int) -> list[str]:
    places = np.linspace(0, len(paths) - 1, min(most, len(paths))).round().astype(int)
    return [paths[place] for place in places]
