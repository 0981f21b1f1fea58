"""A model opened, and told of."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.results import ModelInfo


def open_model(context: Context, model: str, trust: bool = False) -> ModelInfo:
    context.progress(0, 1, f"opening {model}")
    return context.models.get(model, trust).info()
