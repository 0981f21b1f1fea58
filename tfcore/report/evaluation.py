"""``report.html``: what an evaluation found, as one page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from tfcore.evaluate.files import REPORT as NAME
from tfcore.figure.style import COLOURS
from tfcore.files import write_whole
from tfcore.marks import version
from tfcore.report import curves, samples, tables
from tfcore.report.plots import write_plots
from tfcore.told import Told
from tfcore.training.report.style import STYLE

if TYPE_CHECKING:
    from tfcore.evaluate.run import Evaluation
    from tfcore.evaluate.table import Table


def write_report(evaluation: Evaluation, table: Table, folder: str | Path, overwrite: bool = False) -> list[Path]:
    """The page beside the tables, and its plots as files of their own; the paths written."""
    drawn = curves.plots(table)
    text = _page(evaluation, table, drawn, Told(Path(folder)))
    page = write_whole(Path(folder) / NAME, text, overwrite)
    return [page, *write_plots(table, drawn, Path(folder), overwrite)]


def _page(evaluation: Evaluation, table: Table, drawn: Sequence[curves.Plot], told: Told) -> str:
    # Slow to load, and of no use to a program that writes no report.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.path("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("evaluation.html").render(
        **_content(evaluation, table, drawn), facts=told(table.facts)
    )
    return told.words(page)


def _content(evaluation: Evaluation, table: Table, drawn: Sequence[curves.Plot]) -> dict[str, Any]:
    confusions = [tables.confusion(table, model) for model in table.models]
    layered = tables.by_layer(table)
    return {
        "models": table.models,
        "sentences": table.compared.sentences,
        "notes": table.facts.get("notes", ()),
        "unread": table.unread,
        "matrix": tables.matrix(table),
        "agreement": tables.agreement(table),
        "of_models": tables.of_models(table),
        "layered": layered,
        "plots": drawn,
        "size": (curves.WIDTH, curves.HEIGHT),
        "strips": samples.strips(evaluation, table),
        "confusions": [each for each in confusions if each is not None],
        "left_out": tables.left_out(table),
        "differences": tables.differences(table),
        "metrics": tables.described(list(table.metrics)),
        "style": STYLE,
        "colours": COLOURS,
        "version": version(),
    }
