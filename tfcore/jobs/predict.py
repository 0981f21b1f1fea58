"""What the network says of one picture."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.explain.heat import prediction_of
from tfcore.results import Prediction


def predict(context: Context, model: str, picture: str, trust: bool = False) -> Prediction:
    opened, shown, batch, _ = context.ready(model, picture, trust)
    return prediction_of(opened, shown, opened.logits(batch)[0])
