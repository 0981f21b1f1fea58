"""An evaluation that lies in a folder, as it was when it ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.evaluate.metric import Curve
from tfcore.evaluate.table import FILES, Row, Table, Value
from tfcore.jobs.evaluate import evaluated
from tfcore.results import Evaluated

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def stored_evaluation(context: Context, folder: str) -> Evaluated:
    """The tables of ``heatlens evaluate`` or of the window, in this folder or (of several models) in those below."""
    context.progress(0, 1, f"reading {folder}")
    found = sorted(Path(folder).glob(FILES[-1])) or sorted(Path(folder).glob(f"*/{FILES[-1]}"))
    if not found:
        raise HeatlensError(f"{folder} holds no {FILES[-1]}; choose the folder that an evaluation was written to.")
    tables = [read_table(path) for path in found]
    named = {str(table.facts["model"]): table for table in tables}
    return evaluated(named, [str(path) for path in found])


def read_table(path: Path) -> Table:
    """What ``Table.write`` has written, or one sentence."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(Row(**row) for row in said["rows"])
        values = tuple(_value(**value) for value in said["values"])
        return Table(rows, values, tuple(said["unread"]), {"model": "", **said["facts"]})
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise HeatlensError(f"{path} cannot be read as an evaluation; it may have been cut off or altered.") from error


def _value(curve: dict[str, list[float]] | None = None, **cells: Any) -> Value:
    drawn = curve and Curve(np.array(curve["x"]), np.array(curve["y"]), cells["value"])
    return Value(**cells, curve=drawn or None)
