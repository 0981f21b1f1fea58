"""What is open, kept in one small file and found again at the next start."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from tfcore.errors import HeatlensError
from tfcore.files import written_whole

_RECENT = 8
_SAVE_AFTER_MS = 2000


@dataclass
class Session:
    """Everything the window remembers."""

    geometry: str = ""
    layout: str = ""
    # Files and folders as the user opened them.
    opened: list[str] = field(default_factory=list)
    current: str = ""
    model: str = "demo"
    recent_models: list[str] = field(default_factory=list)
    folder: str = ""
    request: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    display: dict[str, Any] = field(default_factory=dict)
    mode: str = "overlay"
    scheme: str = "system"

    def remember_model(self, source: str) -> None:
        """Put a model file at the head of the recent ones."""
        self.recent_models = [source, *(one for one in self.recent_models if one != source)][:_RECENT]

    def remember_opened(self, paths: list[str]) -> None:
        """Add what the user opened, each path once."""
        self.opened += [path for path in paths if path not in self.opened]


def load(path: Path) -> Session:
    """The last session; a missing or damaged file is a first start."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        defaults = asdict(Session())
        kept = {name: stored[name] for name in defaults if isinstance(stored.get(name), type(defaults[name]))}
    except (OSError, ValueError, TypeError, AttributeError):
        return Session()
    return Session(**kept)


def save(session: Session, path: Path) -> None:
    """Write it whole or not at all."""
    with written_whole(path, overwrite=True) as temporary:
        temporary.write_text(json.dumps(asdict(session), indent=1, ensure_ascii=False), encoding="utf-8")


class Autosave(QObject):
    """Saves a little after the last change, so that a crash loses at most two seconds."""

    def __init__(self, save: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._save = save
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._timer.timeout.connect(self.now)

    def touch(self) -> None:
        """Something changed."""
        self._timer.start()

    def now(self) -> None:
        """Save at once; a full disk must not take the window down with it."""
        self._timer.stop()
        try:
            self._save()
        except HeatlensError:
            self._timer.start(60_000)
