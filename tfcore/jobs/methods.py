"""The methods section of a training or an evaluation, and the checklist of a guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfcore.report.methods import write_methods

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def methods(context: Context, folder: str, out: str, style: str) -> tuple[str, ...]:
    """The files written."""
    context.check()
    return tuple(str(path) for path in write_methods(folder, out, style, overwrite=True))
