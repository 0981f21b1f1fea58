"""A folder: typed, browsed for or dropped."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui import choosing
from gui.pieces import named, row, tool
from gui.texts import tr


class FolderLine(QWidget):
    """``changed`` with every letter: whether it is one is seen by whoever opens it."""

    changed = Signal()

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._line = named(QLineEdit(), name, tip)
        self._line.setAcceptDrops(False)
        self._line.setPlaceholderText(tr("Drop or name a folder"))
        self._line.textChanged.connect(lambda _: self.changed.emit())
        self.setFocusProxy(self._line)
        self.setToolTip(tip)
        choose = tool(tr("Choose a folder: {name}", name=name), self._choose, "mdi6.folder-open-outline", flat=False)
        self.setLayout(row((self._line, 1), choose, spacing=4))

    def path(self) -> str:
        return self._line.text().strip()

    def choose(self, path: str) -> None:
        """Name this one."""
        self._line.setText(path)

    def _choose(self) -> None:
        if path := choosing.folder(self, tr("Choose a folder"), self.path()):
            self._line.setText(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._line.setText(next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()))
        event.acceptProposedAction()
