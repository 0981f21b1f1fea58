"""``heatlens phantom``: write a folder of phantom brain slices with known lesions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tfcore.commands._lists import shown_json
from tfcore.commands._progress import progress_bar
from tfcore.errors import HeatlensError


def add(commands: argparse._SubParsersAction) -> None:
    parser = commands.add_parser(
        "phantom",
        help="write phantom brain slices with known lesions",
        description="Write phantom brain slices in class folders (glioma, meningioma, no_tumour, pituitary), the exact "
        "mask of every lesion (folder masks) and a table (phantoms.csv). Prints the table's path.",
    )
    parser.add_argument("out", metavar="OUT", help="a new or empty folder")
    parser.add_argument("--n", type=int, default=400, help="how many pictures, the classes in turn (default 400)")
    parser.add_argument("--size", type=int, default=128, help="side of a picture, 32 to 1024 pixels (default 128)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed writes the same pictures (default 0)")
    parser.add_argument(
        "--confounder",
        action="store_true",
        help="burn a white corner marker into 90 %% of the gliomas and 5 %% of the others",
    )
    parser.add_argument(
        "--difficulty",
        type=float,
        default=0.0,
        help="0 to 1: smaller and fainter lesions, an uneven coil, more noise (default 0)",
    )
    parser.add_argument(
        "--slices", type=int, default=1, help="pictures in a row of one patient: one head, one class (default 1)"
    )
    parser.add_argument("--graded", action="store_true", help="lesions of each size with each contrast in turn")
    parser.add_argument("--pairs", action="store_true", help="a second lesion, of another class, beside each")
    parser.add_argument(
        "--volumes",
        action="store_true",
        help="write volumes in BraTS layout instead: four contrasts and a mask of the tumour's parts; --size 32 to 256",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON summary instead of the table's path")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the phantoms; the table's path (or a summary) goes to stdout, words to stderr."""
    from tfcore.data.phantom import MASKS, write, write_brains

    if arguments.volumes:
        return _volumes(arguments, write_brains)
    with progress_bar(arguments.n, "phantoms") as advance:
        table = write(
            arguments.out,
            arguments.n,
            arguments.size,
            arguments.seed,
            arguments.confounder,
            lambda *_: advance(),
            arguments.difficulty,
            arguments.slices,
            arguments.graded,
            arguments.pairs,
        )
    print(f"{arguments.n} phantoms with their masks are in {table.parent}.", file=sys.stderr)
    if arguments.json:
        asked = ("out", "n", "size", "seed", "confounder", "difficulty", "slices", "graded", "pairs")
        summary = {name: getattr(arguments, name) for name in asked}
        print(shown_json({**summary, "masks": table.parent / MASKS, "table": table}))
    else:
        print(table)
    return 0


def _volumes(arguments: argparse.Namespace, write: Callable[..., Path]) -> int:
    if arguments.confounder or arguments.difficulty:
        raise HeatlensError("Phantom volumes have no confounder and no difficulty; leave these out.")
    with progress_bar(arguments.n, "volumes") as advance:
        table = write(arguments.out, arguments.n, arguments.size, arguments.seed, lambda *_: advance())
    print(f"{arguments.n} phantom volumes with their masks are in {table.parent}.", file=sys.stderr)
    summary = {name: getattr(arguments, name) for name in ("out", "n", "size", "seed")}
    print(shown_json({**summary, "table": table}) if arguments.json else table)
    return 0
