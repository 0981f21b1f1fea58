"""What the network says of one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfcore.explain.heat import prediction_of

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.results import Prediction


def predict(context: Context, model: str, picture: str, trust: bool = False) -> Prediction:
    """Its answer, without a heatmap."""
    opened, shown, batch, _ = context.ready(model, picture, trust)
    return prediction_of(opened, shown, opened.logits(batch)[0])
