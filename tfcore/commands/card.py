"""``heatlens card MODEL``: what is known and what is guessed of a model; with flags, state it and save it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_rows
from tfcore.commands._model import add_opening_flags, opened
from tfcore.commands._words import say
from tfcore.errors import HeatlensError

_CHOICES = ("task", "scaling", "colour", "resize", "fit", "outputs")


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser("card", help="show what is known of a model and what is guessed; state and save it")
    parser.add_argument("model", help="demo, zoo:NAME or a model file")
    parser.add_argument("--classes", help="names of the outputs in their order, with commas")
    for name in _CHOICES:
        parser.add_argument(f"--{name}", help=f"state the {name} (a wrong one is answered with those there are)")
    add_opening_flags(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Show the card, or change it and write it beside the model."""
    given.device = "cpu"
    model = opened(given)
    card = model.card
    changes: dict[str, Any] = {name: getattr(given, name) for name in _CHOICES if getattr(given, name) is not None}
    if given.classes is not None:
        changes["classes"] = tuple(name.strip() for name in given.classes.split(","))
    if given.memory is not None:
        changes["memory"] = given.memory
    if changes:
        if not Path(given.model).exists():
            raise HeatlensError(f"{given.model} has no file beside which a card could lie; name a model file.")
        card = model.stating(**changes)
        say(f"wrote {card.save(given.model)}")
    facts = card.as_dict()
    rows = [
        {"field": name, "value": _text(value), "": "guessed" if name in card.guessed else ""}
        for name, value in facts.items()
    ]
    print_rows(rows, facts if given.json else None)
    return 0


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
