"""Where the keys go, seen: a ring around what Tab has led to and what shows that in no way of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QWidget

from gui import theme

_WIDE = 2
# The style sheet colours their edge, or their words.
_OF_THEIR_OWN = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)


class Ring(QWidget):
    """Lies over the edge of a widget and lets everything through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around.installEventFilter(self)
        self._follow(around.rect())
        self.show()
        self.raise_()

    def _follow(self, rect: QRect) -> None:
        self.setGeometry(rect)
        self.setMask(QRegion(rect).subtracted(QRegion(rect.adjusted(_WIDE, _WIDE, -_WIDE, -_WIDE))))

    def eventFilter(self, around: QObject, event: QEvent) -> bool:
        """As large as what it is around."""
        if event.type() == QEvent.Type.Resize and isinstance(around, QWidget):
            self._follow(around.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("focus"))


def needs_ring(widget: QWidget) -> bool:
    return not isinstance(widget, _OF_THEIR_OWN) and not widget.isWindow()
