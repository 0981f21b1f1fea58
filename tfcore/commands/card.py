"""``heatlens card MODEL``: what is known and what is guessed of a model; with flags, state it and save it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tfcore.commands._lists import print_rows
from tfcore.commands._model import add_opening_flags, opened
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.tables import names_in, names_text

if TYPE_CHECKING:
    from tfcore.models.model import Model

_CHOICES = ("task", "scaling", "colour", "resize", "fit", "outputs", "intensity", "background", "head")


def add(commands: Any) -> None:
    parser = commands.add_parser("card", help="show what is known of a model and what is guessed; state and save it")
    parser.add_argument("model", help="demo, zoo:NAME or a model file")
    names = parser.add_mutually_exclusive_group()
    names.add_argument(
        "--classes", help="names of the outputs in their order, with commas; a name with a comma in quotes"
    )
    names.add_argument(
        "--classes-of",
        metavar="FOLDER",
        help="take the names of its class folders, in alphabetical order, as Keras counts them",
    )
    for name in _CHOICES:
        parser.add_argument(f"--{name}", help=f"state the {name} (a wrong one is answered with those there are)")
    threshold = "of a network that segments: from which probability on a label is there"
    parser.add_argument("--threshold", type=float, metavar="P", help=threshold)
    reference = "learn how pictures look that the network was trained on, so that others are noticed; none forgets it"
    parser.add_argument("--reference", metavar="DATA", help=reference)
    small = (
        "keep small copies of some of the --reference pictures, shown beside a picture unlike them; whoever gets the "
    )
    parser.add_argument("--thumbnails", action="store_true", help=small + "file sees them")
    parser.add_argument("--split", metavar="NAME", help="only this side of the --reference data, such as train")
    add_opening_flags(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    given.device = "cpu"
    model = opened(given)
    card = model.card
    changes: dict[str, Any] = {name: getattr(given, name) for name in _CHOICES if getattr(given, name) is not None}
    if given.classes is not None:
        changes["classes"] = names_in(given.classes)
    if given.classes_of is not None:
        from tfcore.data.labels import class_names

        changes["classes"] = class_names(given.classes_of)
    if given.threshold is not None:
        changes["threshold"] = given.threshold
    if given.memory is not None:
        changes["memory"] = given.memory
    if given.reference is not None:
        changes["reference"] = {} if given.reference == "none" else _reference(model, given)
    if changes:
        card = model.stating(**changes)
        say(f"wrote {model.save_card(card)}")
    facts = card.as_dict()
    rows = [
        {"field": name, "value": _text(value), "": "guessed" if name in card.guessed else ""}
        for name, value in facts.items()
    ]
    print_rows(rows, facts if given.json else None)
    return 0


def _text(value: Any) -> str:
    """As people read it; what is not stated is a dash."""
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, list):
        return ", ".join(names_text([str(each)]) for each in value)
    return ", ".join(f"{name} {_text(held)}" for name, held in value.items()) if isinstance(value, dict) else str(value)


def _reference(model: Model, given: argparse.Namespace) -> dict[str, Any]:
    """What the card says of the reference that is now beside the model."""
    from tfcore.trust.reference import keep, reference

    with counted(1, "looked at") as progress:
        found = reference(model, given.reference, given.split, progress, given.thumbnails)
    return keep(found, model.file, model.card.sha256)
