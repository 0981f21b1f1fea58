"""What can be done with the selected pictures: the menu of the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication

from gui import theme
from gui.browser.choice import Choice
from gui.browser.files import Files
from gui.browser.finding import Finding
from gui.browser.grid import Grid
from gui.browser.notes import Note
from gui.browser.places import Places
from gui.browser.scan import Entry, name_of, visible
from gui.browser.thumbnails import Thumbnails
from gui.texts import tr
from gui.undo import Step
from tfcore.pictures.address import file_of


class Taken(NamedTuple):
    """What was taken off the list, to be put back."""

    entries: list[Entry]
    notes: dict[str, Note]
    current: str | None
    # With the whole list: what of it had been taken off before, and the masks beside it.
    removed: dict[str, None]
    masks: set[str]


class Acts(QObject):
    """Entries of the menu, some of them with keys."""

    # The list is another: the way back.
    stepped = Signal(object)

    def __init__(
        self, files: Files, thumbnails: Thumbnails, grid: Grid, choice: Choice, finding: Finding, places: Places
    ) -> None:
        super().__init__()
        self._files, self._thumbnails, self._grid = files, thumbnails, grid
        self._choice, self._finding, self._places = choice, finding, places
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        finding.watching.went.connect(self._vanished)
        self._act(tr("Copy path"), "mdi6.content-copy", self.copy, QKeySequence.StandardKey.Copy)
        self._act(tr("Show in folder"), "mdi6.folder-outline", self._show_in_folder)
        self._act(tr("Remove from list"), "mdi6.close", self._remove, QKeySequence.StandardKey.Delete)

    def _act(self, text: str, icon: str, then: Callable[[], None], key: QKeySequence.StandardKey | None = None) -> None:
        action = QAction(theme.icon(icon), text, self._grid)
        action.triggered.connect(then)
        if key is not None:
            action.setShortcut(key)
            # In the filter line the same keys edit letters.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._grid.addAction(action)

    def copy(self) -> None:
        """The addresses of the selected pictures, one a line."""
        chosen = map(self._places.address, self._choice.selected())
        QGuiApplication.clipboard().setText("\n".join(map(visible, chosen)))

    def select_all(self) -> None:
        """All pictures that the filter shows; where another list or table has the keys, all of that."""
        focused = QApplication.focusWidget()
        (focused if isinstance(focused, QAbstractItemView) else self._grid).selectAll()

    def _show_in_folder(self) -> None:
        if (path := self._choice.current) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file_of(path).parent)))

    def listed(self) -> set[str]:
        """What is listed now."""
        return set(self._files.listing.paths())

    def opened(self, what: str, before: set[str]) -> int:
        """How many pictures came to those that were listed before; they can leave again."""
        came = [path for path in self._files.listing.paths() if path not in before]
        if came:
            again = partial(self._put_back, self._taken(came))
            self.stepped.emit(Step(tr("opening {what}", what=what), partial(self._take_off, came), again))
        return len(came)

    def clear(self) -> None:
        """Forget all pictures and stop looking for more."""
        finding, paths = self._finding, self._files.listing.paths()
        taken = self._taken(paths)._replace(removed=finding.removed, masks=set(finding.masks))
        finding.forget()
        self._thumbnails.forget(paths)
        self._files.clear()
        self._choice.become(None)
        self._tell()
        if paths:
            self.stepped.emit(Step(tr("clearing the list"), partial(self._put_back, taken), self.clear))

    def _remove(self) -> None:
        """Take the selected pictures off the list."""
        gone = self._choice.selected()
        if gone:
            what = (
                tr("removing {n} pictures", n=len(gone))
                if len(gone) > 1
                else tr("removing {gone}", gone=name_of(gone[0]))
            )
            back = partial(self._put_back, self._taken(gone))
            self._take_off(gone)
            self.stepped.emit(Step(what, back, partial(self._take_off, gone)))

    def _vanished(self, paths: list[str]) -> None:
        """Files that are there no longer leave the list; when they come back, they are listed again."""
        lost = set(paths)
        gone = [path for path in self._files.listing.paths() if str(file_of(path)) in lost]
        if gone:
            self._take_off(gone)
            self._finding.removed = {path: None for path in self._finding.removed if path not in gone}
            what = tr("{n} pictures are", n=len(gone)) if len(gone) > 1 else tr("{gone} is", gone=name_of(gone[0]))
            self._finding.scan.problem.emit(tr("{what} no longer there, and off the list.", what=what))

    def _take_off(self, gone: list[str]) -> None:
        """The nearest picture left becomes current."""
        current = self._choice.current
        row = self._files.listing.row(current) if current in gone else None
        self._thumbnails.forget(gone)
        self._files.remove(gone)
        self._finding.removed |= dict.fromkeys(gone)
        if row is not None:
            rows = len(self._files.listing.rows)
            self._choice.become(self._files.listing.path(min(row, rows - 1)) if rows else None)
        self._tell()

    def _taken(self, paths: list[str]) -> Taken:
        listing, gone = self._files.listing, set(paths)
        notes = {path: note for path, note in listing.notes(len(listing)).items() if path in gone}
        return Taken(listing.entries(paths), notes, self._choice.current, {}, set())

    def _put_back(self, taken: Taken) -> None:
        finding, back = self._finding, {entry.path for entry in taken.entries}
        finding.removed = {path: None for path in finding.removed if path not in back} | taken.removed
        finding.masks |= taken.masks
        self._files.append(taken.entries)
        for path, note in taken.notes.items():
            self._files.annotate(path, note)
        self._files.arrange()
        self._choice.become(taken.current)
        self._tell()

    def _tell(self) -> None:
        self._finding.changed.emit()
        self._finding.count_changed.emit(len(self._files.listing))
