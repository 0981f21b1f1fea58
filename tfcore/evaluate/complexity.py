"""How widely the heat is spread (Bhatt 2020; METHODS.md §6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.metric import ZERO_MAP, Outcome
from tfcore.registry import MetricSpec, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation


@register(
    MetricSpec(
        "complexity",
        family="complexity",
        summary="How evenly the heat is spread over the pixels: entropy as a share of the largest",
        note="1 is a flat map, 0 a single pixel; heat and cold count alike",
        better="lower",
    )
)
def complexity(_images: Images, found: Explanation, _settings: Mapping[str, Any]) -> list[Outcome]:
    """−Σ p ln p / ln(number of pixels) for p = |map| / Σ |map|."""
    from scipy.special import entr

    outcomes: list[Outcome] = []
    for heat in np.abs(found.maps.astype(np.float64)):
        shares = heat / (heat.sum() or 1)
        outcomes.append(float(entr(shares).sum() / np.log(heat.size)) if heat.any() else ZERO_MAP)
    return outcomes
