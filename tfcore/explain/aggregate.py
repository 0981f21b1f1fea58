"""One map from several layers (METHODS.md §2, layer aggregation)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import WHY, joined, without
from tfcore.explain.resize import to_input
from tfcore.models.layers import JOIN


def aggregate(explanations: Sequence[Explanation]) -> Explanation:
    """Maps of one method at several layers as their mean: each ReLU'd, min-max normalised and resized before."""
    if not explanations:
        raise HeatlensError("There is nothing to aggregate; give the explanations of at least one layer.")
    first = explanations[0]
    height, width = first.maps.shape[1:]
    layers = [to_input(min_max(np.maximum(each.native, 0)), height, width) for each in explanations]
    maps = min_max(np.mean(layers, 0))
    # Facts are about a single layer, but without one of them there is no mean.
    facts = joined([each.facts for each in explanations])
    if facts:
        maps = without(maps, facts[WHY] != "")
    return replace(
        first,
        layer=JOIN.join(each.layer for each in explanations),
        maps=maps,
        native=maps,
        values=None,
        signed=False,
        facts=facts,
    )


def min_max(maps: np.ndarray) -> np.ndarray:
    """Each (N, h, w) map stretched to 0 … 1; a constant map is zero."""
    low, high = maps.min((1, 2), keepdims=True), maps.max((1, 2), keepdims=True)
    stretched: np.ndarray = (maps - low) / np.where(high > low, high - low, 1)
    return stretched
