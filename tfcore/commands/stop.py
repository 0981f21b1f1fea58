"""``heatlens stop``: a training that goes on elsewhere, without its window or in another terminal, comes to its end."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "stop",
        help="stop a training that goes on elsewhere",
        description="Ask the training that writes into RUN to stop at its next step, whoever began it. Its best epoch "
        "so far is kept, and 'heatlens train … --resume' goes on.",
    )
    parser.add_argument("run_folder", type=Path, metavar="RUN", help="the folder of the run")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Ask, and say whom."""
    from tfcore.training.lock import ask_to_stop

    who = ask_to_stop(given.run_folder)
    print(f"Asked {who} to stop; the best epoch so far stays in {given.run_folder}.", file=sys.stderr)
    return 0
