"""What a network that segments draws on one picture, and what really is there where the data tell."""

from __future__ import annotations

from collections.abc import Sequence

from tfcore.engine.context import Context
from tfcore.explain.drawn import mask_of
from tfcore.results import Mask
from tfcore.training.predictions import judged
from tfcore.trust.ensemble import Ensemble


def mask(
    context: Context, model: str, picture: str, trust: bool = False, models: Sequence[tuple[str, bool]] = ()
) -> Mask:
    """The mask, with its Dice by class where the true one lies beside the picture.

    ``models`` are those that draw it as one, sources, each with whether it is trusted.
    """
    if models:
        together = Ensemble(context.models.all_of(models))
        shown = context.models.pictures.get(together.members[0], picture).picture
        found, _ = together.draw(shown)
    else:
        opened, shown, batch, box = context.ready(model, picture, trust)
        found = mask_of(opened, shown, opened.predict(batch)[0], box)
    context.check()
    return judged(found, shown)
