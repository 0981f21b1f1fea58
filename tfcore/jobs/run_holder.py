"""Whether a run is being trained right now, by whomever."""

from __future__ import annotations

from pathlib import Path

from tfcore.engine.context import Context
from tfcore.training.lock import holder


def run_holder(_: Context, folder: str) -> str:
    """Who is writing into the run folder, in words; empty where nobody is."""
    return holder(Path(folder)) or ""
