"""One picture through one method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tfcore.explain import explain as explained
from tfcore.explain.heat import heat_of

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.results import Heat


def explain(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    trust: bool = False,
) -> Heat:
    """One picture through one method."""

    opened, shown, batch, box = context.ready(model, picture, trust)
    found = explained(opened, batch, method, layer, target, progress=context.progress, **(params or {}))
    return heat_of(opened, shown, found, box, 0)
