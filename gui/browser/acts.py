"""What can be done with the selected pictures: the menu of the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence

from gui import theme
from gui.browser.choice import Choice
from gui.browser.files import Files
from gui.browser.finding import Finding
from gui.browser.grid import Grid
from gui.browser.places import Places
from gui.browser.scan import visible
from gui.browser.thumbnails import Thumbnails
from tfcore.pictures.address import file_of


class Acts(QObject):
    """Entries of the menu, some of them with keys."""

    def __init__(
        self, files: Files, thumbnails: Thumbnails, grid: Grid, choice: Choice, finding: Finding, places: Places
    ) -> None:
        super().__init__()
        self._files, self._thumbnails, self._grid = files, thumbnails, grid
        self._choice, self._finding, self._places = choice, finding, places
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._act("Copy path", "mdi6.content-copy", self._copy, QKeySequence.StandardKey.Copy)
        self._act("Show in folder", "mdi6.folder-outline", self._show_in_folder)
        self._act("Remove from list", "mdi6.close", self._remove, QKeySequence.StandardKey.Delete)

    def _act(self, text: str, icon: str, then: Callable[[], None], key: QKeySequence.StandardKey | None = None) -> None:
        action = QAction(theme.icon(icon), text, self._grid)
        action.triggered.connect(then)
        if key is not None:
            action.setShortcut(key)
            # In the filter line the same keys edit letters.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._grid.addAction(action)

    def _copy(self) -> None:
        chosen = map(self._places.address, self._choice.selected())
        QGuiApplication.clipboard().setText("\n".join(map(visible, chosen)))

    def _show_in_folder(self) -> None:
        if (path := self._choice.current) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file_of(path).parent)))

    def _remove(self) -> None:
        """Take the selected pictures off the list; the nearest one left becomes current."""
        gone, current = self._choice.selected(), self._choice.current
        row = self._files.listing.row(current) if current in gone else None
        self._thumbnails.forget(gone)
        self._files.remove(gone)
        self._finding.removed |= dict.fromkeys(gone)
        if row is not None:
            rows = len(self._files.listing.rows)
            self._choice.become(self._files.listing.path(min(row, rows - 1)) if rows else None)
        self._finding.changed.emit()
        self._finding.count_changed.emit(len(self._files.listing))
