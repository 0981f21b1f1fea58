"""Sessions on the disk: JSON of a stated version, with addresses relative to the file, written whole."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.files import why, written_from, written_whole
from tfcore.marks import PROGRAM
from tfcore.marks import version as program_version
from tfcore.review.parts import READERS
from tfcore.review.session import Session, session_of

# Of the format. The first one was the window's own file, which held what belongs to the program as well.
VERSION = 2
# More is no session of ours; reading it would only delay the window.
MOST_BYTES = 256 * 2**20
_HEAD = (PROGRAM, "session")

Readers = Mapping[str, Callable[[Any], Any]]


def read(path: str | Path, readers: Readers = READERS, say: Callable[[str], object] | None = None) -> Session:
    """The session in a file, on absolute addresses.

    What is damaged or unknown in it is at its default, and ``say`` hears which parts these are; without ``say``, and
    where nothing can be used or the file is of a later version, that is an error.
    """
    path = Path(path)
    try:
        stored = stored_in(path)
    except FileNotFoundError as error:
        raise HeatlensError(f"There is no session {path}; check the name.") from error
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error
    if not isinstance(stored, dict) or "session" not in stored:
        raise HeatlensError(f"{path} is damaged or no session of Heatlens; it is left as it is.")
    session, wrong = understood(stored, readers, path)
    if wrong:
        sentence = f"Not all of {path.name} could be used ({', '.join(wrong)}); the file is left as it is"
        if say is None:
            raise HeatlensError(f"{sentence}.")
        say(sentence)
    folder = path.absolute().parent
    return session.changed(lambda address, name: _found_from(folder, address, name))


def stored_in(path: Path) -> Any:
    """What JSON the file holds; nothing where it holds none."""
    # A pipe or a device of that name would never come to its end.
    if path.exists() and not path.is_file():
        raise IsADirectoryError(path)
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    try:
        return json.loads(content) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None


def understood(stored: Mapping[str, Any], readers: Readers, path: Path) -> tuple[Session, list[str]]:
    """As much of a stored session as can be used, as the present version has it, and the names of what cannot."""
    version = stored.get("session", 1)
    if isinstance(version, int) and version > VERSION:
        raise HeatlensError(
            f"{path} was saved by a later Heatlens (sessions of version {version}; this one reads up to {VERSION}); "
            "open it with that one."
        )
    migrated = {name: part for name, part in stored.items() if name not in _HEAD}
    if version == 1:
        migrated = _from_1(migrated)
    usable, wrong = usable_of(migrated, readers)
    return session_of(usable), wrong


def usable_of(stored: Mapping[str, Any], readers: Readers) -> tuple[dict[str, Any], list[str]]:
    """What the readers make of the parts, and what of them is damaged or unknown."""
    usable = {name: read(stored[name]) for name, read in readers.items() if name in stored}
    wrong = [name.replace("_", " ") for name, value in usable.items() if value != stored[name]]
    return usable, [*wrong, *["what this version does not know"] * bool(stored.keys() - usable.keys())]


def write(session: Session, path: str | Path, relative: bool = True) -> Path:
    """Write it whole or not at all; ``relative`` addresses let the file move along with its pictures."""
    path = Path(path)
    if relative:
        session = session.changed(_written_from(path.absolute().parent))
    content = {PROGRAM: program_version(), "session": VERSION, **session.as_dict()}
    # A line for each part: indented all through, ten thousand judgments would take a tenth of a second.
    parts = ",\n ".join(f'"{name}": {json.dumps(part)}' for name, part in content.items())
    with written_whole(path, overwrite=True) as temporary:
        # Names that are not valid Unicode can only be written in ASCII.
        temporary.write_text(f"{{{parts}}}\n", encoding="ascii")
    return path


def _from_1(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Version 1 kept no probabilities with what was said of pictures."""
    answers = stored.get("answers")
    if not isinstance(answers, dict) or not isinstance(notes := answers.get("notes"), dict):
        return dict(stored)
    told = {path: [*note, None] if isinstance(note, list) and len(note) == 4 else note for path, note in notes.items()}
    return {**stored, "answers": {**answers, "notes": told}}


def _written_from(folder: Path) -> Callable[[str, bool], str]:
    @cache
    def of_folder(parent: str) -> str:
        # Of thousands of pictures in few folders only the folders cost something.
        beside = written_from(folder, parent or os.sep)
        if os.path.isabs(beside):  # noqa: PTH117
            return ""
        # Begins with a dot, so that a file beside the session is never taken for the name of a model that ships.
        return beside if beside.startswith(".") else f".{os.sep}{beside}"

    def written(address: str, _name: bool) -> str:
        parent, mark, name = address.rpartition(os.sep)
        beside = of_folder(parent) if mark and os.path.isabs(address) else ""  # noqa: PTH117
        return f"{beside}{os.sep}{name}" if beside else address

    return written


def _found_from(folder: Path, address: str, name: bool) -> str:
    """Where a relative address leads; a name that is no path stays one."""
    if os.path.isabs(address) or (name and not address.startswith(".")):  # noqa: PTH117
        return address
    return os.path.normpath(folder / address)
