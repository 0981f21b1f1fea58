"""How sure the model is of one picture: test-time dropout."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.results import Insert, Sureness
from tfcore.uncertainty.prediction import sureness_of
from tfcore.uncertainty.prediction import uncertainty as uncertain


def uncertainty(
    context: Context,
    model: str,
    picture: str,
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    trust: bool = False,
) -> Sureness:
    """How sure the model is of one picture; cancelled, the passes done by then."""
    opened, shown, batch, box = context.ready(model, picture, trust)
    found = uncertain(opened, batch, passes, seed, insert, context.progress)
    return sureness_of(opened, shown, found, box, 0)
