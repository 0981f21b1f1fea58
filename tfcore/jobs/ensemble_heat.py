"""The heat of several networks asked as one: of each, their mean, and their spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tfcore.engine.context import Context
from tfcore.explain.region import Region
from tfcore.pictures import read
from tfcore.results import Heat
from tfcore.trust.ensemble import Ensemble


def ensemble_heat(
    context: Context,
    picture: str,
    models: Sequence[tuple[str, bool]],
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    region: str | None = None,
) -> list[Heat]:
    """``models`` are sources, each with whether it is trusted."""
    together = Ensemble(context.models.all_of(models))
    part = None if region is None else Region.of(region)
    return together.explain(read(picture), [method], [layer], target, {method: params or {}}, part, context.progress)
