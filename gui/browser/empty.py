"""What the browser says where there are no tiles to show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from gui import theme
from gui.pieces import column
from gui.texts import tr

ICON = 40
DROP, SEARCH = "mdi6.image-plus-outline", "mdi6.image-search-outline"


class Notice(QWidget):
    """An icon, a sentence and a quieter one in the middle of the room; framed by dashes where files may be dropped."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._text, self._hint = QLabel(), QLabel(), QLabel()
        self._name = ""
        self._framed = False
        theme.set_role(self._hint, "quiet")
        labels = (self._icon, self._text, self._hint)
        for label in labels:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.setLayout(column(..., *labels, ..., margins=(24, 24, 24, 24), spacing=6))
        self._icon.setFixedHeight(ICON + 8)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    def invite(self) -> None:
        """Files are held over the list."""
        self.say(DROP, tr("Drop to add"), framed=True)

    def say(self, icon: str, text: str, hint: str = "", framed: bool = False) -> None:
        self._name, self._framed = icon, framed
        self._text.setText(text)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.update()

    def tell(self, listed: int, looking: bool) -> None:
        """Why there is no tile."""
        if listed:
            self.say(
                SEARCH, tr("No picture matches the filter"), tr("Name, folder, prediction, tags and notes are searched")
            )
        elif looking:
            self.say(SEARCH, tr("Looking for pictures…"))
        else:
            self.say(DROP, tr("Drop pictures here"), tr("Files or whole folders"), framed=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._framed:
            pen = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(10, 10, -10, -10), 8, 8)
        # Painted here and not kept as a pixmap, so that it follows a change between dark and light.
        painter.setOpacity(0.6)
        place = self._icon.geometry()
        left = place.center().x() - ICON // 2
        theme.icon(self._name).paint(painter, left, place.top(), ICON, ICON)
        painter.end()
