"""What several networks say of one picture, asked as one."""

from __future__ import annotations

from collections.abc import Sequence

from tfcore.engine.context import Context
from tfcore.results import Sureness
from tfcore.trust.ensemble import Ensemble


def ensemble(context: Context, picture: str, models: Sequence[tuple[str, bool]]) -> Sureness:
    """``models`` are sources, each with whether it is trusted."""
    return Ensemble(context.models.all_of(models)).predict(picture)
