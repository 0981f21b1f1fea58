"""Which of the pictures of a session are meant, by what was judged of them."""

from __future__ import annotations

import argparse

from tfcore.registry import Param
from tfcore.review.judgment import BEST, Wanted

_RATED = Param("rated", "int", 0, "the least rating", low=0, high=BEST)


def add_wanted_flags(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("pictures of a session", "which of them are meant, by what was judged")
    group.add_argument("--starred", action="store_true", help="only those with a star")
    group.add_argument("--rated", type=int, default=0, metavar="N", help=f"only those rated N or better (1 to {BEST})")
    group.add_argument(
        "--tagged", action="append", default=[], metavar="TAG", help="only those with this tag; repeat it"
    )
    group.add_argument("--noted", action="store_true", help="only those with a note")


def wanted_by(given: argparse.Namespace) -> Wanted:
    return Wanted(given.starred, _RATED.parse(given.rated), tuple(given.tagged), given.noted)
