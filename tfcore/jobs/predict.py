"""What the network says of one picture."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.explain.heat import prediction_of
from tfcore.results import Prediction


def predict(context: Context, model: str, picture: str, trust: bool = False) -> Prediction:
    opened, shown, batch, _ = context.ready(model, picture, trust)
    if opened.reference is None:
        return prediction_of(opened, shown, opened.logits(batch)[0])
    logits, features = opened.seen(batch)
    return prediction_of(opened, shown, logits[0], features[0])
