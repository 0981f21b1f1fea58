"""Made pictures written into a folder."""

from __future__ import annotations

from pathlib import Path

from tfcore.engine.context import Context
from tfcore.files import make_folder
from tfcore.inside.maximised_files import write
from tfcore.results import Maximised


def save_maximised(context: Context, found: Maximised, out: str) -> list[str]:
    """The files written."""
    context.progress(0, 1, f"writing to {out}")
    make_folder(Path(out))
    return [str(path) for path in write(found, Path(out))]
