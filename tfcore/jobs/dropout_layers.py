"""What the window asks about a network before it offers passes."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.results import DropoutLayers
from tfcore.results.prediction import inserted_words


def dropout_layers(context: Context, model: str, trust: bool = False) -> DropoutLayers:
    """What passes would switch on, or put on a black box's pictures; nothing where dropout has to be put in."""
    from tfcore.uncertainty.dropout import active, left_inactive
    from tfcore.uncertainty.network import put_in

    opened = context.models.get(model, trust)
    program = opened.program
    if opened.box is not None:
        return DropoutLayers((inserted_words(put_in(opened, None)),), ())
    return DropoutLayers(tuple(step.path for step in active(program)), left_inactive(program))
