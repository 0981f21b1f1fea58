"""A training that goes on elsewhere is asked to stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.training.lock import ask_to_stop

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def stop_run(_: Context, folder: str) -> str:
    """Ask whoever trains in the run folder to stop; who that is, in words."""
    return ask_to_stop(Path(folder))
