"""``heatlens review``: what a reviewer said of pictures, as a table."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json, print_rows
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._review import add_wanted_flags, wanted_by
from tfcore.commands._words import say


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "review",
        help="judgments of a session: stars, ratings, tags, notes",
        description="Print what was judged in a session that the window has saved, a row per picture, with what the "
        "model predicted and the label where the session knows them; --out writes the same as CSV.",
    )
    parser.add_argument("session", type=Path, metavar="WORK.heatlens", help="a session, as the window saves it")
    add_wanted_flags(parser)
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the table there")
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Read, choose, print or write."""
    from tfcore import review

    wanted, told = wanted_by(given), list[str]()
    session = review.read(given.session, say=told.append)
    for sentence in told:
        say(f"{sentence}.")
    if given.out is not None:
        Inputs([given.session]).check(given.out)
        review.write_judgments(session, given.out, wanted, given.overwrite)
    found = list(review.rows(session, wanted, Path.cwd()))
    if given.json:
        print_json({"judgments": found})
    elif given.out is None:
        print_rows([{name: "" if value is None else value for name, value in row.items()} for row in found])
    meant = {address: session.judgments[address] for address in wanted.of(session.judgments)}
    say(review.summary(meant))
    return 0
