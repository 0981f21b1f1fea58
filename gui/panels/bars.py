"""One class of a prediction, drawn as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.texts import tr
from gui.theme import Tones, tones
from tfcore.words import probability

_GAP = 6
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Bar:
    """What is known of one class: its probability, whether it is predicted, whether it is the one explained."""

    index: int
    name: str
    value: float
    predicted: bool
    target: bool
    interval: tuple[float, float] | None = None

    def figure(self) -> str:
        """The value in three digits where three fit."""
        return probability(self.value, 3 if self.value < 1 else 2)

    def sentence(self) -> str:
        """The bar in words, for the tooltip and for screen readers."""
        marks = tr(", predicted") * self.predicted + tr(", explained") * self.target
        between = (
            tr(", from {low:.3f} to {high:.3f}", low=self.interval[0], high=self.interval[1]) if self.interval else ""
        )
        return f"{self.name}: {self.value:.4g}{between}{marks}"


class BarModel(QAbstractListModel):
    """The bars as rows of a list view; a thousand classes cost no more than the ten that are seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bars: list[Bar] = []

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self.beginResetModel()
        self._bars = list(bars)
        self.endResetModel()

    def bars(self) -> list[Bar]:
        return self._bars

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._bars)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        bar = self._bars[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return bar.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return bar.sentence()
            case Qt.ItemDataRole.UserRole:
                return bar
        return None


class BarDelegate(QStyledItemDelegate):
    """Paints ``Bar`` rows: name, bar with whiskers, value, and a pointer at the explained class."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, option.fontMetrics.height() + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        bar: Bar = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        worn = tones()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(worn.raised))

        font = option.font
        font.setBold(bar.predicted)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        pointer, figures = metrics.height() // 2 + 2, metrics.horizontalAdvance(">.999") + 2
        line = rect.adjusted(2, 0, -2, 0)
        name_width = int(0.42 * line.width())
        name = QRect(line.left(), line.top(), name_width, line.height())
        value = QRect(line.right() - pointer - figures, line.top(), figures, line.height())
        track = QRectF(name.right() + _GAP, line.center().y() - 4, value.left() - name.right() - 2 * _GAP, 9)

        painter.setPen(QColor(worn.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        elided = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, elided)
        painter.drawText(value, middle | Qt.AlignmentFlag.AlignRight, bar.figure())
        self._draw_bar(painter, track, bar, worn)
        if bar.target:
            self._draw_pointer(painter, QRectF(value.right() + 3, line.top(), pointer, line.height()), worn)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(worn.focus), 1))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.restore()

    @staticmethod
    def _draw_bar(painter: QPainter, track: QRectF, bar: Bar, worn: Tones) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.raised))
        painter.drawRect(track)
        filled = QRectF(track)
        # A value above zero is always seen.
        filled.setWidth(max(1.0 if bar.value > 0 else 0.0, track.width() * min(bar.value, 1.0)))
        painter.setBrush(QColor(worn.accent if bar.target else worn.disabled))
        painter.drawRect(filled)
        if bar.interval:
            low, high = (track.left() + track.width() * min(max(end, 0.0), 1.0) for end in bar.interval)
            painter.setPen(QPen(QColor(worn.text), 1.2))
            middle = track.center().y()
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            for end in (low, high):
                painter.drawLine(QPointF(end, middle - 3), QPointF(end, middle + 3))

    @staticmethod
    def _draw_pointer(painter: QPainter, place: QRectF, worn: Tones) -> None:
        middle, reach = place.center().y(), place.width() / 2.2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.focus))
        corners = [(0.0, 0.0), (reach, -reach), (reach, reach)]
        painter.drawPolygon(QPolygonF([QPointF(place.left() + 1 + x, middle + y) for x, y in corners]))
