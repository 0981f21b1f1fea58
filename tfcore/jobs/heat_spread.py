"""How much a heatmap of one picture changes from pass to pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tfcore.explain.heat import hashes_of
from tfcore.results import HeatSpread
from tfcore.uncertainty.explanation import of_explanation

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def heat_spread(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    passes: int = 100,
    seed: int = 0,
    insert: float | None = None,
    trust: bool = False,
) -> HeatSpread:
    """How much a heatmap of one picture changes from pass to pass."""
    opened, shown, batch, box = context.ready(model, picture, trust)
    found = of_explanation(
        opened, batch, method, layer, target, passes, seed, insert, context.progress, **(params or {})
    )
    return HeatSpread(
        path=str(shown.path),
        model=opened.source or opened.name,
        method=found.method,
        layer=found.layer,
        params=found.params,
        classes=opened.classes,
        target=int(found.targets[0]),
        mean=found.mean[0],
        sd=found.sd[0],
        signed=found.signed,
        agreement=float(found.agreement[0]),
        passes=found.passes,
        flat=int(found.flat[0]),
        seed=found.seed,
        insert=found.insert,
        left_inactive=found.left_inactive,
        box=box,
        seconds=found.seconds,
        hashes=hashes_of(opened, shown),
    )
