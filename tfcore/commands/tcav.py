"""``heatlens tcav``: does a class depend on a concept that is named by examples?"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json, print_rows
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._params import separated
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.errors import HeatlensError


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
    parser.add_argument("--concept", action="append", required=True, metavar="NAME=FOLDER", help=concept)
    parser.add_argument("--random", required=True, type=Path, metavar="FOLDER", help="pictures that are drawn from")
    parser.add_argument("--layer", help="layer paths or stages, with commas; default: the last feature map")
    parser.add_argument("--runs", type=int, default=20, help="directions of each kind (20)")
    parser.add_argument("--seed", type=int, default=0, help="settles what is drawn")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Read, ask, tell."""
    folders: dict[str, Path] = {}
    for pair in given.concept:
        name, equals, folder = pair.partition("=")
        if not (name and equals and folder):
            raise HeatlensError(f"--concept {pair} is no pair; write NAME=FOLDER, such as --concept marker=marked.")
        folders[name] = Path(folder)
    from tfcore.pictures import find
    from tfcore.trust.tcav import tcav

    model = opened(given)

    def prepared(folder: Path) -> Any:
        if not (paths := list(find([str(folder)]))):
            raise HeatlensError(f"There are no pictures in {folder}; check the folder.")
        return model.prepare(paths)

    target = int(given.target) if given.target.isdigit() and given.target not in model.classes else given.target
    layers = separated(given.layer) if given.layer else [None]
    concepts = {name: prepared(folder) for name, folder in folders.items()}
    with counted(len(layers) * (len(concepts) + 2), "asked") as progress:
        asked = (prepared(given.data), target, concepts, prepared(given.random))
        found = tcav(model, *asked, layers, given.runs, given.seed, progress)
    if given.json:
        print_json([{**asdict(each), "significant": each.significant} for each in found])
        return 0
    print_rows(
        [
            {
                "concept": each.concept,
                "layer": each.layer,
                "score": f"{each.score:.2f} ± {each.sd:.2f}",
                "random": f"{each.random:.2f} ± {each.random_sd:.2f}",
                "sensitivity": f"{each.sensitivity:.2f}",
                "of random": f"{each.random_sensitivity:.2f} ± {each.random_sensitivity_sd:.2f}",
                "told apart": f"{each.accuracy:.2f}",
                "p (Holm)": f"{each.p_holm:.3g}",
            }
            for each in found
        ]
    )
    for each in found:
        depends = "depends on" if each.significant else "is not shown to depend on"
        say(f"{each.target} {depends} {each.concept} at {each.layer}")
    return 0
