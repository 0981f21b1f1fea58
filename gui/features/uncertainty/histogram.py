"""The passes counted: how often which probability of one class came out."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.texts import tr
from gui.theme import colour

BINS = 40
_AXIS = ("0", "0.25", "0.5", "0.75", "1")


class Histogram(QWidget):
    """Counts over the probabilities from 0 to 1, with a line at their mean."""

    def __init__(self) -> None:
        super().__init__()
        # Until passes were run there are none.
        self.counts: np.ndarray
        self.mean: float | None = None
        self.name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("histogram of the passes"))

    def show_passes(self, name: str, probabilities: np.ndarray) -> None:
        """Count what the passes gave for the class of that name."""
        self.name = name
        self.counts, _ = np.histogram(probabilities, BINS, (0.0, 1.0))
        self.mean = float(probabilities.mean())
        self.setToolTip(
            tr(
                "Probability of {name} in {n} passes: from {min:.3f} to {max:.3f}, mean {mean:.3f} (line)",
                name=name,
                n=len(probabilities),
                min=probabilities.min(),
                max=probabilities.max(),
                mean=self.mean,
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 6 * self.fontMetrics().height())

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.mean is None:
            return
        painter = QPainter(self)
        metrics, line = self.fontMetrics(), self.fontMetrics().height()
        largest = f"{int(self.counts.max())}"
        left = metrics.horizontalAdvance(largest) + 8
        plot = QRectF(left, line + 4.5, self.width() - left - metrics.horizontalAdvance("1") / 2 - 2, 0)
        plot.setBottom(self.height() - line - 5.5)
        self._paint_words(painter, plot, largest)
        wide = plot.width() / BINS
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        for place, count in enumerate(self.counts.tolist()):
            # A single pass is seen too.
            high = max(plot.height() * count / max(1, int(self.counts.max())), 1.0 if count else 0.0)
            painter.drawRect(QRectF(plot.left() + place * wide, plot.bottom() - high, max(wide - 1, 1), high))
        x = plot.left() + plot.width() * self.mean
        painter.setPen(QPen(colour("text"), 1.5))
        painter.drawLine(QPointF(x, plot.top() - 3), QPointF(x, plot.bottom()))

    def _paint_words(self, painter: QPainter, plot: QRectF, largest: str) -> None:
        line = self.fontMetrics().height()
        painter.setPen(colour("text"))
        heading = self.fontMetrics().elidedText(
            tr("probability of {name}, mean {mean:.3f}", name=self.name, mean=self.mean),
            Qt.TextElideMode.ElideMiddle,
            self.width(),
        )
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, heading)
        painter.setPen(colour("border"))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(colour("quiet"))
        counts = QRectF(0, plot.top() - line / 2, plot.left() - 5, line)
        painter.drawText(counts, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, largest)
        zero = QRectF(0, plot.bottom() - line / 2, plot.left() - 5, line)
        painter.drawText(zero, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "0")
        for place, text in enumerate(_AXIS):
            x = plot.left() + plot.width() * place / (len(_AXIS) - 1)
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3))
            wide = self.fontMetrics().horizontalAdvance(text)
            start = min(x - wide / 2, self.width() - wide)
            painter.drawText(QRectF(start, plot.bottom() + 4, wide + 1, line), Qt.AlignmentFlag.AlignLeft, text)
