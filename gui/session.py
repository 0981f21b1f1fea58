"""What is open, kept in one small file and found again at the next start."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui import session_parts as parts
from tfcore.errors import HeatlensError
from tfcore.files import why, written_whole

_SAVE_AFTER_MS = 2000
_AGAIN_AFTER_MS = 60_000
# More is no session of ours; reading it would only delay the window.
_MOST_BYTES = 16 * 2**20


@dataclass
class Session:
    """Everything the window remembers."""

    geometry: str = ""
    layout: str = ""
    # Files and folders as the user opened them.
    opened: list[str] = field(default_factory=list)
    # Pictures among and below them that were taken off the list.
    removed: list[str] = field(default_factory=list)
    current: str = ""
    # How the list is sorted and narrowed, and what a model said of its pictures.
    browsing: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    # What the pictures really show: a table, the names of their folders ("folders"), or not known.
    labels: str = "folders"
    model: str = "demo"
    recent_models: list[str] = field(default_factory=list)
    recent_folders: list[str] = field(default_factory=list)
    folder: str = ""
    # Where figures go.
    exports: str = ""
    request: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    evaluation: dict[str, Any] = field(default_factory=dict)
    # Folders of trainings that may still be at work, without the window that began them.
    runs: list[str] = field(default_factory=list)
    display: dict[str, Any] = field(default_factory=dict)
    mode: str = "overlay"
    # Regions, distances and angles, each with its picture.
    regions: list[dict[str, Any]] = field(default_factory=list)
    scheme: str = "system"

    def remember_model(self, source: str) -> None:
        """Put a model file at the head of the recent ones."""
        self.recent_models = _newest(source, self.recent_models)

    def remember_folder(self, path: str) -> None:
        """Put a folder at the head of the recent ones."""
        self.recent_folders = _newest(path, self.recent_folders)

    def remember_opened(self, paths: list[str]) -> None:
        """Add what the user opened, each path once; of very many the newest."""
        self.opened = list(dict.fromkeys([*self.opened, *paths]))[-parts.MOST_OPENED :]


def _newest(one: str, others: list[str]) -> list[str]:
    return list(dict.fromkeys([one, *others]))[: parts.MOST_RECENT]


def load(path: Path, say: Callable[[str], object] = lambda _: None) -> Session:
    """The last session; a missing file is a first start.

    What is damaged or unknown in it is at its default: then the file is kept aside, and ``say`` hears a sentence.
    """
    try:
        stored = _stored(path)
    except FileNotFoundError:
        return Session()
    except (OSError, ValueError, RecursionError):
        stored = None
    if not isinstance(stored, dict):
        say(f"The last session could not be read, so the window starts afresh{keep_aside(path)}")
        return Session()
    usable = {name: read(stored[name]) for name, read in parts.READERS.items() if name in stored}
    wrong = [name.replace("_", " ") for name, value in usable.items() if value != stored[name]]
    if stored.keys() - usable.keys():
        wrong.append("what this version does not know")
    if wrong:
        say(f"Not all of the last session could be used ({', '.join(wrong)}){keep_aside(path)}")
    return Session(**usable)


def keep_aside(path: Path) -> str:
    """Give a session file that could not be used another name; the end of a sentence that says which."""
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}")
    try:
        path.replace(aside)
    except OSError as error:
        return f"; {path} could not be kept aside: {why(error)}."
    return f"; it is kept as {aside}."


def save(session: Session, path: Path) -> None:
    """Write it whole or not at all."""
    with written_whole(path, overwrite=True) as temporary:
        # Names that are not valid Unicode can only be written in ASCII.
        temporary.write_text(json.dumps(vars(session)), encoding="ascii")


def _stored(path: Path) -> Any:
    # A pipe or a device of that name would never come to its end.
    if path.exists() and not path.is_file():
        raise IsADirectoryError(path)
    with path.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    return json.loads(content) if len(content) <= _MOST_BYTES else None


class Autosave(QObject):
    """Saves a little after the last change, so that a crash loses at most two seconds."""

    # Why it could not be saved; said once until it can be again.
    failed = Signal(str)

    def __init__(self, parent: QObject, save: Callable[[], None] = lambda: None) -> None:
        super().__init__(parent)
        self.save = save
        self._failing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.now)

    def touch(self) -> None:
        """Something changed."""
        self._timer.start(_SAVE_AFTER_MS)

    def now(self) -> None:
        """Save at once; a full disk must not take the window down with it."""
        self._timer.stop()
        try:
            self.save()
        except (HeatlensError, OSError) as error:
            self._timer.start(_AGAIN_AFTER_MS)
            if not self._failing:
                self.failed.emit(f"What is open will not be remembered: {error}")
            self._failing = True
        else:
            self._failing = False
