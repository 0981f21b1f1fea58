"""One picture through one method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfcore.engine.context import Context
from tfcore.explain import explain as explained
from tfcore.explain.heat import heat_of
from tfcore.explain.region import Region
from tfcore.results import Heat


def explain(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    region: str | None = None,
    trust: bool = False,
) -> Heat:
    """One picture through one method; ``region`` is a text for :class:`tfcore.explain.region.Region`."""

    opened, shown, batch, box = context.ready(model, picture, trust)
    part = None if region is None else Region.of(region)
    seen = part and part.seen(shown, box, *batch.shape[1:3])
    found = explained(opened, batch, method, layer, target, seen, context.progress, **(params or {}))
    return heat_of(opened, shown, found, box, 0, part)
