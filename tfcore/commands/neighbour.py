"""``heatlens neighbour``: the nearest training picture of another class, side by side with both heats."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.files import check_free, make_folder

_FIGURE = "neighbour.png"


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "neighbour",
        help="the nearest training picture of another class, side by side with both heats",
        description="Find the picture of a data set that the network sees as nearest to this one and that is of "
        "another class than the one predicted; draw both with their heat for the predicted class.",
    )
    parser.add_argument("picture", metavar="IMAGE", type=Path)
    add_model_flags(parser)
    parser.add_argument("--data", required=True, metavar="DATA", help="the training pictures, with labels")
    parser.add_argument("--split", metavar="NAME", help="only this side of the data, such as train")
    parser.add_argument("--method", default="grad-cam", help="of the heat (grad-cam)")
    parser.add_argument("--layer", help="layer path or stage; default: the last")
    parser.add_argument("--out", type=Path, metavar="DIR", help=f"write {_FIGURE} there")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, tell, draw."""
    from tfcore.data import open_data

    if given.out is not None:
        make_folder(given.out)
        check_free(given.out / _FIGURE, given.overwrite)
        Inputs([given.picture, Path(given.data)]).check(given.out / _FIGURE)
    data = open_data(given.data)
    from tfcore.trust.neighbours import counterfactual, with_heats

    model = opened(given)
    with counted(len(data), "looked at") as progress:
        found = counterfactual(model, given.picture, data, given.split, progress)
    if given.json:
        own = found.own_distance if math.isfinite(found.own_distance) else None
        print_json({"path": str(found.path), "label": found.label, "distance": found.distance, "own_distance": own})
    else:
        print(found.path)
    say(found.words)
    if given.out is not None:
        from tfcore.figure import Display, export

        items = with_heats(model, given.picture, found, given.method, given.layer).items
        export(list(items), given.out / _FIGURE, Display(), overwrite=given.overwrite)
        say(f"written: {given.out / _FIGURE}")
    return 0
