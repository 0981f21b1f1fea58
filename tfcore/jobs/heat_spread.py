"""How much a heatmap of one picture changes from pass to pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tfcore.engine.context import Context
from tfcore.explain.heat import hashes_of, prediction_of
from tfcore.explain.region import Region
from tfcore.results import HeatSpread, Insert
from tfcore.uncertainty.explanation import of_explanation


def heat_spread(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    region: str | None = None,
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    trust: bool = False,
) -> HeatSpread:
    opened, shown, batch, box = context.ready(model, picture, trust)
    # A network that says nothing of the picture has no map of it either.
    prediction_of(opened, shown, opened.logits(batch)[0])
    seen = Region.of(region).seen(shown, box, *batch.shape[1:3]) if region else None
    found = of_explanation(opened, batch, method, layer, target, passes, seed, insert, context.progress, seen, params)
    return replace(found[0], path=str(shown.path), box=box, hashes=hashes_of(opened, shown))
