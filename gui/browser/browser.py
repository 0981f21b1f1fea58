"""The browser: filter, order, tiles and count, and what is found by dropping files on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isnan
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from gui.browser.acts import Acts
from gui.browser.bars import ORDERS, Count, Header
from gui.browser.cases import Cases
from gui.browser.choice import Choice
from gui.browser.delegate import Tile
from gui.browser.empty import Notice
from gui.browser.files import Files, addresses_in
from gui.browser.finding import Finding
from gui.browser.grid import Grid
from gui.browser.notes import Mark, Note, Order, is_ranked
from gui.browser.places import Places
from gui.browser.scan import absolute
from gui.browser.thumbnails import Thumbnails
from gui.browser.workers import folders_among
from gui.pieces import column
from gui.whole import place_of
from tfcore import pictures


class Browser(QWidget):
    """Thumbnails of any number of pictures; files and folders may be dropped on it. A volume is one of them, and named
    by the address of the slice that is looked at.

    ``current_changed`` carries the path now current ("" when none is left), ``dropped`` what was dropped on the list:
    whoever hears it says what is listed. ``message`` is a sentence about what could not be listed.
    """

    # Paths travel as objects: Qt's own strings lose file names that are not valid Unicode.
    current_changed = Signal(object)
    count_changed = Signal(int)
    chosen_changed = Signal()
    dropped = Signal(object)
    message = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = self._files = Files()
        self._header, self._count, self._notice, self._thumbnails = Header(), Count(), Notice(), Thumbnails()
        self._tile = Tile(self._files, self._thumbnails)
        self._grid = Grid(self._files, self._tile)
        self._choice, self._places = Choice(self._files, self._grid), Places()
        self._files.address = self._places.address
        self.finding = Finding(self._files, self._thumbnails, self._choice, self)
        self.acts = Acts(self._files, self._thumbnails, self._grid, self._choice, self.finding, self._places)
        self.clear, self.looked = self.acts.clear, self._header.looked
        self.cases = Cases(self._files, self._header, self._tile_of)
        self._resort = QTimer(self, singleShot=True, interval=300)
        self._lay_out()
        self._connect()
        self._tell()

    # --- what the window asks ---

    def add(self, paths: Iterable[str | Path], show: bool = False) -> None:
        """List pictures and the pictures below folders; they appear as they are found, each path once.

        What was taken off the list before comes back. ``show``: the first of them becomes the current one.
        """
        self.finding.look(paths, show)

    def paths(self) -> list[str]:
        """Every listed picture, by name, shown or not."""
        return list(map(self._places.address, self._files.listing.paths()))

    def shown(self) -> list[str]:
        """The pictures that the filter shows, in their order."""
        return [self._places.address(self._files.listing.path(row)) for row in range(len(self._files.listing.rows))]

    def selected(self) -> list[str]:
        return list(map(self._places.address, self._choice.selected()))

    def chosen(self) -> list[str]:
        """The selected pictures as they are listed, a volume by its file; else the current one."""
        return self._choice.selected() or list(filter(None, [self._choice.current]))

    def choose(self, listed: Iterable[str]) -> None:
        """Select these, now or when they are found; the current picture stays."""
        self.finding.choose(map(self._tile_of, listed))

    def current(self) -> str | None:
        """The picture to look at; it stays current while a filter hides it."""
        return None if self._choice.current is None else self._places.address(self._choice.current)

    def turn_to(self, address: str) -> None:
        """Look at another slice of the current volume: among slices that are listed each for itself, at its tile."""
        tile = self._choice.current
        if tile is not None and place_of(tile) and address in self._files.listing:
            self._choice.become(address)
        elif tile is not None and address != self.current():
            self._places.put(tile, address)
            self.current_changed.emit(address)

    def count_slices(self, address: str, count: int) -> None:
        """How many slices a listed picture stands for, unless it is one of them by name."""
        tile = self._tile_of(address)
        if not place_of(tile):
            self._thumbnails.count(tile, count)
            self._grid.repaint_file(tile)

    def select(self, path: str | Path) -> None:
        """Make a picture the current one; one that is still being looked for becomes it when it is found."""
        self.finding.select(self._tile_of(absolute(path)))

    @property
    def looking(self) -> bool:
        return self.finding.looking

    def ahead(self, n: int) -> list[str]:
        """The next pictures in the direction the user last moved, nearest first."""
        return list(map(self._places.address, self._choice.ahead(n)))

    def sort_by(self, order: Order) -> None:
        """Sort as if the user had picked it."""
        self._header.order.setCurrentIndex(max(0, self._header.order.findData(order)))

    def search(self) -> None:
        """Type into the filter from now on."""
        self._header.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._header.filter.selectAll()

    def look(self) -> dict[str, Any]:
        """How the list is narrowed and sorted, for the next session."""
        listing, header, order = self._files.listing, self._header, self._header.order.currentData()
        # What a model or a metric found is not there at the next start; what a reviewer said is.
        only = "" if is_ranked(listing.cases.get(header.only.currentData(), {})) else header.only.currentData()
        how = {"order": order if order in ORDERS else "name", "filter": header.filter.text(), "only": only}
        return {**how, "places": {tile: place for tile, place in self._places.all().items() if tile in listing}}

    def set_look(
        self, order: Order = "name", filter: str = "", only: str = "", places: Mapping[str, str] | None = None
    ) -> None:
        """Narrow and sort the list as it was left, its volumes at the slices they were left at."""
        self._places.recall(places or {})
        self.sort_by(order)
        self._header.filter.setText(filter)
        # A case of a feature may be there no longer.
        self._header.only.setCurrentIndex(max(0, self._header.only.findData(only)))

    def offer(self, action: QAction) -> None:
        """One more entry of the list's menu."""
        self._grid.addAction(action)

    def _tile_of(self, address: str) -> str:
        """The tile of a picture: its own, or that of the volume it was looked at in."""
        return address if address in self._files.listing else self._places.tile(address)

    # --- what is said of pictures ---

    def annotate(
        self, path: str | Path, text: str, level: float | None = None, predicted: str = "", share: float | None = None
    ) -> None:
        """Write short lines under a picture: what is predicted; "least sure first" puts the highest level first."""
        lines, address = self._files.listing.note_lines(), absolute(path)
        tile = self._tile_of(address)
        if self._places.address(tile) != address:
            # Of a volume the slice that is looked at speaks.
            return
        if text and tile != address:
            text = f"{place_of(address)}: {text}"
        known = None if level is None or isnan(level) else level
        self._files.annotate(tile, Note(text, known, predicted, probability=share))
        self._said(lines)

    def notes(self, most: int) -> dict[str, Note]:
        """What is written under the pictures, the newest, also under those that are not found yet."""
        return self.finding.recalled | self._files.listing.notes(most)

    def recall(self, notes: Mapping[str, Note]) -> None:
        """Write what was written in an earlier session, except under pictures that were changed since."""
        self.finding.recall(notes)

    def forget_notes(self) -> None:
        """Nothing stands under the pictures any more."""
        self.finding.recall({})
        lines = self._files.listing.note_lines()
        listing = self._files.listing
        for path in listing.notes(len(listing)):
            listing.annotate(path, Note(""))
        self._said(lines)

    def label(self, labels: Mapping[str, str]) -> None:
        """What pictures really show: their predictions are marked as right or wrong by it."""
        self._files.listing.label({self._tile_of(path): label for path, label in labels.items()})
        self._grid.viewport().update()
        self._follow()

    def labels(self) -> dict[str, str]:
        """What listed pictures really show, of those of which it is known."""
        return self._files.listing.labels()

    def verdict(self, path: str | Path) -> tuple[str, Mark]:
        """What a picture really shows, and whether its prediction is that."""
        listing, tile = self._files.listing, self._tile_of(absolute(path))
        return listing.label_of(tile), listing.mark_of(tile)

    def refresh(self, path: str) -> None:
        """The file of a picture is another one now: what was said of it and its thumbnail are of the old one."""
        self.annotate(path, "")
        self._thumbnails.forget([self._tile_of(path)])
        self._grid.look_again()

    def _said(self, lines: int) -> None:
        """What is written is another; there were so many lines under a picture before."""
        if self._files.listing.note_lines() != lines:
            self._grid.doItemsLayout()
        self._grid.viewport().update()
        # Not put off by the next one: a list that is ranked in the background follows while it is.
        if not self._resort.isActive():
            self._resort.start()

    # --- parts ---

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        self.setFocusProxy(self._grid)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._grid)
        self._pages.addWidget(self._notice)
        self.setLayout(column(self._header, (self._pages, 1), self._count, spacing=0))

    def _connect(self) -> None:
        self.finding.changed.connect(self._tell)
        self.finding.count_changed.connect(self.count_changed)
        self.finding.learnt.connect(self._resort.start)
        self.finding.scan.problem.connect(self.message)
        self._header.filter.textChanged.connect(self._filter)
        self._header.filter.returnPressed.connect(self._grid.setFocus)
        self._header.order_changed.connect(self._sort)
        self._header.only_changed.connect(self._show_only)
        self._resort.timeout.connect(self._follow)
        want, path = self._thumbnails.want, self._files.listing.path
        self._grid.in_sight.connect(lambda rows, pixels: want(map(path, rows), pixels))
        self._choice.changed.connect(lambda tile: self.current_changed.emit(self._places.address(tile)))
        self._choice.chosen.connect(self.chosen_changed)
        self._thumbnails.arrived.connect(self._grid.repaint_file)
        self._thumbnails.counted.connect(self._tell)

    def _tell(self) -> None:
        """Bring the count up to date, and the notice where there is no tile."""
        listing, looking = self._files.listing, self.finding.said
        masks, unpredicted = len(self.finding.masks), listing.unpredicted()
        slices = sum(count for tile, count in self._thumbnails.slices.items() if tile in listing)
        self._count.tell(len(listing.rows), len(listing), looking, masks, unpredicted, slices)
        self._pages.setCurrentWidget(self._grid if listing.rows else self._notice)
        self._notice.tell(len(listing), bool(looking))

    def _follow(self) -> None:
        """Rows and counts by what is known now."""
        listing = self._files.listing
        if listing.order != "name" or listing.narrowed:
            self._files.arrange()
        self._header.tell_marks(listing.labelled, listing.marks)
        self._tell()
        self.cases.judged.emit()

    # --- what the user does ---

    def _filter(self, text: str) -> None:
        self._files.set_filter(text)
        self._choice.reveal()
        self._tell()

    def _show_only(self, mark: str) -> None:
        self._files.set_only(mark)
        self._choice.reveal()
        self._follow()

    def _sort(self, order: str) -> None:
        self._files.set_order(order)
        self._choice.reveal()
        self.finding.ask_disk()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders and pictures are for this list; anything else may be for the window around it."""
        if any(map(pictures.is_picture, dragged := addresses_in(event.mimeData()))) or folders_among(dragged):
            event.acceptProposedAction()
            self._notice.invite()
            self._pages.setCurrentWidget(self._notice)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._tell()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        event.acceptProposedAction()
        self.dropped.emit(addresses_in(event.mimeData()))
        self._tell()
