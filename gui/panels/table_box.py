"""An editable table of a few rows: from names to values, such as from layers to their rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gui.pieces import button, column, row, tool
from gui.texts import tr
from tfcore.registry import Param


class TableBox(QWidget):
    """Rows of a name and a value, both typed or picked from what is usual; rows that are not filled do not count."""

    changed = Signal()

    def __init__(self, param: Param) -> None:
        super().__init__()
        self._param = param
        self.rows: list[Row] = []
        self._column = column(spacing=2)
        self.add = button(tr("Add a row"), "", lambda: self._add().name.setFocus(), "mdi6.plus")
        self.setLayout(column(self._column, self.add, spacing=2))
        self.setFocusProxy(self.add)

    def text(self) -> str:
        """The table as JSON; nothing where no row is filled."""
        table = {name: value for name, value in (row.pair() for row in self.rows) if name and value}
        return json.dumps(table, ensure_ascii=False) if table else ""

    def set_text(self, text: str) -> None:
        """Show a table without a signal."""
        with QSignalBlocker(self):
            for row in list(self.rows):
                self._remove(row)
            for name, value in json.loads(text or "{}").items():
                self._add(name, value)

    def offer(self, names: Sequence[str], values: Sequence[str], asked: Iterable[str]) -> None:
        """What is usual from now on; each name that is asked for has a row that waits for its value."""
        self._param = replace(self._param, names=tuple(names), choices=tuple(values))
        held = json.loads(self.text() or "{}")
        self.set_text(json.dumps({**dict.fromkeys(asked, ""), **held}))

    def _add(self, name: str = "", value: str = "") -> Row:
        row = Row(self._param, name, value)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _remove(self, row: Row) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()


class Row(QWidget):
    """A name, its value, and a button that takes them away; ``changed`` once something is picked or typed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, param: Param, name: str, value: str) -> None:
        super().__init__()
        self.name = Typed(param.names, name, tr("{name}: name", name=param.name))
        self.value = Typed(param.choices, value, tr("{name}: value", name=param.name))
        away = tool(tr("Take this row away"), self.removed.emit, "mdi6.close")
        self.setLayout(row((self.name, 1), (self.value, 1), away, spacing=2))
        for combo in (self.name, self.value):
            combo.activated.connect(self.changed)
            combo.typed.connect(self.changed)

    def pair(self) -> tuple[str, str]:
        return self.name.currentText().strip(), self.value.currentText().strip()


class Typed(QComboBox):
    """One of the usual texts, or one's own."""

    # Once it is typed to its end: half a word is nothing to compute with.
    typed = Signal()

    def __init__(self, usual: tuple[str, ...], text: str, called: str) -> None:
        super().__init__()
        line = QLineEdit()
        line.editingFinished.connect(self.typed)
        # Names are told apart by how they begin.
        line.editingFinished.connect(lambda: line.setCursorPosition(0))
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(usual)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setAccessibleName(called)
        # Where the columns are narrow, a name is read whole under the pointer.
        self.editTextChanged.connect(self.setToolTip)
        self.setEditText(text)
        line.setCursorPosition(0)
        line.setPlaceholderText(f"e.g. {usual[0]}")

    def showPopup(self) -> None:
        """The list is as wide as its longest name, however narrow the column."""
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width())
        super().showPopup()
