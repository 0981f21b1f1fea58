"""What the pictures of a command really show: its flags, and the labels found by them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.commands._model import add_map_flag, mapping
from tfcore.commands._words import say

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.results import Labels


def add_label_flags(parser: argparse.ArgumentParser, otherwise: str) -> None:
    """``--labels``, ``--label-column`` and ``--map``; ``otherwise`` says what happens without."""
    parser.add_argument(
        "--labels",
        metavar="TABLE|folders",
        help="what the pictures really show: a CSV table with a column of files (path, file, image …) and one of "
        f"classes, or 'folders' named after the classes; default: {otherwise}",
    )
    parser.add_argument("--label-column", metavar="NAME", help="the table's column of classes (default label, class …)")
    add_map_flag(parser)


def label_table(given: argparse.Namespace) -> list[Path]:
    return [Path(given.labels)] if given.labels not in (None, "folders") else []


def labels_by_flags(given: argparse.Namespace, paths: Sequence[Path], model: Model) -> Labels:
    """The labels; what is unclear of those that were asked for is said."""
    from tfcore.data.labels import FOLDERS, labels

    found = labels(paths, given.labels or FOLDERS, model.classes, given.label_column, mapping(given))
    for note in found.notes if given.labels or given.map else ():
        say(note)
    return found
