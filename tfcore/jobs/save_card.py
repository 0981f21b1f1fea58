"""What the user states about a model, kept beside its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tfcore.engine.context import Context
from tfcore.plain import plain
from tfcore.results import ModelInfo


def save_card(
    context: Context, model: str, changes: Mapping[str, Any], stated: Iterable[str] = (), trust: bool = False
) -> ModelInfo:
    """Write what the user stated about a model into its card.

    ``changes`` may hold a whole form: a field that it leaves as it was is not stated by that, and stays a guess if it
    was one. ``stated`` names fields that count as stated whatever they hold.
    """
    opened = context.models.get(model, trust)
    before = opened.card.as_dict()
    meant = {name: value for name, value in changes.items() if name in stated or plain(value) != plain(before[name])}
    opened.save_card(opened.stating(**meant))
    return context.models.get(model, trust).info()
