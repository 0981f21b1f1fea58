"""The pictures that were asked for, found with a word to those who wait."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tfcore.commands._review import add_wanted_flags, wanted_by
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.review.judgment import Wanted
from tfcore.words import counted

# Until the search says how far it is, and then from word to word.
_PATIENCE = 3.0


@dataclass(frozen=True)
class Found:
    """A picture, and its path below the folder that was given (a file that was given: its name alone)."""

    path: Path
    below: Path
    given: bool


def add_picture_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "pictures",
        nargs="+",
        metavar="IMAGE|FOLDER|SESSION",
        help="pictures, folders with pictures below, or a session of the window (.heatlens); one of many in a file as "
        "scan.nii.gz#axial=57, folder#12, clip.mp4#240 (counted from 0), many as #axial=* or #10:20",
    )
    add_wanted_flags(parser)


def searched(given: argparse.Namespace) -> list[Found]:
    """Every picture that was named or lies in a folder that was; says how many there are while it looks."""
    from tfcore.dropped import kind_of
    from tfcore.pictures import find
    from tfcore.pictures.naming import NAMED, names_a_person

    found: list[Found] = []
    masks: list[Path] = []
    asked, wanted = given.pictures, wanted_by(given)
    sessions = [one for one in asked if kind_of(one) == "session"]
    if wanted and len(sessions) < len(asked):
        raise HeatlensError(
            "--starred, --rated, --tagged and --noted are about a session; name one (.heatlens), alone."
        )
    with _said(found) as sorting:
        for one in asked:
            if one in sessions:
                found += _of_session(one, wanted, masks, sorting)
                continue
            for path in find([one], masks=masks, tell=sorting):
                itself = not path.is_relative_to(one) or path == Path(one)
                found.append(Found(path, Path(path.name) if itself else path.relative_to(one), itself))
    if masks:
        say(f"{counted(len(masks), 'file')} left out as masks of pictures, as {masks[0].name}")
    if (telling := next((one.path for one in found if names_a_person(one.path)), None)) is not None:
        say(f"{telling}: {NAMED}")
    if not found:
        what = "that are meant " * bool(wanted)
        raise HeatlensError(
            f"There are no pictures {what}in {', '.join(asked)}; check the {'flags' if what else 'folder'}."
        )
    return found


def _of_session(name: str, wanted: Wanted, masks: list[Path], sorting: Callable[[int, int], None]) -> list[Found]:
    """Its pictures, below the folder that they share."""
    from tfcore import review

    paths = list(review.listed(review.read(name), wanted, masks, sorting))
    shared = Path(os.path.commonpath([path.parent for path in paths])) if paths else Path()
    return [Found(path, path.relative_to(shared), False) for path in paths]


@contextmanager
def _said(found: Sequence[Found]) -> Iterator[Callable[[int, int], None]]:
    """From another thread, since a search may go long without finding anything; gives what is to be called while DICOM
    files are sorted into series.
    """
    done = threading.Event()
    sorting = ""

    def sorted_so_far(number: int, total: int) -> None:
        nonlocal sorting
        sorting = f"{number:,} of {total:,} files sorted into series …"

    def tell() -> None:
        while not done.wait(_PATIENCE):
            say(sorting or f"{len(found):,} pictures found so far …")

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield sorted_so_far
    finally:
        done.set()
        thread.join()
