"""What a network that segments draws on one picture, and what really is there where the data tell."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.explain.drawn import mask_of
from tfcore.results import Mask
from tfcore.training.predictions import judged


def mask(context: Context, model: str, picture: str, trust: bool = False) -> Mask:
    """The mask, with its Dice by class where the true one lies beside the picture."""
    opened, shown, batch, box = context.ready(model, picture, trust)
    found = mask_of(opened, shown, opened.predict(batch)[0], box)
    context.check()
    return judged(found, shown)
