"""What the user states about a model, kept beside its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.results import ModelInfo


def save_card(context: Context, model: str, changes: Mapping[str, Any], trust: bool = False) -> ModelInfo:
    """Write what the user stated about a model into its card."""
    if not Path(model).exists():
        raise HeatlensError(f"{model} has no file beside which a card could lie; open a model file of your own.")
    opened = context.models.get(model, trust)
    opened.stating(**changes).save(model)
    return context.models.get(model, trust).info()
