"""How often a method that asks runs the network for a picture, and about how long that takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfcore.engine.context import Context
from tfcore.explain.cost import costs


def asking_cost(
    context: Context, model: str, picture: str, method: str, params: Mapping[str, Any], trust: bool = False
) -> tuple[int, str] | None:
    """How often and how long, in words; nothing where a single pass will do."""
    opened, _, batch, _ = context.ready(model, picture, trust)
    found = costs(opened, batch[0], {method: params})
    return (found[0].passes, found[0].lasts) if found else None
