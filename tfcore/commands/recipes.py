"""``heatlens recipes``: how networks can be trained, read from the registry."""

from __future__ import annotations

import argparse
from typing import Any

from tfcore.commands._lists import print_rows


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser("recipes", help="list the training recipes and their settings")
    parser.add_argument("--json", action="store_true", help="print JSON, with every setting")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one row per recipe."""
    from tfcore.registry import catalogue

    specs = catalogue("recipe")
    rows = [
        {
            "recipe": spec.name,
            "task": spec.family,
            "architecture": spec.extra.get("arch", "–"),
            "summary": spec.summary + (f" ({spec.note})" if spec.note else ""),
        }
        for spec in specs
    ]
    print_rows(rows, [spec.as_dict() for spec in specs] if given.json else None)
    return 0
