"""An evaluation that lies in a folder, as it was when it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.evaluate.files import FACTS, REPORT
from tfcore.evaluate.table import reopened
from tfcore.jobs.evaluate import evaluated

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.results import Evaluated


def stored_evaluation(context: Context, folder: str) -> Evaluated:
    """What ``heatlens evaluate`` or the window has written to this folder."""
    context.progress(0, 1, f"reading {folder}")
    table = reopened(folder)
    sources = {str(each["name"]): str(each["model"]) for each in table.facts["models"]}
    return evaluated(table, sources, [f"{folder}/{name}" for name in (FACTS, REPORT) if Path(folder, name).exists()])
