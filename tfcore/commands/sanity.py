"""``heatlens sanity``: what is left of heatmaps when parts of the network have forgotten what they learnt."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tfcore.commands._cohort import add_cohort_flags, answers, check_cohort_flags, passes_of
from tfcore.commands._lists import print_rows
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._params import LIMIT, separated
from tfcore.commands._progress import advanced, progress_bar
from tfcore.commands._words import say
from tfcore.files import check_free, make_folder
from tfcore.registry import find
from tfcore.tables import heading, write_table

_FILE = "sanity.csv"
# Random networks by which every map is made again, about.
_MAPS = 32


def add(commands: Any) -> None:
    """Describe the command; its settings are those of the metric."""
    parser = commands.add_parser(
        "sanity",
        help="whether heatmaps depend on what the network learnt",
        description="Give parts of the network fresh random weights (from the scores down, one after the other; each "
        "alone; or all at once), explain the pictures of a data set again, and say how like the heatmaps still are: "
        "SSIM, rank correlation, edges (HOG), and the rise of their entropy. Heatmaps of a method worth believing "
        "change. Means over pictures, spread over random networks. 'heatlens evaluate --metrics sanity' gives a number "
        "per picture.",
    )
    parser.add_argument("data", metavar="DATA", help="a folder, a table, a COCO file or a session")
    add_model_flags(parser)
    parser.add_argument("--methods", default="grad-cam", help="names with commas between")
    parser.add_argument("--layers", help="layer paths or stages with commas between; default: the last")
    parser.add_argument("--target", help="class name or index; default: the predicted class")
    for param in find("metric", "sanity").params:
        if param.name != "alike":
            help = f"{param.help} ({param.allowed()}; default {param.default})"
            parser.add_argument(f"--{param.name}", default=param.default, metavar="VALUE", help=help)
    parser.add_argument("--limit", type=int, metavar="N", help="only N pictures, drawn at random")
    parser.add_argument("--out", type=Path, metavar="DIR", help=f"write {_FILE} there")
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    add_overwrite_flag(parser)
    add_cohort_flags(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    asked = {name: getattr(given, name) for name in ("randomise", "samples", "seed")}
    settings = find("metric", "sanity").parse(asked)
    limit = LIMIT.parse(given.limit)
    methods = [find("method", name).name for name in separated(given.methods)]

    from tfcore.data import open_data
    from tfcore.evaluate.reading import TOGETHER
    from tfcore.evaluate.sanity_table import Forgotten, summed
    from tfcore.models.layers import layer_names

    check_cohort_flags(given)
    data, columns = open_data(given.data).drawn(limit, settings["seed"]), Forgotten.__dataclass_fields__
    if given.out:
        make_folder(given.out)
        check_free(given.out / _FILE, given.overwrite, heading(columns))
        Inputs([Path(given.data)]).check(given.out / _FILE)
    model = opened(given)
    layers = layer_names(model.program, given.layers, ",") if given.layers else [None]
    how = {"data": given.data, "methods": methods, "layers": layers, "target": given.target, "settings": settings}
    passes = _MAPS * passes_of(model, {name: {} for name in methods}, len(layers))
    sources = [(sample.address,) for sample in data]
    cost = {"together": TOGETHER, "passes": passes}
    found = answers(given, "sanity_pictures", model, sources, given.out, False, how, data, **cost)
    with progress_bar(len(sources), "explained") as advance, closing(found):
        rows, unread = summed(advanced(found, advance))
    for sentence in unread:
        say(sentence)
    table = [asdict(row) for row in rows]
    print_rows([_shown(row) for row in table], {"rows": table, "unread": unread} if given.json else None)
    if given.out:
        write_table(given.out / _FILE, columns, table, given.overwrite)
        say(f"written: {given.out / _FILE}")
    return 0


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """Cells for people."""
    shown = {name: f"{value:.3f}" if isinstance(value, float) else value for name, value in row.items()}
    return {name: "–" if value is None else value for name, value in shown.items()}
