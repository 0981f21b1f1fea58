"""What stands at the edges of a slice: which side of the patient is where, and how long a centimetre is."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
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
# Rim and ink: seen on any picture, and on the light room beside one.
_WHITE = QColor(0, 0, 0, 190), QColor(255, 255, 255)
_BLACK = QColor(255, 255, 255, 190), QColor(0, 0, 0)


def draw_marks(painter: QPainter, view: QRectF, camera: Camera) -> None:
    """Letters where the sides are known, a bar where the spacing is."""
    room = view.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    centre = room.center()
    above, below = QPointF(centre.x(), room.top()), QPointF(centre.x(), room.bottom())
    ends = above, below, QPointF(room.left(), centre.y()), QPointF(room.right(), centre.y())
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    for letter, place, end in zip(camera.sides, _EDGES, ends, strict=False):
        _write(painter, room, place, letter, _inks(camera, view, end))
    spacing = camera.spacing
    if spacing is None or spacing[1] <= 0:
        return
    length = nice(_SHARE * view.width() * spacing[1] / camera.scale)
    wide = length * camera.scale / spacing[1]
    y = room.bottom() - _TICK
    start, end = QPointF(room.left(), y), QPointF(room.left() + wide, y)
    inks = _inks(camera, view, start)
    for colour, width in zip(inks, (3.5, 1.5), strict=True):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QLineF(start, end))
        for tip in (start, end):
            painter.drawLine(QLineF(tip.x(), y - _TICK, tip.x(), y + _TICK))
    high = painter.fontMetrics().height()
    _write(painter, QRectF(start.x(), y - high - _TICK, max(wide, 60.0), high), _EDGES[2], f"{length:g} mm", inks)


def _inks(camera: Camera, view: QRectF, at: QPointF) -> tuple[QColor, QColor]:
    """White on the picture and beside it in a dark window, black in the room of a light one."""
    beside = not camera.shows(camera.position(at, view.width(), view.height()))
    return _BLACK if beside and theme.tones() is theme.LIGHT else _WHITE


def _write(painter: QPainter, room: QRectF, place: int, text: str, inks: tuple[QColor, QColor] = _WHITE) -> None:
    painter.setPen(inks[0])
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(room.translated(dx, dy), place, text)
    painter.setPen(inks[1])
    painter.drawText(room, place, text)


def write(painter: QPainter, at: QPointF, text: str) -> None:
    """Letters that are read on any picture, from this point on."""
    room = QRectF(at.x(), at.y() - painter.fontMetrics().height(), 400, painter.fontMetrics().height())
    _write(painter, room, int(_Side.AlignLeft | _Side.AlignBottom), text)
