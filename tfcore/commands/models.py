"""``heatlens models``: the demo and the networks of the zoo."""

from __future__ import annotations

import argparse
from typing import Any

from tfcore.commands._lists import print_rows


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser("models", help="list the models that can be named where a model is wanted")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one row per model."""
    from tfcore.registry import catalogue

    rows = [{"model": "demo", "what": "small network trained on phantom brain slices, 128 × 128, 4 classes"}]
    rows += [{"model": f"zoo:{spec.name}", "what": spec.summary} for spec in catalogue("architecture")]
    print_rows(rows, rows if given.json else None)
    return 0
