"""The desk of many: the listed pictures, each with the maps ticked under Compare, computed as they come into sight."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gui.canvas.table import Cell, Place, Table
from gui.canvas.views import MODES
from gui.features.compare.asking import Asking
from gui.features.compare.plan import Column, Question
from gui.features.compare.rows import Row, Rows
from gui.features.compare.tables import cell_of
from gui.menus import Command
from gui.pieces import named
from gui.texts import tr
from gui.whole import name_of
from tfcore.pictures import Picture
from tfcore.pictures.address import PLANES

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.compare.feature import Comparing

# Maps kept, in bytes; what was forgotten is asked again when it is in sight.
_ROOM = 100_000_000
# Selected pictures out of sight that are asked about at once.
_AHEAD = 2
_Key = Qt.KeyboardModifier


class Many(QObject):
    """Rows follow the list in filter, order and selection; what is done with selected pictures is done as ever."""

    def __init__(self, desk: Desk, comparing: Comparing) -> None:
        super().__init__(comparing)
        self._desk, self._comparing = desk, comparing
        self._reader, self._model = desk.explaining.reader, desk.browser.model
        self.asking = Asking(desk.engine, self, room=_ROOM)
        self.rows = named(Rows(self._row), tr("desk of many pictures"))
        # What a cell asks, in the order of the columns, with the layer, model or plane that it is about.
        self._asks: list[tuple[Question, Column]] = []
        self._asked = False
        # The selected pictures that are to be computed wherever they are.
        self._left: list[str] = []
        self._numbers: dict[str, int] = {}
        self._page = desk.docks.pages.addWidget(self.rows)
        what = tr(
            "Each listed picture with what is ticked under Compare; Ctrl+wheel zooms all, a drag "
            "with the right button changes their window, a double click leads to one"
        )
        icon = "mdi6.view-list-outline"
        desk.menus.add([Command("&View", "Desk of &many pictures", self.turn, "Ctrl+5", icon, what)])
        self._connect()

    @property
    def on(self) -> bool:
        """Whether the desk is on show."""
        return self._desk.docks.pages.currentIndex() == self._page

    @property
    def settled(self) -> bool:
        """Every map in sight is there, or never will be."""
        return not self.on or (self.rows.settled() and self.asking.idle)

    def turn(self) -> None:
        """To the desk, or back to one picture."""
        self._desk.docks.pages.setCurrentIndex(0 if self.on else self._page)
        if self.on:
            self._comparing.dock.raise_()
            self._list()

    # --- what is shown ---

    def refresh(self) -> None:
        """Other methods, another model or another class."""
        if self.on:
            self._asked, self._left = False, []
            self._list()

    def run(self) -> None:
        """Compute what is in sight and what is selected, however long it takes, and again what failed."""
        self.asking.forget_failures()
        selected = self._desk.browser.selected()
        self._asked, self._left = True, selected if len(selected) > 1 else []
        self._look()

    def _list(self) -> None:
        if not self.on:
            return
        columns = self._comparing.columns()
        self._asks = [(each, columns[place[1]]) for place, each in sorted(self._comparing.questions("").items())]
        addresses = self._desk.browser.shown()
        self._numbers = {address: row for row, address in enumerate(addresses)}
        names = [f"{each.method}\n{column.name}" for each, column in self._asks]
        self.rows.display, self.rows.hidden = self._desk.canvas.display(), self._desk.canvas.heat_off.isChecked()
        self.rows.show_rows(addresses, ("picture", *names))
        self._mark()

    def _row(self, address: str) -> Row:
        tables: dict[str, dict[Place, Cell]] = {address: {(0, 0): Cell(title=name_of(address))}}
        for number, (question, column) in enumerate(self._asks, start=1):
            if place := self._cut(address, column):
                asked = replace(question, path=place)
                answer = self.asking.answer(asked)
                cell = cell_of(f"{asked.method} · {column.name}", answer, self.asking.awaited(asked))
                tables.setdefault(place, {})[0, number] = cell
        index = self._model.index(self._numbers[address], 0)
        words = str(self._model.data(index, Qt.ItemDataRole.StatusTipRole))
        return Row(words, [(self._reader.get(place), Table(cells=cells)) for place, cells in tables.items()])

    def _cut(self, address: str, column: Column) -> str:
        """The picture of a cell: the row's own, or the middle of another plane of its volume; nothing without one."""
        if not column.plane:
            return address
        whole = self._reader.whole(address)
        planes, own = (whole.planes, whole.address.plane) if whole is not None and whole.planes else ((), PLANES[-1])
        if column.plane == own:
            return address
        return whole.turned(column.plane) if whole is not None and column.plane in planes else ""

    def _look(self) -> None:
        """Read and ask about what is in sight; what is not any more is no longer waited for."""
        if not self.on:
            return
        seen = [self.rows.addresses[row] for row in self.rows.in_sight()]
        wanted = [each for address in seen for each in self._about(address)]
        # The last that is asked for is read first.
        for place in reversed(dict.fromkeys([*seen, *(each.path for each in wanted)])):
            if self._reader.get(place) is None:
                self._reader.ask(place)
        if self._asked or self._comparing.panel.plan().automatic:
            self.asking.want([*wanted, *self._ahead()], self._desk.opening.known)
        self.rows.viewport().update()

    def _about(self, address: str) -> list[Question]:
        return [replace(each, path=place) for each, column in self._asks if (place := self._cut(address, column))]

    def _ahead(self) -> list[Question]:
        """Of the selected pictures the next ones that are not computed yet."""
        while self._left and all(self.asking.answer(each) is not None for each in self._about(self._left[0])):
            self._left.pop(0)
            if not self._left:
                self._desk.jobs.history.add(tr("The maps of the selected pictures are computed."))
        return [each for address in self._left[:_AHEAD] for each in self._about(address)]

    def _came(self) -> None:
        """An answer is there: the next selected picture's turn."""
        if self._left:
            self._look()
        self.rows.viewport().update()

    def _arrived(self, _: str, found: Picture | str) -> None:
        """A picture is there: of a volume it is known now what other planes it has."""
        if isinstance(found, Picture) and any(column.plane for _, column in self._asks):
            self._look()
        self.rows.viewport().update()

    def _mark(self) -> None:
        browser = self._desk.browser
        self.rows.mark(browser.selected(), browser.current() or "")

    # --- what the user does ---

    def _pick(self, row: int, held: Qt.KeyboardModifier) -> None:
        """As in the list: alone, with Ctrl one more or less, with Shift all up to there."""
        browser, address = self._desk.browser, self.rows.addresses[row]
        chosen = list(browser.selected())
        if held & _Key.ShiftModifier and browser.current() in self._numbers:
            first, last = sorted((self._numbers[browser.current() or ""], row))
            browser.choose(self.rows.addresses[first : last + 1])
        elif held & _Key.ControlModifier:
            browser.choose([each for each in chosen if each != address] if address in chosen else [*chosen, address])
        else:
            browser.select(address)

    def _open(self, row: int) -> None:
        self._desk.browser.select(self.rows.addresses[row])
        self.turn()

    def _connect(self) -> None:
        desk, update = self._desk, self.rows.viewport().update
        self.rows.looked.connect(self._look)
        self.rows.picked.connect(self._pick)
        self.rows.opened.connect(self._open)
        self.asking.changed.connect(self._came)
        self._reader.arrived.connect(self._arrived)
        self._model.modelReset.connect(self._list)
        self._model.rowsInserted.connect(lambda *_: self._list())
        self._model.dataChanged.connect(lambda *_: update())
        desk.browser.chosen_changed.connect(self._mark)
        nearer, farther = partial(self.rows.zoom, 1.25), partial(self.rows.zoom, 0.8)
        for name, look in (("fit", self.rows.fit), ("Zoom &in", nearer), ("Zoom o&ut", farther)):
            desk.menus.actions[name].triggered.connect(lambda _=False, look=look: look() if self.on else None)
        # Every way of seeing one picture leads back to it.
        for mode in MODES:
            desk.menus.actions[mode].triggered.connect(lambda: desk.docks.pages.setCurrentIndex(0))
        for changed in (desk.canvas.display_changed, desk.canvas.heat_off.toggled):
            changed.connect(lambda *_: self._list())
