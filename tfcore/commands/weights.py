"""``heatlens weights``: the offline store of pretrained weights: what is in it, bring a file, check a file."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from tfcore import places
from tfcore.commands._lists import print_rows

if TYPE_CHECKING:
    from tfcore.models.weight_files import WeightFile


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "weights",
        help="list, add and check pretrained weights for work without a network",
        description="Without anything: list the weight store. weights='imagenet' looks there first, then among the "
        "files Keras has downloaded, then asks Keras to download.",
    )
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "add", "check"),
        default="list",
        help="add: copy FILE into the store; check: say what FILE is and load it once to be sure",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help=".weights.h5, .h5, .safetensors or .npz")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run, parser=parser)


def run(given: argparse.Namespace) -> int:
    from tfcore.models import weights

    if (given.action == "list") == (given.file is not None):
        given.parser.error(f"weights {given.action} takes {'no' if given.file else 'a'} FILE")
    if given.action == "list":
        files = weights.stored()
        if not files:
            print(f"The weight store {places.weights()} is empty.", file=sys.stderr)
    elif given.action == "add":
        files = [weights.add(given.file)]
        print(f"{files[0].path} is in the weight store.", file=sys.stderr)
    else:
        from tfcore.models.build import checked_weights

        files = [checked_weights(given.file)]
    rows = [_row(file) for file in files]
    print_rows(rows, rows if given.json else None)
    return 0


def _row(file: WeightFile) -> dict[str, Any]:
    known = file.pretrained
    return {
        "file": str(file.path),
        "bytes": file.path.stat().st_size,
        "md5": file.md5,
        "fits": known.name if known else "no network known here",
        "origin": ("Keras's ImageNet file" if file.official else "by its shapes") if known else "",
    }
