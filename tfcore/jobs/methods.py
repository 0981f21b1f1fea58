"""The methods section of a training or an evaluation, and the checklist of a guideline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.report.methods import write_methods
from tfcore.reproduction.commanded import keep_beside

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def methods(context: Context, folder: str, out: str, style: str) -> tuple[str, ...]:
    """The files written."""
    context.check()
    files = write_methods(folder, out, style)
    keep_beside(["report", folder, "--for", style or "plain", "--out", out], Path(out), files)
    return tuple(map(str, files))
