"""What stands at the edges of a slice: which side of the patient is where, and how long a centimetre is."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.canvas.camera import Camera
from tfcore.figure.marks import nice

_EDGE = 8.0
_TICK = 4.0
# Of the width of the view.
_SHARE = 0.2
_Side = Qt.AlignmentFlag
# Top, bottom, left, right.
_EDGES = (
    int(_Side.AlignTop | _Side.AlignHCenter),
    int(_Side.AlignBottom | _Side.AlignHCenter),
    int(_Side.AlignLeft | _Side.AlignVCenter),
    int(_Side.AlignRight | _Side.AlignVCenter),
)
_PENS = ((QColor(0, 0, 0, 190), 3.5), (QColor(255, 255, 255), 1.5))


def draw_marks(painter: QPainter, view: QRectF, camera: Camera) -> None:
    """Letters where the sides are known, a bar where the spacing is; white on a dark rim, seen on any picture."""
    room = view.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    for letter, place in zip(camera.sides, _EDGES, strict=False):
        _write(painter, room, place, letter)
    spacing = camera.spacing
    if spacing is None or spacing[1] <= 0:
        return
    length = nice(_SHARE * view.width() * spacing[1] / camera.scale)
    wide = length * camera.scale / spacing[1]
    y = room.bottom() - _TICK
    start, end = QPointF(room.left(), y), QPointF(room.left() + wide, y)
    for colour, width in _PENS:
        painter.setPen(QPen(colour, width))
        painter.drawLine(QLineF(start, end))
        for tip in (start, end):
            painter.drawLine(QLineF(tip.x(), y - _TICK, tip.x(), y + _TICK))
    high = painter.fontMetrics().height()
    _write(painter, QRectF(start.x(), y - high - _TICK, max(wide, 60.0), high), _EDGES[2], f"{length:g} mm")


def _write(painter: QPainter, room: QRectF, place: int, text: str) -> None:
    painter.setPen(QColor(0, 0, 0, 190))
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(room.translated(dx, dy), place, text)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(room, place, text)


def write(painter: QPainter, at: QPointF, text: str) -> None:
    """Letters that are read on any picture, from this point on."""
    room = QRectF(at.x(), at.y() - painter.fontMetrics().height(), 400, painter.fontMetrics().height())
    _write(painter, room, int(_Side.AlignLeft | _Side.AlignBottom), text)
