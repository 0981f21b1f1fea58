"""Methods × metrics: the mean of every cell, shaded by its rank among the methods."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from gui.texts import counted, tr
from gui.theme import colour
from tfcore.results import Cell, CellKey
from tfcore.words import model_names

_ARROWS = {"higher": "↑", "lower": "↓"}
# How much of the accent lies behind the best cell of a column; the worst has none.
_STRONGEST = 110

RowKey = tuple[str, str, str]


class Matrix(QTableWidget):
    """Rows are methods at layers (of models), columns metrics. ``picked`` says whose pictures are wanted."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("methods and metrics"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.horizontalHeader().setHighlightSections(False)
        self._rows: list[RowKey] = []
        self._metrics: list[str] = []
        self._cells: Mapping[CellKey, Cell] = {}
        self.currentCellChanged.connect(lambda *_: self._pick())
        self.cellClicked.connect(lambda *_: self._pick())

    def show_cells(self, cells: Mapping[CellKey, Cell]) -> None:
        """These, in the order in which they came; what is selected stays so."""
        rows = list(dict.fromkeys(key[:3] for key in cells))
        metrics = list(dict.fromkeys(key.metric for key in cells))
        self._cells = cells
        if (rows, metrics) != (self._rows, self._metrics):
            self._rows, self._metrics = rows, metrics
            self._begin()
        self._fill()

    def key(self) -> CellKey | None:
        """The cell that is selected."""
        return self._key_at(self.currentRow(), self.currentColumn())

    def _key_at(self, row: int, column: int) -> CellKey | None:
        if not (0 <= row < len(self._rows) and 0 <= column < len(self._metrics)):
            return None
        key = CellKey(*self._rows[row], self._metrics[column])
        return key if key in self._cells else None

    def _pick(self) -> None:
        if (key := self.key()) is not None:
            self.picked.emit(key)

    def _begin(self) -> None:
        self.blockSignals(True)
        self.setRowCount(len(self._rows))
        self.setColumnCount(len(self._metrics))
        models = model_names(dict.fromkeys(model for model, _, _ in self._rows))
        names = [" · ".join([*[models[row[0]]] * (len(models) > 1), row[1], row[2]]) for row in self._rows]
        for row, name in enumerate(names):
            head = QTableWidgetItem(name)
            head.setToolTip(name)
            self.setVerticalHeaderItem(row, head)
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, item)
        self.blockSignals(False)

    def _fill(self) -> None:
        for column, metric in enumerate(self._metrics):
            found = {row: self._cells.get(CellKey(*name, metric)) for row, name in enumerate(self._rows)}
            ranks = _ranks({row: cell for row, cell in found.items() if cell is not None and cell.mean is not None})
            better = next((cell.better for cell in found.values() if cell), "higher")
            head = QTableWidgetItem(f"{metric} {_ARROWS[better]}")
            head.setToolTip(
                tr("{metric}: {better} is better; the mean over the pictures", metric=metric, better=better)
            )
            self.setHorizontalHeaderItem(column, head)
            for row, cell in found.items():
                if (item := self.item(row, column)) is not None:
                    _show(item, cell, ranks.get(row))
        self.resizeColumnsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long names leave room for the numbers."""
        self.verticalHeader().setMaximumWidth(self.width() // 2)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Colours are those of the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_cells"):
            self._fill()


def _ranks(cells: Mapping[int, Cell]) -> dict[int, float]:
    """From 0, the worst, to 1, the best; alone there is nothing to be better than."""
    signs = {"higher": 1, "lower": -1}
    order = sorted(cells, key=lambda row: signs[cells[row].better] * (cells[row].mean or 0))
    return {row: place / (len(order) - 1) for place, row in enumerate(order)} if len(order) > 1 else {}


def _show(item: QTableWidgetItem, cell: Cell | None, rank: float | None) -> None:
    item.setText("" if cell is None else "–" if cell.mean is None else f"{cell.mean:.3g}")
    item.setToolTip("" if cell is None else told(cell))
    shade = colour("accent")
    shade.setAlpha(round(_STRONGEST * (rank or 0)))
    item.setBackground(shade if rank else QColor(0, 0, 0, 0))
    font = item.font()
    font.setBold(rank == 1)
    item.setFont(font)


def told(cell: Cell) -> str:
    """All of a cell in words.

    >>> told(Cell("higher", 9, 0.1314, 0.0931, 0.1715, "3 nothing marked"))
    'mean 0.1314 (95 % 0.0931 to 0.1715) over 9 pictures; left out: 3 nothing marked'
    """
    interval = (
        ""
        if cell.low is None or cell.high is None
        else tr(" (95 % {low:.4g} to {high:.4g})", low=cell.low, high=cell.high)
    )
    mean = (
        tr("no picture has a number")
        if cell.mean is None
        else tr("mean {mean:.4g}{interval}", mean=cell.mean, interval=interval)
    )
    over = tr(" over {pictures}", pictures=counted(cell.n, "picture")) if cell.n else ""
    return mean + over + (tr("; left out: {left_out}", left_out=cell.left_out) if cell.left_out else "")
