"""What the canvas says when it has no picture to show: empty, loading, or what went wrong."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from gui import theme
from gui.panels.labels import Title

Kind = Literal["empty", "loading", "error"]

ICONS = {"empty": "mdi6.image-plus-outline", "error": "mdi6.alert-circle-outline"}
ICON_SIZE = QSize(56, 56)
# Lines longer than this are tiring to read.
LINE = 420


class Message(QWidget):
    """An icon, one sentence and, where it helps, a quieter hint, in the middle of the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = ""
        self.icon, self.text, self.hint = QLabel(), Title(1.3), QLabel()
        self.busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy.setFixedSize(160, 6)
        theme.set_role(self.hint, "quiet")
        for label in (self.text, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        middle = QWidget()
        middle.setMaximumWidth(LINE)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        # A little above the middle looks like the middle.
        column.addStretch(5)
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.busy, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.text)
        column.addWidget(self.hint)
        column.addStretch(6)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)

    def show_message(self, kind: Kind, text: str, hint: str) -> None:
        self.text.setText(text)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.busy.setVisible(kind == "loading")
        self.icon.setVisible(kind in ICONS)
        self._icon_name = ICONS.get(kind, "")
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon_name:
            self.icon.setPixmap(theme.icon(self._icon_name).pixmap(ICON_SIZE, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
