"""The scale beside the picture: which colour is which value, of which method, normalised how."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.canvas.formats import formatter
from gui.canvas.painting import qimage
from gui.texts import tr
from tfcore.figure.display import Display, scale_of, table
from tfcore.results import Heat

WIDTH = 14
TICK = 4
MARGIN = 12
# Both ends, the middle and the quarters.
TICKS = 5


class ColourBar(QWidget):
    """A vertical colour bar with numbers; empty, but of the same width, while there is nothing to read on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.low, self.high = 0.0, 1.0
        self.label = ""
        self._bar = QImage()
        self._ticks: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_heat(self, heat: Heat | None, display: Display, beside: Sequence[Heat] = ()) -> None:
        """The scale of this heat, which others beside it may share; nothing for one without positive evidence."""
        if heat is None or heat.degenerate:
            self._ticks, self.label = [], ""
            self.setToolTip("")
        else:
            display = display.for_map(heat.signed, heat.colours)
            self.low, self.high = scale_of(heat, beside or [heat], display)
            own = ("min-max", "from zero") if len(beside) > 1 else ("min-max", "from zero", "shared")
            # About zero, the smallest value and zero are no ends of a scale.
            how = ["symmetric"] if heat.signed else []
            how += [] if heat.signed and display.normalise in own else [display.normalise]
            self.label = tr("{method}   heat ({how})", method=heat.method, how=", ".join(how))
            self.setToolTip(
                tr(
                    "{method} at {place}, for {class_}",
                    method=heat.method,
                    place=heat.place or tr("the input"),
                    class_=heat.classes[heat.target],
                )
            )
            write = formatter(self.low, self.high)
            self._ticks = [write(value) for value in np.linspace(self.high, self.low, TICKS)]
            self._bar = column(display.colours)
        self.update()

    def ticks(self) -> list[str]:
        """The numbers on the bar, from the top."""
        return list(self._ticks)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        numbers = metrics.horizontalAdvance("−0.00e-00")
        return QSize(WIDTH + TICK + 4 + numbers + 6 + metrics.height(), 200)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._ticks:
            return
        painter = QPainter(self)
        bar = QRectF(0.5, MARGIN + 0.5, WIDTH, self.height() - 2 * MARGIN - 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, self._bar)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(quiet, 1))
        painter.drawRect(bar)
        height = self.fontMetrics().height()
        for index, number in enumerate(self._ticks):
            y = bar.top() + bar.height() * index / (len(self._ticks) - 1)
            painter.setPen(quiet)
            painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + TICK, y))
            painter.setPen(text)
            box = QRectF(bar.right() + TICK + 3, y - height / 2, self.width(), height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, number)
        numbers = max(self.fontMetrics().horizontalAdvance(number) for number in self._ticks)
        painter.setPen(quiet)
        painter.translate(bar.right() + TICK + numbers + 9, self.height() - MARGIN)
        painter.rotate(-90)
        length = self.height() - 2 * MARGIN
        label = self.fontMetrics().elidedText(self.label, Qt.TextElideMode.ElideRight, length)
        painter.drawText(QRectF(0, 0, length, height), Qt.AlignmentFlag.AlignCenter, label)


def column(colours: str) -> QImage:
    """A colour map as a picture one pixel wide, its largest value on top."""
    return qimage(table(colours)[::-1, None])
