"""Made pictures written into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.files import make_folder
from tfcore.inside.maximised_files import write
from tfcore.reproduction.commanded import arguments, keep_beside
from tfcore.results import Maximised


def save_maximised(context: Context, found: Maximised, out: str, asked: Mapping[str, Any] | None = None) -> list[str]:
    """The files written; ``asked`` is what ``maximise`` was asked."""
    context.progress(0, 1, f"writing to {out}")
    make_folder(Path(out))
    files = write(found, Path(out))
    if asked:
        # 0 switches a setting off, which is another thing than to leave it out.
        flags = {name: str(value) for name, value in (asked.get("params") or {}).items()}
        flags |= {name: asked[name] for name in ("model", "layer", "target", "data", "figure") if name in asked}
        filters = ",".join(map(str, asked.get("filters") or ()))
        keep_beside(arguments("maximise", "", {**flags, "filters": filters, "out": out}) or [], Path(out), files)
    return [str(path) for path in files]
