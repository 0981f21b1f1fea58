"""The table of measurements: a row for every region of every picture, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui.canvas.readout import NOTHING, tabular
from gui.canvas.wrapping import wrapped
from gui.features.measure.numbers import Entry, Found
from gui.panels.labels import label
from gui.pieces import button, column, named
from gui.texts import tr
from gui.whole import name_of
from tfcore.measure import number, spread

# What each column shows; the second one can be typed into.
_HEADS = {
    tr("picture"): tr("The picture, and the slice of it"),
    tr("region"): tr("Its name: type another one (F2)"),
    tr("kind"): "",
    tr("size"): tr("Area, length or angle; in pixels where the file does not say how large they are"),
    tr("pixels"): tr("Pixels whose middle lies inside"),
    tr("mean ± sd"): tr("Of the picture's own values"),
    tr("min"): "",
    tr("max"): "",
    tr("heat ± sd"): tr("Mean and standard deviation of the raw heat inside"),
    tr("heat min"): "",
    tr("heat max"): "",
    tr("heat inside"): tr("Share of the picture's positive heat that lies inside"),
}
# Words, icon, and what it does.
_BUTTONS = {
    "copy": (
        tr("Copy"),
        "mdi6.content-copy",
        tr("All rows, or those selected where there are several, as text with tabs between, for a spreadsheet"),
    ),
    "csv": (tr("Export CSV…"), "mdi6.table-arrow-down", tr("All rows as a table, with every number in full")),
    "save": (
        tr("Save regions…"),
        "mdi6.content-save-outline",
        tr("All regions as a file that the command line measures too (heatlens measure)"),
    ),
    "load": (
        tr("Load regions…"),
        "mdi6.folder-open-outline",
        tr("Regions from such a file, beside those that are here"),
    ),
    "delete": (
        tr("Delete"),
        "mdi6.delete-outline",
        tr("Take the selected regions away (Delete; Ctrl+Z brings them back)"),
    ),
}
_NAME = list(_HEADS).index(tr("region"))
_EMPTY = tr("Draw on the picture: pick a tool at its left, or press B for a rectangle and N for one in the middle.")


class MeasureTable(QWidget):
    """Shows rows; ``renamed``, ``deleted``, ``chosen`` and ``opened`` carry the numbers of rows."""

    renamed = Signal(int, str)
    deleted = Signal(list)
    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # What stands there, unless something was typed over it.
        self._lines: list[tuple[list[str], str, bool]] | None = None
        self.rows = named(QTableWidget(0, len(_HEADS)), tr("measurements"))
        for place, (name, tip) in enumerate(_HEADS.items()):
            head = QTableWidgetItem(name)
            head.setToolTip(tip)
            self.rows.setHorizontalHeaderItem(place, head)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.setFont(tabular(self.font()))
        self.rows.setShowGrid(False)
        self.rows.verticalHeader().hide()
        self.rows.horizontalHeader().setStretchLastSection(True)
        self.rows.horizontalHeader().setHighlightSections(False)
        self.rows.setTabKeyNavigation(False)
        self.empty = label(_EMPTY, "quiet")
        self.buttons = {name: button(text, tip, icon=icon) for name, (text, icon, tip) in _BUTTONS.items()}
        line = wrapped(*self.buttons.values())
        self.setLayout(column(column(line, self.empty, margins=(6, 4, 6, 2), spacing=4), (self.rows, 1), spacing=0))
        self.rows.itemChanged.connect(self._typed)
        self.rows.itemSelectionChanged.connect(self._choose)
        self.rows.cellDoubleClicked.connect(lambda line, place: None if place == _NAME else self.opened.emit(line))
        self.buttons["delete"].clicked.connect(lambda: self.deleted.emit(self.selected()))
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.rows)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(lambda: self.deleted.emit(self.selected()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            # When the headings have the letters, too.
            QTimer.singleShot(0, self.rows, self.rows.resizeColumnsToContents)

    def selected(self) -> list[int]:
        return sorted({index.row() for index in self.rows.selectionModel().selectedRows()})

    def select(self, row: int) -> None:
        """Mark a row without saying so; none for −1."""
        with QSignalBlocker(self.rows):
            self.rows.clearSelection()
            if row >= 0:
                self.rows.selectRow(row)
                self.rows.scrollTo(self.rows.model().index(row, 0))

    def show_rows(self, entries: Sequence[Entry], found: Sequence[Found | None], here: str) -> None:
        """Rows in their order; those of the picture on show stand out."""
        lines = [
            (cells(entry, numbers), numbers.why if numbers else "", entry[0] == here)
            for entry, numbers in zip(entries, found, strict=True)
        ]
        if lines == self._lines:
            return
        self._lines = lines
        with QSignalBlocker(self.rows):
            self.rows.setRowCount(len(lines))
            for row, line in enumerate(lines):
                self._fill(row, *line)
        self.rows.resizeColumnsToContents()
        self.empty.setVisible(not entries)
        for name, each in self.buttons.items():
            each.setEnabled(bool(entries) or name == "load")

    def _fill(self, row: int, texts: Sequence[str], why: str, here: bool) -> None:
        for place, text in enumerate(texts):
            item = self.rows.item(row, place)
            if item is None:
                item = QTableWidgetItem()
                if place != _NAME:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if place > _NAME + 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.rows.setItem(row, place, item)
            item.setText(text)
            item.setToolTip(why)
            font = item.font()
            font.setBold(here and place == 0)
            item.setFont(font)

    def _typed(self, item: QTableWidgetItem) -> None:
        if item.column() == _NAME:
            self._lines = None
            self.renamed.emit(item.row(), item.text())

    def _choose(self) -> None:
        rows = self.selected()
        self.chosen.emit(rows[0] if len(rows) == 1 else -1)


def cells(entry: Entry, found: Found | None) -> list[str]:
    """The texts of a row."""
    path, roi = entry
    said = [name_of(path), roi.name, roi.kind]
    if found is None:
        return [*said, "…", *([""] * (len(_HEADS) - 4))]
    holds = found.holds
    return [
        *(*said, holds.size or NOTHING, "" if holds.n is None else f"{holds.n:,}"),
        *(holds.spread, number(holds.min), number(holds.max)),
        *(spread(holds.heat_mean, holds.heat_sd), number(holds.heat_min), number(holds.heat_max)),
        "" if holds.heat_share is None else f"{100 * holds.heat_share:.1f} %",
    ]
