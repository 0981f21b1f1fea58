"""Export and copy: figures of whatever is on show, the one map or what a feature shows in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.canvas import Canvas
from gui.explaining import Explaining
from gui.export import ExportDialog, copy_panel
from gui.panels import JobsPanel
from gui.session import Session
from tfcore.pictures import Picture
from tfcore.results import Heat


@dataclass(frozen=True)
class Subject:
    """What a figure would show: rows of (heat, picture), what to call it, and how to lay it out."""

    items: list[tuple[Heat, Picture]]
    what: str
    layout: str = "rows"


Source = Callable[[], Subject | None]


class Figures(QObject):
    """Asks the features first, the last one first; where none has anything, the map on the canvas is the subject."""

    # There is something to make a figure of, or no longer.
    possible = Signal(bool)
    # A figure was written: the session remembers where.
    exported = Signal()

    def __init__(
        self, explaining: Explaining, canvas: Canvas, jobs: JobsPanel, session: Session, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._explaining, self._canvas, self._history, self._session = explaining, canvas, jobs.history, session
        self._window = parent
        self._sources: list[Source] = [self._current]

    def offer(self, source: Source) -> None:
        """A feature that may have something else on show."""
        self._sources.append(source)

    def subject(self) -> Subject | None:
        """What a figure made now would show."""
        found = (source() for source in reversed(self._sources))
        return next((subject for subject in found if subject is not None and subject.items), None)

    def refresh(self) -> None:
        """What is on show is another."""
        self.possible.emit(self.subject() is not None)

    def export(self) -> None:
        """Compose a figure panel of what is on show."""
        if (subject := self.subject()) is None:
            return
        folder = Path(self._session.folder) if self._session.folder else Path.home()
        name = folder / f"{subject.items[0][1].path.stem}-{subject.what}.png"
        dialog = ExportDialog(subject.items, self._canvas.display(), name, self._window, layout=subject.layout)
        dialog.saved.connect(self._exported)
        dialog.open()

    def copy(self) -> None:
        """The figure of what is on show onto the clipboard."""
        if (subject := self.subject()) is not None:
            copy_panel(
                subject.items,
                self._canvas.display(),
                lambda: self._history.add("Panel copied."),
                lambda why: self._history.add(why, "error"),
                self,
                layout=subject.layout,
            )

    def _current(self) -> Subject | None:
        heat, picture = self._canvas.heat(), self._explaining.picture
        if heat is None or picture is None:
            return None
        # What features lay there is named in words: sd-of-grad-cam-over-100-passes.
        return Subject([(heat, picture)], re.sub(r"[^\w.-]+", "-", heat.method))

    def _exported(self, path: str) -> None:
        self._session.folder = str(Path(path).parent)
        self._history.add(f"Exported to {path}")
        self.exported.emit()
