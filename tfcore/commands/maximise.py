"""``heatlens maximise``: pictures that filters or classes would like to see most."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json, print_rows
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import add_overwrite_flag
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.files import check_free, make_folder
from tfcore.registry import EVERY
from tfcore.registry.maximising import EACH, FIGURES, LAYERS, PARAMS, SWEPT, filters_in
from tfcore.tables import names_in


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "maximise",
        help="pictures that filters or classes would like to see most (activation maximisation)",
        description="Change noise step by step so that a filter's mean activation, or a class's score, rises. Moving "
        "and turning the picture, total variation, distance from grey and likeness to the mean picture of data keep it "
        "a picture; 0 switches each of them off. Writes maximised.png (one picture a channel), maximised.json and "
        "maximised.npz.",
    )
    add_model_flags(parser)
    parser.add_argument(
        "--layer",
        help="layer path or stage; default: the last feature map. For --figure layers several with commas between, or "
        "all (every feature map); default: the ends of the stages",
    )
    parser.add_argument("--filters", help="numbers and ranges with commas between, such as 0,3,8-11")
    parser.add_argument("--target", help="classes in place of filters, with commas between")
    parser.add_argument("--data", help="data whose mean picture the style term holds the pictures to")
    parser.add_argument(
        "--sweep",
        metavar="NAME=VALUES",
        help=f"one filter or class with several values of {', '.join(SWEPT)}, such as tv=1e-6,1e-5,1e-4",
    )
    parser.add_argument(
        "--figure",
        default=EACH,
        choices=list(FIGURES),
        help="; ".join(f"{name}: {what}" for name, what in FIGURES.items()),
    )
    for param in PARAMS:
        help = f"{param.help} ({param.allowed()}; default {param.default})"
        parser.add_argument(f"--{param.name}", default=param.default, metavar="VALUE", help=help)
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the figure and the arrays")
    parser.add_argument("--json", action="store_true", help="print what was reached as JSON")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    settings = {param.name: param.parse(getattr(given, param.name)) for param in PARAMS}
    filters = filters_in(given.filters) if given.filters else None
    sweep = _sweep(given.sweep) if given.sweep else None
    make_folder(given.out)

    from tfcore.inside.maximise import maximise
    from tfcore.inside.maximised_files import FILES, record, write
    from tfcore.models.layers import layer_names

    for name in FILES:
        check_free(given.out / name, given.overwrite)
    model = opened(given)
    target = names_in(given.target) if given.target else None
    layer = given.layer
    if layer and given.figure == LAYERS:
        layer = EVERY if layer.strip() == EVERY else layer_names(model.program, layer, ",")
    with counted(settings["steps"], "steps") as advance:
        found = maximise(
            model,
            layer,
            filters,
            target,
            given.data,
            sweep,
            figure=given.figure,
            watch=lambda done, total, _: advance(done * settings["steps"] // total, settings["steps"]),
            **settings,
        )
    if found.note:
        say(found.note)
    told = record(found)
    rows = [
        {name: f"{value:.4g}" if isinstance(value, float) else value for name, value in row.items()}
        for row in told["pictures"]
    ]
    if given.json:
        print_json(told)
    else:
        print_rows(rows)
    say(f"written: {', '.join(map(str, write(found, given.out, given.overwrite)))}")
    return 0


def _sweep(text: str) -> tuple[str, list[float]]:
    name, _, values = text.partition("=")
    try:
        return name.strip(), [float(value) for value in values.split(",")]
    except ValueError:
        raise HeatlensError(f"--sweep {text} is no sweep; write NAME=VALUES, such as tv=1e-6,1e-5,1e-4.") from None
