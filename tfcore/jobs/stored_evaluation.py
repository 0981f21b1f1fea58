"""An evaluation that lies in a folder, as it was when it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.evaluate.files import FILES
from tfcore.evaluate.table import reopened
from tfcore.jobs.evaluate import evaluated
from tfcore.results import Evaluated

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def stored_evaluation(context: Context, folder: str) -> Evaluated:
    """The tables of ``heatlens evaluate`` or of the window in this folder."""
    context.progress(0, 1, f"reading {folder}")
    table = reopened(folder)
    sources = {each["name"]: each["model"] for each in table.facts["models"]}
    return evaluated(table, sources, [str(path) for name in FILES if (path := Path(folder) / name).exists()])
