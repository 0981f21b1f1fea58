"""Where the filters of a layer fire in the picture that is looked at."""

from __future__ import annotations

import numpy as np

from tfcore.engine.context import Context
from tfcore.inside.gallery import filter_masks as found
from tfcore.results import FilterMasks


def filter_masks(
    context: Context,
    model: str,
    picture: str,
    layer: str,
    thresholds: np.ndarray,
    dead: np.ndarray,
    foreground: str = "body",
    trust: bool = False,
) -> FilterMasks:
    """By thresholds that a dissection found."""
    opened, shown, batch, box = context.ready(model, picture, trust)
    return found(opened, shown, batch, box, layer, thresholds, dead, foreground)
