"""``heatlens tcav``: does a class depend on a concept that is named by examples?"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_rows
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._params import separated
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.files import check_free
from tfcore.results import ConceptScore
from tfcore.tables import heading, write_table


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "tcav",
        help="does a class depend on a concept that is named by examples",
        description="Learn the direction of a concept in a layer from pictures that show it and pictures drawn at "
        "random, and tell for how many pictures of a class the score grows along it, against random directions "
        "(two-sided test, Holm over all concepts and layers).",
    )
    parser.add_argument("data", metavar="DATA", type=Path, help="a folder of pictures of the class")
    add_model_flags(parser)
    parser.add_argument("--target", required=True, help="the class, by name or number")
    concept = "pictures that show it; again for each further concept"
    parser.add_argument("--concept", action="append", metavar="NAME=FOLDER", help=concept)
    inside = "the same of a data set with masks: what lies inside them is the concept; may be given with --concept"
    parser.add_argument("--masked", action="append", metavar="NAME=DATA", help=inside)
    parser.add_argument("--random", required=True, type=Path, metavar="FOLDER", help="pictures that are drawn from")
    parser.add_argument("--layer", help="layer paths or stages, with commas; default: the last feature map")
    parser.add_argument("--runs", type=int, default=20, help="directions of each kind (20)")
    parser.add_argument("--seed", type=int, default=0, help="settles what is drawn")
    parser.add_argument("--out", type=Path, metavar="CSV", help="also write the figures there, unrounded")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Read, ask, tell."""
    folders = {**_pairs("--concept", given.concept), **(masked := _pairs("--masked", given.masked))}
    if not folders:
        raise HeatlensError("tcav needs a concept; name pictures that show it with --concept NAME=FOLDER.")
    columns = [*ConceptScore.__dataclass_fields__, "significant"]
    if given.out is not None:
        Inputs([given.data, given.random, *folders.values()]).check(given.out)
        check_free(given.out, given.overwrite, heading(columns))
    from tfcore.trust.concepts import of_folders

    model = opened(given)
    target = int(given.target) if given.target.isdigit() and given.target not in model.classes else given.target
    layers = separated(given.layer) if given.layer else [None]
    with counted(len(layers) * (len(folders) + 2), "asked") as progress:
        found = of_folders(
            model, given.data, target, folders, given.random, layers, given.runs, given.seed, masked, progress
        )
    rows = [{**asdict(each), "significant": each.significant} for each in found]
    print_rows([each.row() for each in found], rows if given.json else None)
    for each in found:
        say(each.words)
    if given.out is not None:
        say(f"written: {write_table(given.out, columns, rows, given.overwrite)}")
    return 0


def _pairs(flag: str, given: list[str] | None) -> dict[str, Path]:
    """Names and folders."""
    folders = {}
    for pair in given or ():
        name, equals, folder = pair.partition("=")
        if not (name and equals and folder):
            raise HeatlensError(f"{flag} {pair} is no pair; write NAME=FOLDER, such as {flag} marker=marked.")
        folders[name] = Path(folder)
    return folders
