"""``heatlens reproduce``: a figure made again from its record."""

from __future__ import annotations

import argparse
from functools import cache, partial
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json
from tfcore.commands._model import add_opening_flags
from tfcore.commands._outputs import add_overwrite_flag
from tfcore.commands._words import say
from tfcore.errors import HeatlensError


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "reproduce",
        help="make a figure again from the record beside it, and say what differs",
        description="Make figures again from the records that lie beside them (FIGURE.json), with the same model, "
        "pictures, method, parameters and look. The same files on the same machine give the same bytes; otherwise what "
        "has changed is said: files, versions, probabilities, pixels.",
    )
    parser.add_argument("figures", nargs="+", type=Path, metavar="FIGURE", help="a figure, or its record (.json)")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the figures")
    parser.add_argument("--model", help="where the model lies now; default: where the record says")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="where the pictures lie now")
    add_opening_flags(parser)
    parser.add_argument("--json", action="store_true", help="print what came out as JSON")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 where every figure is as it was, or there is none to compare with; 2 where one could not be made."""
    from tfcore.models.loading import load_model
    from tfcore.reproduction import reproduce

    # Figures of one model open it once.
    load = cache(partial(load_model, trust=given.trust, memory=given.memory))
    rows: list[dict[str, Any]] = []
    for figure in given.figures:
        try:
            found = reproduce(figure, given.out, given.model, given.pictures, given.overwrite, load)
        except HeatlensError as error:
            say(f"{figure}: {error}")
            rows.append({"figure": figure, "error": str(error)})
            continue
        rows.append({"figure": figure, **found.as_dict()})
        if not given.json:
            for file in found.files:
                print(file)
        for sentence in found.sentences:
            say(f"{figure.name}: {sentence}")
    if given.json:
        print_json({"figures": rows})
    return 2 if any("error" in row for row in rows) else 0
