"""The pictures that were asked for, found with a word to those who wait."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tfcore.commands._words import say
from tfcore.errors import HeatlensError
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
        metavar="IMAGE|FOLDER",
        help="pictures, or folders with pictures below; one of many in a file as scan.nii.gz#axial=57, folder#12, "
        "clip.mp4#240 (counted from 0), many as #axial=* or #10:20",
    )


def searched(asked: Sequence[str]) -> list[Found]:
    """Every picture that was named or lies in a folder that was; says how many there are while it looks."""
    from tfcore.pictures import find
    from tfcore.pictures.naming import NAMED, names_a_person

    found: list[Found] = []
    masks: list[Path] = []
    with _said(found) as sorting:
        for one in asked:
            for path in find([one], masks=masks, tell=sorting):
                given = not path.is_relative_to(one) or path == Path(one)
                found.append(Found(path, Path(path.name) if given else path.relative_to(one), given))
    if masks:
        say(f"{counted(len(masks), 'file')} left out as masks of pictures, as {masks[0].name}")
    if (telling := next((one.path for one in found if names_a_person(one.path)), None)) is not None:
        say(f"{telling}: {NAMED}")
    if not found:
        raise HeatlensError(f"There are no pictures in {', '.join(asked)}; check the folder.")
    return found


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
