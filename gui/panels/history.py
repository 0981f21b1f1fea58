"""What was done and said, with times, to read back and to copy."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from gui.texts import tr
from gui.theme import tones

_MOST = 500
_KIND = Qt.ItemDataRole.UserRole


class History(QListWidget):
    """The newest 500 messages, newest first; Ctrl+C copies the chosen ones, or all."""

    # A sentence worth reading, and its kind.
    said = Signal(str, str)
    # Something went well that is not worth a sentence.
    went_well = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("history of messages"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction(tr("Copy"), self, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        forget = QAction(tr("Clear history"), self)
        forget.triggered.connect(self.clear)
        self.addActions([copy, forget])

    def add(self, text: str, kind: str = "", details: str = "", quiet: bool = False) -> None:
        """One more message: a ``warning`` or an ``error``, where it is one of a ``kind``; ``details`` names a log file.

        What is ``quiet`` is only to be read here.
        """
        item = QListWidgetItem(
            f"{datetime.now():%H:%M:%S}  {text}" + (tr("  (log: {details})", details=details) if details else "")
        )
        item.setData(_KIND, kind)
        item.setToolTip(text)
        self._tint(item)
        self.insertItem(0, item)
        while self.count() > _MOST:
            self.takeItem(self.count() - 1)
        if not quiet:
            self.said.emit(text, kind)
        elif not kind:
            self.went_well.emit()

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
