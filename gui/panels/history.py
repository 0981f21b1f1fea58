"""What was done and said, with times, to read back and to copy."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from gui.theme import tones

_MOST = 500
_KIND = Qt.ItemDataRole.UserRole


class History(QListWidget):
    """The newest 500 messages, newest at the bottom; Ctrl+C copies the chosen ones, or all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("history of messages")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction("Copy", self, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        forget = QAction("Clear history", self)
        forget.triggered.connect(self.clear)
        self.addActions([copy, forget])

    def add(self, text: str, kind: str = "", details: str = "") -> None:
        """One more message; ``kind`` is ``warning`` or ``error`` when it is one, ``details`` names a log file."""
        at_end = self.verticalScrollBar().value() >= self.verticalScrollBar().maximum()
        item = QListWidgetItem(f"{datetime.now():%H:%M:%S}  {text}" + (f"  (log: {details})" if details else ""))
        item.setData(_KIND, kind)
        item.setToolTip(text)
        self._tint(item)
        self.addItem(item)
        while self.count() > _MOST:
            self.takeItem(0)
        if at_end:
            self.scrollToBottom()

    def copy(self) -> None:
        """Put the chosen messages, or all when none is chosen, on the clipboard."""
        items = self.selectedItems() or [self.item(row) for row in range(self.count())]
        rows = sorted(items, key=self.row)
        QGuiApplication.clipboard().setText("\n".join(item.text() for item in rows))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row in range(self.count()):
                self._tint(self.item(row))

    @staticmethod
    def _tint(item: QListWidgetItem) -> None:
        worn = tones()
        item.setForeground(QColor({"warning": worn.warning, "error": worn.error}.get(item.data(_KIND), worn.text)))
