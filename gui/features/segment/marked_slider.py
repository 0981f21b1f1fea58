"""A slider some of whose places are marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from gui.theme import colour


class MarkedSlider(QSlider):
    """``marks`` are values; a short line stands at each."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.marks: list[int] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        parts = (QStyle.SubControl.SC_SliderGroove, QStyle.SubControl.SC_SliderHandle)
        groove, handle = (
            self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self) for part in parts
        )
        painter = QPainter(self)
        painter.setPen(QPen(colour("warning"), 2))
        for value in self.marks:
            room = groove.width() - handle.width()
            at = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, room)
            x = groove.left() + handle.width() / 2 + at
            painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))
