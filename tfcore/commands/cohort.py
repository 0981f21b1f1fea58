"""``heatlens cohort``: how far a long run is, and an end for it."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._lists import print_json
from tfcore.commands._words import one_line, say
from tfcore.errors import HeatlensError
from tfcore.plain import json_text

if TYPE_CHECKING:
    from tfcore.cohort.status import Status


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "cohort",
        help="how far a run over very many pictures is",
        description="With --workers N (processes of this machine) or --cluster ADDRESS (Ray) a command cuts its "
        "pictures into parts and keeps what is finished beside its results. The same command run again goes on where "
        "it was ended: a finished part is never computed again as long as model, card, pictures, parameters and "
        "version are the same. A part that fails is tried once more by another worker, then its pictures are named "
        "and the rest goes on. The results are the same bytes whatever the number of workers.",
    )
    parser.add_argument("what", choices=("status", "stop"), help="say how far it is, or let it stop; both at any time")
    parser.add_argument("out", type=Path, metavar="OUT", help="the --out of the command")
    parser.add_argument(
        "--every", type=float, metavar="S", help="say it again and again, so many seconds apart, until interrupted"
    )
    parser.add_argument("--json", action="store_true", help="print the status as JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Say how far it is, or ask it to stop."""
    from tfcore.cohort.status import parts_folder, status
    from tfcore.training.lock import ask_to_stop, holder

    if given.what == "stop":
        folder = parts_folder(given.out)
        if holder(folder) is None:
            raise HeatlensError(f"Nobody works on {given.out}; what is finished stays, and the same command goes on.")
        say(f"asked {ask_to_stop(folder)} to stop; what is finished stays, and the same command goes on")
        return 0
    if given.every is None:
        _show(status(given.out), given.json)
        return 0
    if not 0.1 <= given.every <= 86_400:
        raise HeatlensError(f"--every {given.every:g} is no time between two looks; give 0.1 to 86,400 seconds.")
    while True:
        try:
            # One line each, for a program that reads them.
            found = status(given.out)
            print(json_text(found.as_dict())) if given.json else _show(found, False)
        except HeatlensError as error:
            print(json_text({"error": str(error)}) if given.json else one_line(str(error)))
        sys.stdout.flush()
        time.sleep(given.every)


def _show(found: Status, as_json: bool) -> None:
    if as_json:
        print_json(found.as_dict())
        return
    print(one_line(found.words))
    for first in found.running:
        print(one_line(f"running: from {first}"))
    for failure in found.failed:
        print(one_line(f"failed: {failure.pictures} from {failure.first}: {failure.why}"))
