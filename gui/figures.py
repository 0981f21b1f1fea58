"""Export and copy: figures of whatever is on show, the one map or what a feature shows in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.export import ExportDialog, copy_panel
from tfcore.pictures import Picture
from tfcore.results import Heat

if TYPE_CHECKING:
    from gui.main_window import MainWindow


@dataclass(frozen=True)
class Subject:
    """What a figure would show: rows of (heat, picture), what to call it, and how to lay it out."""

    items: list[tuple[Heat, Picture]]
    what: str
    layout: str = "rows"


Source = Callable[[], Subject | None]


class Figures(QObject):
    """Asks the features first, the last one first; where none has anything, the map on the canvas is the subject."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._sources: list[Source] = [self._current]

    def offer(self, source: Source) -> None:
        """A feature that may have something else on show."""
        self._sources.append(source)

    def subject(self) -> Subject | None:
        """What a figure made now would show."""
        found = (source() for source in reversed(self._sources))
        return next((subject for subject in found if subject is not None and subject.items), None)

    def refresh(self) -> None:
        """Export and copy are there when there is something to make a figure of."""
        allowed = self.subject() is not None
        self._window.export_button.setEnabled(allowed)
        for name in ("export", "copy"):
            self._window.actions_by_name[name].setEnabled(allowed)

    def export(self) -> None:
        """Compose a figure panel of what is on show."""
        if (subject := self.subject()) is None:
            return
        window = self._window
        folder = Path(window.session.folder) if window.session.folder else Path.home()
        name = folder / f"{subject.items[0][1].path.stem}-{subject.what}.png"
        dialog = ExportDialog(subject.items, window.canvas.display(), name, window, layout=subject.layout)
        dialog.saved.connect(self._exported)
        dialog.open()

    def copy(self) -> None:
        """The figure of what is on show onto the clipboard."""
        if (subject := self.subject()) is None:
            return
        say = self._window.jobs.history.add
        copy_panel(
            subject.items,
            self._window.canvas.display(),
            lambda: say("Panel copied"),
            lambda why: say(why, "error"),
            self,
            layout=subject.layout,
        )

    def _current(self) -> Subject | None:
        heat, picture = self._window.canvas.heat(), self._window.explaining.picture
        if heat is None or picture is None:
            return None
        # What features lay there is named in words: sd-of-grad-cam-over-100-passes.
        return Subject([(heat, picture)], re.sub(r"[^\w.-]+", "-", heat.method))

    def _exported(self, path: str) -> None:
        self._window.session.folder = str(Path(path).parent)
        self._window.jobs.history.add(f"Wrote {path}")
        self._window.autosave.touch()
