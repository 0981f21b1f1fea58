"""The browser: filter, order, tiles and count, and what is found by dropping files on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from gui import theme
from gui.browser.bars import Count, Header
from gui.browser.choice import Choice
from gui.browser.delegate import Tile
from gui.browser.empty import Notice
from gui.browser.files import Files
from gui.browser.grid import Grid
from gui.browser.listing import Order
from gui.browser.scan import Entry, Facts, Scan, absolute, visible
from gui.browser.thumbnails import Thumbnails
from tfcore import pictures


class Browser(QWidget):
    """Thumbnails of any number of pictures; files and folders may be dropped on it.

    ``current_changed`` carries the path now current ("" when none is left), ``dropped`` what was dropped on the list,
    ``message`` a sentence about what could not be listed. ``removed`` are the pictures the user took off.
    """

    # Paths travel as objects: Qt's own strings lose file names that are not valid Unicode.
    current_changed = Signal(object)
    count_changed = Signal(int)
    dropped = Signal(object)
    message = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._awaited: str | None = None  # becomes current as soon as it is found
        self._dropped = False  # the first picture found becomes current
        self._looking = 0
        # In order, as the keys of a dictionary.
        self.removed: dict[str, None] = {}
        self._files, self._thumbnails, self._scan = Files(), Thumbnails(), Scan()
        self._header, self._count, self._notice = Header(), Count(), Notice()
        self._tile = Tile(self._files, self._thumbnails)
        self._grid = Grid(self._files, self._tile)
        self._choice = Choice(self._files, self._grid)
        self._resort = QTimer(self, singleShot=True, interval=300)
        self._lay_out()
        self._connect()
        self._tell()

    # --- what the window asks ---

    def add(self, paths: Iterable[str | Path]) -> None:
        """List pictures and the pictures below folders; they appear as they are found, each path once.

        What was taken off the list before comes back.
        """
        asked = [Path(absolute(path)) for path in paths]
        if asked:
            back = set(asked)
            self.removed = {each: None for each in self.removed if back.isdisjoint((Path(each), *Path(each).parents))}
            self._looking += 1
            self._scan.look(asked)
            self._tell()

    def clear(self) -> None:
        """Forget all pictures and stop looking for more."""
        self._scan.stop()
        self._looking, self._awaited, self._dropped = 0, None, False
        self.removed = {}
        self._thumbnails.forget(self.paths())
        self._files.clear()
        self._choice.become(None)
        self._tell()
        self.count_changed.emit(0)

    def paths(self) -> list[str]:
        """Every listed picture, by name, whether the filter shows it or not."""
        return self._files.listing.paths()

    def shown(self) -> list[str]:
        """The pictures that the filter shows, in their order."""
        return [self._files.listing.path(row) for row in range(len(self._files.listing.rows))]

    def selected(self) -> list[str]:
        """The selected ones among them."""
        return self._choice.selected()

    def current(self) -> str | None:
        """The picture to look at; it stays current while a filter hides it."""
        return self._choice.current

    def select(self, path: str | Path) -> None:
        """Make a picture the current one; one that is still being looked for becomes it when it is found."""
        path = absolute(path)
        if path in self._files.listing:
            self._awaited = None
            self._choice.become(path)
        else:
            self._awaited = path

    @property
    def looking(self) -> bool:
        """Whether folders are still being searched."""
        return self._looking > 0

    def show_first(self) -> None:
        """The first picture found next becomes the current one."""
        self._dropped = True

    def ahead(self, n: int) -> list[str]:
        """The next pictures in the direction the user last moved, nearest first."""
        return self._choice.ahead(n)

    def sort_by(self, order: Order) -> None:
        """Sort as if the user had picked it."""
        self._header.order.setCurrentIndex(self._header.order.findData(order))

    def annotate(self, path: str | Path, text: str, level: float | None = None) -> None:
        """Write short lines under a picture; "least sure first" puts the highest level first."""
        lines = self._files.listing.note_lines()
        self._files.annotate(absolute(path), text, level)
        if self._files.listing.note_lines() != lines:
            self._grid.doItemsLayout()
        # Not put off by the next one: a list that is ranked in the background follows while it is.
        if self._files.listing.order == "least sure" and not self._resort.isActive():
            self._resort.start()

    # --- parts ---

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        self.setFocusProxy(self._grid)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._grid)
        self._pages.addWidget(self._notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self._pages, 1)
        column.addWidget(self._count)
        self._grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
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

    def _connect(self) -> None:
        self._scan.found.connect(self._take_in)
        self._scan.facts.connect(self._learn)
        self._scan.ended.connect(self._looked)
        self._scan.problem.connect(self.message)
        self._header.filter.textChanged.connect(self._filter)
        self._header.filter.returnPressed.connect(self._grid.setFocus)
        self._header.order_changed.connect(self._sort)
        self._resort.timeout.connect(self._files.arrange)
        self._grid.in_sight.connect(self._make_thumbnails)
        self._choice.changed.connect(self.current_changed)
        self._thumbnails.arrived.connect(self._grid.repaint_file)

    def _tell(self) -> None:
        """Bring the count up to date, and the notice where there is no tile."""
        listing, looking = self._files.listing, self._looking > 0
        self._count.tell(len(listing.rows), len(listing), looking)
        self._pages.setCurrentWidget(self._grid if listing.rows else self._notice)
        if len(listing):
            self._notice.say(
                "mdi6.image-search-outline", "No picture matches the filter", "Name, folder and label are searched"
            )
        elif looking:
            self._notice.say("mdi6.image-search-outline", "Looking for pictures…")
        else:
            self._notice.say("mdi6.image-plus-outline", "Drop pictures here", "Files or whole folders", framed=True)

    # --- finding ---

    def _take_in(self, batch: list[Entry]) -> None:
        listing = self._files.listing
        count = len(listing)
        batch = [entry for entry in batch if entry.path not in self.removed]
        self._files.append(batch)
        self._tell()
        if self._awaited is not None and self._awaited in listing:
            self.select(self._awaited)
        elif batch and (self._dropped or self.current() is None):
            self._choice.become(batch[0].path)
        self._dropped = self._dropped and not batch
        if len(listing) != count:
            self.count_changed.emit(len(listing))

    def _looked(self) -> None:
        self._looking -= 1
        if self._looking == 0:
            self._awaited, self._dropped = None, False
        self._ask_disk()
        self._tell()

    def _ask_disk(self) -> None:
        if unknown := self._files.listing.unknown():
            self._scan.ask(unknown)

    def _learn(self, facts: list[Facts]) -> None:
        self._files.listing.learn(facts)
        self._resort.start()

    def _make_thumbnails(self, rows: list[int], pixels: int) -> None:
        self._thumbnails.want([self._files.listing.path(row) for row in rows], pixels)

    # --- what the user does ---

    def _filter(self, text: str) -> None:
        self._files.set_filter(text)
        self._choice.reveal()
        self._tell()

    def _sort(self, order: Order) -> None:
        self._files.set_order(order)
        self._choice.reveal()
        self._ask_disk()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(map(visible, self._choice.selected())))

    def _show_in_folder(self) -> None:
        if (path := self.current()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))

    def _remove(self) -> None:
        """Take the selected pictures off the list; the nearest one left becomes current."""
        gone = self._choice.selected()
        row = self._files.listing.row(self.current()) if self.current() in gone else None
        self._thumbnails.forget(gone)
        self._files.remove(gone)
        self.removed |= dict.fromkeys(gone)
        if row is not None:
            rows = len(self._files.listing.rows)
            self._choice.become(self._files.listing.path(min(row, rows - 1)) if rows else None)
        self._tell()
        self.count_changed.emit(len(self._files.listing))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders and pictures are for this list; anything else may be for the window around it."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if any(Path(path).is_dir() or pictures.is_picture(path) for path in files):
            event.acceptProposedAction()
            self._notice.say("mdi6.image-plus-outline", "Drop to add", framed=True)
            self._pages.setCurrentWidget(self._notice)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._tell()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped and show the first of it."""
        event.acceptProposedAction()
        self.show_first()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        self.add(paths)
        self.dropped.emit(paths)
        self._tell()
