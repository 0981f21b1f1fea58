"""A table to read: its columns are whatever its rows hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from gui.pieces import named


class RowsTable(QTableWidget):
    """Rows by the names of their cells, as commands print them."""

    def __init__(self, name: str, tips: Mapping[str, str] | None = None) -> None:
        """``tips`` are what is said of a column under the pointer."""
        super().__init__()
        self._tips = tips or {}
        named(self, name)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)

    def show_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        titles = list(rows[0]) if rows else []
        self.setRowCount(len(rows))
        self.setColumnCount(len(titles))
        for across, title in enumerate(titles):
            head = QTableWidgetItem(title)
            head.setToolTip(self._tips.get(title, ""))
            self.setHorizontalHeaderItem(across, head)
            for down, cells in enumerate(rows):
                self.setItem(down, across, QTableWidgetItem(cells[title]))
