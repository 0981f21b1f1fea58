"""Export and copy: figures of whatever is on show, the one map or what a feature shows in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gui.browser import Browser
from gui.canvas import Canvas
from gui.canvas.painting import qimage
from gui.explaining import Explaining
from gui.home import Home
from gui.panels import JobsPanel
from gui.shown import Shown, Steps
from gui.sweep import PRIORITY
from gui.texts import tr
from tfcore.pictures import Picture
from tfcore.results import Heat

if TYPE_CHECKING:
    # Imported late: nobody makes a figure before the window is seen.
    from gui.export.dialog import Others
    from gui.export.many import Outcome


@dataclass(frozen=True)
class Subject:
    """What a figure would show: rows of (heat, picture), what to call it, and how to lay it out."""

    items: list[tuple[Heat, Picture]]
    what: str
    # How the heats of another picture are made, to be seen in the same way; nothing where there is no other.
    again: Callable[[str], Steps] | None
    layout: str = "rows"

    @property
    def name(self) -> str:
        """Of its file, without ending."""
        from gui.export.writing import name_of

        return name_of([heat for heat, _ in self.items], self.what)


Source = Callable[[], Subject | None]


class Figures(QObject):
    """Asks the features first, the last one first; where none has anything, the map on the canvas is the subject."""

    # There is something to make a figure of, or no longer.
    possible = Signal(bool)
    # A figure was written: the program remembers where.
    exported = Signal()
    # A subject that is to be part of a composed figure.
    added = Signal(object)

    def __init__(
        self, shown: Shown, explaining: Explaining, browser: Browser, canvas: Canvas, jobs: JobsPanel, home: Home
    ) -> None:
        super().__init__(shown)
        self._shown, self._explaining, self._browser, self._canvas = shown, explaining, browser, canvas
        self._history, self._home = jobs.history, home
        # Folders that were opened: nothing is written into them.
        self.data: Callable[[], Sequence[str]] = list
        self._sources: list[Source] = [self._current]
        self._carried: TemporaryDirectory[str] | None = None

    def offer(self, source: Source) -> None:
        """A feature that may have something else on show."""
        self._sources.append(source)

    def subject(self) -> Subject | None:
        """What a figure made now would show."""
        found = (source() for source in reversed(self._sources))
        return next((subject for subject in found if subject is not None and subject.items), None)

    def compose(self, subject: Subject) -> None:
        """Put it into the figure that is being composed."""
        self.added.emit(subject)

    def refresh(self) -> None:
        """What is on show is another."""
        self.possible.emit(self.subject() is not None)

    def export(self, subject: Subject | None = None) -> None:
        """Compose a figure panel, by default of what is on show, for this picture or for many."""
        from gui.export.dialog import ExportDialog
        from gui.export.where import figures_folder

        subject = subject or self.subject()
        if subject is None:
            return
        dialog = ExportDialog(
            subject.items,
            self._canvas.display(),
            figures_folder(self._home) / f"{subject.name}.png",
            self._canvas.window(),
            subject.layout,
            subject.what,
            self._others(subject),
            self.data(),
        )
        dialog.saved.connect(self._exported)
        dialog.many_saved.connect(self._exported_many)
        dialog.open()

    def _others(self, subject: Subject) -> Others | None:
        """Which pictures there are to choose besides the one on show; several that are selected are meant."""
        from gui.export.dialog import Others

        if subject.again is None:
            return None
        selected, shown, listed = self._browser.selected(), self._browser.shown(), len(self._browser.paths())
        chosen = tr("the {n} selected", n=len(selected))
        every = (
            tr("all {n} that match the filter", n=len(shown))
            if len(shown) < listed
            else tr("all {listed} listed", listed=listed)
        )
        choices = {chosen: selected, every: shown}
        if (whole := self._explaining.whole) is not None:
            plane = f"{whole.address.plane} {whole.what}".strip()
            choices[f"all {whole.count} {plane}s of {whole.address.file.name}"] = whole.addresses
        choices = {text: paths for text, paths in choices.items() if len(paths) > 1}
        return Others(choices, subject.again, chosen if chosen in choices else "")

    def copy(self) -> None:
        """The figure of what is on show onto the clipboard."""
        from gui.export.composing import Choices

        if (subject := self.subject()) is not None:
            choices = Choices(display=self._canvas.display(), layout=subject.layout)
            self._copy(lambda: choices.image(subject.items), tr("Panel copied."))

    def copy_bare(self) -> None:
        """The pictures and their heat alone."""
        from tfcore.figure.bare import bare

        if (subject := self.subject()) is not None:
            display = self._canvas.display()
            self._copy(lambda: qimage(bare(subject.items, display)), tr("Copied without words, bars and marks."))

    def _copy(self, draw: Callable[[], QImage], copied: str) -> None:
        from gui.export.clipboard import copy_image

        copy_image(draw, partial(self._history.add, copied), partial(self._history.add, kind="error"), self)

    def carried(self) -> Callable[[], Path] | None:
        """What writes the figure of what is on show, with its record, for as long as the program runs."""
        from gui.export.composing import Choices

        if (subject := self.subject()) is None:
            return None
        self._carried = self._carried or TemporaryDirectory(prefix="heatlens-")
        choices = Choices(display=self._canvas.display(), layout=subject.layout)
        path = Path(self._carried.name) / f"{subject.name}.png"
        return partial(choices.write, subject.items, path, replace=True)

    def _current(self) -> Subject | None:
        heat, picture = self._explaining.heat, self._explaining.picture
        if heat is None or picture is None or self._canvas.heat() is None:
            return None
        drawn = self._shown.drawn(heat)
        return Subject([(drawn, picture)], drawn.method, self._again)

    def _again(self, path: str) -> Steps:
        """The heat of another picture, and what features lay over it as they do here."""
        asking = self._explaining.asking(path, PRIORITY)
        assert asking is not None
        heat = yield asking
        yield from self._shown.bring(heat)
        return [self._shown.drawn(heat)]

    def _exported(self, path: str) -> None:
        self._history.add(tr("Exported to {path}", path=path))
        self._remember(Path(path).parent)

    def _exported_many(self, folder: str, outcome: Outcome) -> None:
        self._history.add(
            tr(
                "Exported {n} of {total} figures to {folder}",
                n=len(outcome.written),
                total=outcome.total,
                folder=folder,
            )
        )
        for problem in outcome.problems:
            self._history.add(problem, "error")
        self._remember(Path(folder))

    def _remember(self, folder: Path) -> None:
        self._home.exports = str(folder)
        self.exported.emit()
