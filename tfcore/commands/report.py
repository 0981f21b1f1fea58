"""``heatlens report``: the methods section of a paper, and the checklist of a guideline, from what was done."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._words import say
from tfcore.files import check_free

_STYLES = ("claim", "tripod-ai", "plain")


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "report",
        help="the methods section of a paper, from the files of a training, an evaluation or a session",
        description="Write what was done as sentences with the exact numbers (methods.txt), as a page to paste from "
        "(methods.html) and whom to cite (references.bib). --for claim and --for tripod-ai add the checklist of CLAIM "
        "2024 or TRIPOD+AI: what the files know is filled in, what only the authors know is left open and marked.",
    )
    parser.add_argument(
        "folder",
        metavar="RUN|EVALUATION|SESSION",
        type=Path,
        help="a folder of heatlens train or evaluate, or a session of the window (.heatlens)",
    )
    parser.add_argument("--for", dest="style", choices=_STYLES, default="plain", help="the guideline (plain: none)")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the files")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Read, write."""
    from tfcore.report.methods import FILES, write_methods

    for name in FILES:
        check_free(given.out / name, given.overwrite)
    Inputs([given.folder]).check(*(given.out / name for name in FILES))
    for path in write_methods(given.folder, given.out, given.style, given.overwrite):
        print(path)
    say("what only the authors know is not in it" + (" and marked in the checklist" if given.style != "plain" else ""))
    return 0
