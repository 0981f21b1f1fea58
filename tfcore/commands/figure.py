"""``heatlens figure``: figures from recipes."""

from __future__ import annotations

import argparse
from functools import cache, partial
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json
from tfcore.commands._model import add_opening_flags
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._words import say
from tfcore.errors import HeatlensError


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "figure",
        help="make figures from recipes: rows and columns of anything",
        description="Make the figures of recipes (JSON: which cells stand where, what they show, titles, letters, "
        "colour bars, width, paper; the guide tells how), or of the records beside composed figures. Maps are "
        "computed as needed. A cell that cannot be had stays empty, and is named.",
    )
    parser.add_argument("recipes", nargs="+", type=Path, metavar="RECIPE", help="a recipe (.json)")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the figures")
    parser.add_argument(
        "--format", help="one or more of png, tiff, pdf, svg, npz, with commas; default: as the recipe names its files"
    )
    add_opening_flags(parser)
    parser.add_argument("--json", action="store_true", help="print what came out as JSON")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit code 2 where a figure or a cell of one could not be made."""
    from tfcore.composing import compose
    from tfcore.models.loading import load_model

    # Figures of one model open it once.
    load = cache(partial(load_model, trust=given.trust, memory=given.memory))
    rows: list[dict[str, Any]] = []
    inputs = Inputs(given.recipes)
    for recipe in given.recipes:
        files = [f"{recipe.stem}.{ending.strip()}" for ending in given.format.split(",")] if given.format else []
        try:
            inputs.check(*(given.out / Path(file).with_suffix(".json") for file in files or [recipe.name]))
            found = compose(recipe, given.out, files, given.overwrite, load)
        except HeatlensError as error:
            say(f"{recipe}: {error}")
            rows.append({"recipe": recipe, "error": str(error)})
            continue
        rows.append({"recipe": recipe, **found.as_dict()})
        if not given.json:
            for file in found.files:
                print(file)
        for sentence in found.problems:
            say(f"{recipe.name}: {sentence}")
    if given.json:
        print_json({"figures": rows})
    return 2 if any("error" in row or row["problems"] for row in rows) else 0
