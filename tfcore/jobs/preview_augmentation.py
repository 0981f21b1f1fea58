"""Some pictures of a data set as training would change them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcore.data.augmentations import parse, preview
from tfcore.engine.context import Context
from tfcore.models.card import Card
from tfcore.registry import find
from tfcore.training.plan import plan
from tfcore.training.sides import opened


def preview_augmentation(context: Context, data: str, group_by_patient: bool = False, **request: Any) -> np.ndarray:
    """Some pictures as they are and as a training by this request would change them: a grid (H, W, 3) uint8."""
    context.progress(0, 1, f"opening {data}")
    intended = plan(**{name: value for name, value in request.items() if name not in ("out", "weights")})
    steps = parse(intended["augment"])
    pictures = opened(data, intended, {"group_by_patient": group_by_patient})
    height, width, channels = find("architecture", intended.arch).input_shape
    size = intended["size"]
    card = Card(pictures.classes, (size or height, size or width, channels))
    context.check()
    return preview(pictures, card, steps, seed=intended.seed)
