"""What belongs to the program, whatever is worked on: how it looks, what was opened before, where files go."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gui import theme
from gui.browser.bars import ORDERS
from gui.canvas.views import MODES
from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.files import why, written_whole
from tfcore.review import Session, write
from tfcore.review.file import stored_in, understood, usable_of
from tfcore.review.parts import READERS, browsing, one_of, path, paths

MOST_RECENT = 8
MOST_WORKERS = 1024
# In the program's own folder: its memory, and the session that has no name yet. Both were one file once.
HOME, UNNAMED = "window.json", "session.json"


@dataclass
class Home:
    """Kept in one small file and found again at the next start."""

    geometry: str = ""
    layout: str = ""
    scheme: str = "system"
    # How large words are, in per cent.
    text: int = 100
    recent_models: list[str] = field(default_factory=list)
    recent_folders: list[str] = field(default_factory=list)
    recent_sessions: list[str] = field(default_factory=list)
    # Where dialogs begin, and where figures go.
    folder: str = ""
    exports: str = ""
    # Folders of trainings that may still be at work, without the window that began them.
    runs: list[str] = field(default_factory=list)
    # Where the run over very many pictures keeps its parts that is to go on; by how many workers, and on which cluster.
    cohort: str = ""
    workers: int = 2
    cluster: str = ""
    # The file of the session that was open last, if it had one.
    named: str = ""

    def remember_model(self, source: str) -> None:
        """Put a model file at the head of the recent ones."""
        self.recent_models = _newest(source, self.recent_models)

    def remember_folder(self, path: str) -> None:
        """Put a folder at the head of the recent ones."""
        self.recent_folders = _newest(path, self.recent_folders)

    def remember_session(self, path: str) -> None:
        """Put the file of a session at the head of the recent ones."""
        self.recent_sessions = _newest(path, self.recent_sessions)


def _newest(one: str, others: list[str]) -> list[str]:
    return list(dict.fromkeys([one, *others]))[:MOST_RECENT]


def sealed(data: bytes) -> str:
    """Bytes of Qt's as a text whose damage is noticed: Qt itself crashes on some that were altered."""
    return f"{zlib.crc32(data):08x} {b64encode(data).decode()}"


def unsealed(text: str) -> bytes:
    """The bytes again; none where the text is not as it was written."""
    try:
        data = b64decode(text.partition(" ")[2])
    except ValueError:
        return b""
    return data if sealed(data) == text else b""


def _of_qt(value: Any) -> str:
    return value if isinstance(value, str) and unsealed(value) else ""


_recent = paths(MOST_RECENT)
_HOME_READERS: dict[str, Callable[[Any], Any]] = {
    "geometry": _of_qt,
    "layout": _of_qt,
    "scheme": one_of(theme.SCHEMES, "system"),
    "text": one_of(theme.SIZES, 100),
    **dict.fromkeys(("recent_models", "recent_folders", "recent_sessions", "runs"), _recent),
    **dict.fromkeys(("folder", "exports", "named", "cohort"), path),
    "workers": lambda value: value if isinstance(value, int) and 1 <= value <= MOST_WORKERS else 2,
    "cluster": lambda value: value if isinstance(value, str) else "",
}


def _browsing(value: Any) -> dict[str, Any]:
    found = browsing(value)
    return {name: held for name, held in found.items() if name != "order" or held in ORDERS}


# What a session may hold, by the names that the window has for orders and modes.
SESSION_READERS = READERS | {"browsing": _browsing, "mode": one_of(tuple(MODES), "overlay")}


def load(folder: Path, say: Callable[[str], object] = lambda _: None) -> tuple[Home, Session]:
    """The program's memory and the session without a name; missing files are a first start.

    What is damaged or unknown is at its default: then the file is kept aside, and ``say`` hears a sentence.
    """
    home, session = Home(), Session()
    if (stored := _stored(folder / HOME, tr("What the window remembers"), say)) is not None:
        usable, wrong = usable_of(stored, _HOME_READERS)
        home = Home(**usable)
        _complain(folder / HOME, tr("what the window remembers"), wrong, say)
    if (held := _stored(folder / UNNAMED, tr("The last session"), say)) is not None:
        # Before there were sessions with names, both lay in this one.
        older = {} if "session" in held else {name: held.pop(name) for name in _HOME_READERS if name in held}
        usable, wrong = usable_of(older, _HOME_READERS)
        home = home if stored is not None else Home(**usable)
        try:
            session, rest = understood(held, SESSION_READERS, folder / UNNAMED)
        except HeatlensError as error:
            say(f"{str(error).removesuffix('.')}{keep_aside(folder / UNNAMED)}")
        else:
            _complain(folder / UNNAMED, tr("the last session"), [*wrong, *rest], say)
    return home, session


def save(home: Home, session: Session | None, folder: Path) -> None:
    """Write the memory, and the session unless it lies in a file of its own; each whole or not at all."""
    with written_whole(folder / HOME, overwrite=True) as temporary:
        # Names that are not valid Unicode can only be written in ASCII.
        temporary.write_text(json.dumps(asdict(home)), encoding="ascii")
    if session is not None:
        write(session, folder / UNNAMED, relative=False)


def keep_aside(path: Path) -> str:
    """Give a file of the program that could not be used another name; the end of a sentence that says which."""
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}")
    try:
        path.replace(aside)
    except OSError as error:
        return tr("; {path} could not be kept aside: {error}.", path=path, error=why(error))
    return tr("; it is kept as {aside}.", aside=aside)


def _stored(path: Path, what: str, say: Callable[[str], object]) -> dict[str, Any] | None:
    try:
        stored = stored_in(path)
    except FileNotFoundError:
        return None
    except OSError:
        stored = None
    if not isinstance(stored, dict):
        say(tr("{what} could not be read, so the window starts afresh{kept}", what=what, kept=keep_aside(path)))
        return None
    return stored


def _complain(path: Path, what: str, wrong: list[str], say: Callable[[str], object]) -> None:
    if wrong:
        say(
            tr(
                "Not all of {what} could be used ({wrong}){kept}",
                what=what,
                wrong=", ".join(dict.fromkeys(wrong)),
                kept=keep_aside(path),
            )
        )
