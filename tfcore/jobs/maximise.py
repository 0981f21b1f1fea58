"""Pictures that filters or a class would like to see most, seen while they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tfcore.engine.context import Context
from tfcore.engine.remaining import Remaining
from tfcore.inside.maximise import maximise as maximised
from tfcore.registry.maximising import EACH
from tfcore.results import Maximised


def maximise(
    context: Context,
    model: str,
    layer: str | Sequence[str] | None = None,
    filters: Sequence[int] | None = None,
    target: int | None = None,
    data: str | None = None,
    figure: str = EACH,
    params: Mapping[str, Any] | None = None,
    trust: bool = False,
) -> Maximised:
    """Every few steps the pictures as they are by then, (F, H, W, C) uint8, are a part of the result."""
    left = Remaining(context)

    def watch(done: int, total: int, levels: np.ndarray | None) -> None:
        left.tick(done, total, f"step {done} of {total}" if done else "looking at the data")
        if levels is not None:
            context.partial(levels)

    opened = context.models.get(model, trust)
    return maximised(opened, layer, filters, target, data, figure=figure, watch=watch, **(params or {}))
