"""Whether one map of one picture deserves belief."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tfcore.evaluate.verdict import verdict as judged
from tfcore.explain.region import Region

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.results import Verdict


def verdict(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    region: str | None = None,
    trust: bool = False,
) -> Verdict:
    """The arguments of ``explain``: what is judged is the map that it answers with."""
    opened, shown, batch, box = context.ready(model, picture, trust)
    seen = Region.of(region).seen(shown, box, *batch.shape[1:3]) if region else None
    return judged(opened, batch, method, layer, target, seen, progress=context.progress, **(params or {}))[0]
