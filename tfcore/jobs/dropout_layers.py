"""What the window asks about a network before it offers passes."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.results import DropoutLayers


def dropout_layers(context: Context, model: str, trust: bool = False) -> DropoutLayers:
    """The layers that passes would switch on; none where dropout has to be put in."""
    from tfcore.uncertainty.dropout import active, left_inactive

    program = context.models.get(model, trust).program
    return DropoutLayers(tuple(step.path for step in active(program)), left_inactive(program))
