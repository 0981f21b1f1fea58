"""A figure of a paper that shows no heatmaps, by the job that finds what it shows; with its tables in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.jobs.dissect import dissect
from tfcore.jobs.maximise import maximise
from tfcore.jobs.save_dissection import save_dissection
from tfcore.jobs.save_maximised import save_maximised


def template_figure(
    context: Context, job: str, asked: Mapping[str, Any], model: str, out: str, trust: bool = False
) -> str:
    """The figure among the files written."""
    if job == "dissect":
        files = save_dissection(context, model, dissect(context, model, **asked, trust=trust), out, trust=trust)
    else:
        found = maximise(context, model, **asked, trust=trust)
        files = save_maximised(context, found, out, {"model": model, **asked})
    return next(file for file in files if Path(file).suffix == ".png")
