"""``heatlens methods``: what there is to explain with, read from the registry."""

from __future__ import annotations

import argparse
from typing import Any

from tfcore.commands._lists import print_rows


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser("methods", help="list the explanation methods and their parameters")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one row per method."""
    from tfcore.registry import catalogue

    specs = catalogue("method")
    rows = [
        {
            "method": spec.name,
            "family": spec.family,
            "parameters": " ".join(f"--{param.name} {param.default}" for param in spec.params if not param.in_code),
            "summary": spec.summary + (f" ({spec.note})" if spec.note else ""),
        }
        for spec in specs
    ]
    print_rows(rows, [spec.as_dict() for spec in specs] if given.json else None)
    return 0
