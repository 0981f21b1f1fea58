"""What filters stand for, written into a folder: tables, the page with the gallery, and the figures."""

from __future__ import annotations

from pathlib import Path

from tfcore.engine.context import Context
from tfcore.files import make_folder
from tfcore.inside.dissect import reopened
from tfcore.inside.files import check_files_free, write, write_filters
from tfcore.report.dissection import write_gallery
from tfcore.reproduction.commanded import arguments, keep_beside
from tfcore.results import Dissection


def save_dissection(
    context: Context, model: str, found: Dissection, out: str, picture: str = "", trust: bool = False
) -> list[str]:
    """The files written; with a picture also where filters of each layer fire in it."""
    context.progress(0, 1, f"writing to {out}")
    folder = Path(out)
    make_folder(folder)
    check_files_free(folder)
    opened = context.models.get(model, trust)
    again = reopened(opened, found)
    files = [*write(again, folder), write_gallery(again, folder)]
    if picture:
        files += write_filters(opened, again, context.ready(model, picture, trust)[1], folder)
    facts = found.facts
    asked = {"model": model, "layers": ",".join(found), "out": out, "picture": picture}
    asked |= {name: facts[name] for name in ("foreground", "quantile", "limit", "seed")}
    keep_beside(arguments("dissect", facts["data"], asked) or [], folder, files)
    return [str(path) for path in files]
