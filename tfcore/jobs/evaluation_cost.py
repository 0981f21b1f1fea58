"""How long an evaluation will take, from what its first picture takes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tfcore.data.open import open_data
from tfcore.evaluate.run import Evaluation

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def evaluation_cost(
    context: Context,
    data: str,
    models: Sequence[tuple[str, bool]],
    methods: Sequence[str],
    metrics: Sequence[str],
    layers: Sequence[str | None] = (None,),
    target: str | int | None = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    limit: int | None = None,
    seed: int = 0,
    map: Mapping[str, str] | None = None,
    group_by_patient: bool = False,
) -> float:
    """Seconds for all pictures, from the second time that one is measured: what is traced once is no cost of each."""
    opened = open_data(data, group_by_patient=group_by_patient)
    pictures = len(opened) if limit is None else min(limit, len(opened))
    asked = [context.models.get(source, trust) for source, trust in models]
    seconds = 0.0
    for _ in range(2):
        began = time.perf_counter()
        evaluation = Evaluation(asked, opened, methods, metrics, layers, target, params, 1, seed, map)
        for _ in evaluation.measured(lambda done, total: context.progress(done, total, "one picture")):
            pass
        seconds = time.perf_counter() - began
    return seconds * pictures
