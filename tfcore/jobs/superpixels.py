"""The pieces that methods which cover super-pixels cut a picture into."""

from __future__ import annotations

import numpy as np

from tfcore.engine.context import Context
from tfcore.explain.superpixels import SUPERPIXELS, edges
from tfcore.explain.superpixels import superpixels as cut


def superpixels(context: Context, model: str, picture: str, count: int, trust: bool = False) -> tuple[np.ndarray, int]:
    """Where on the picture one ends and another begins, and how many there are."""
    _, shown, batch, box = context.ready(model, picture, trust)
    segments = cut(batch[0], SUPERPIXELS.parse(count))
    return edges(segments, box, shown.height, shown.width), int(segments.max()) + 1
