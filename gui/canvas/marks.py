"""What stands at the edges of a slice: which side of the patient is where, and how long a centimetre is."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
from gui.canvas.camera import Camera
from tfcore.figure.marks import nice

_EDGE = 8.0
_TICK = 4.0
# Of the width of the view, and the least pixels beside the picture that a bar with its words has room in.
_SHARE, _SHORTEST = 0.2, 64.0
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
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    seen, high = camera.seen(view.width(), view.height()), float(painter.fontMetrics().height())
    room = _room(view, seen, high)
    centre = room.center()
    above, below = QPointF(centre.x(), room.top()), QPointF(centre.x(), room.bottom())
    ends = above, below, QPointF(room.left(), centre.y()), QPointF(room.right(), centre.y())
    for letter, place, end in zip(camera.sides, _EDGES, ends, strict=False):
        _write(painter, room, place, letter, _inks(camera, view, end))
    if camera.spacing is not None and camera.spacing[1] > 0:
        # Of the letter at the bottom; where there is none, nothing is in the way.
        left = centre.x() - high if camera.sides else view.right()
        taken = QRectF(left, room.bottom() - high - _TICK, 2 * high, high)
        _draw_bar(painter, view, taken, camera, seen, camera.spacing[1] / camera.scale)


def within(painter: QPainter, view: QRectF, camera: Camera) -> QRectF:
    """What the letters leave of a view."""
    high = painter.fontMetrics().height() + 4.0
    room = _room(view, camera.seen(view.width(), view.height()), high - 4)
    return room.adjusted(high, high, -high, -high) if camera.sides else view


def _room(view: QRectF, seen: QRectF, letter: float) -> QRectF:
    """Where the letters stand: along the edges of the view; an edge of the picture that would run through them pushes
    them onto it.
    """
    left, top, right, bottom = (
        edge + way * (of_picture + _EDGE / 2 if 0 < of_picture < letter + 2 * _EDGE else _EDGE)
        for edge, way, of_picture in (
            (view.left(), 1, seen.left() - view.left()),
            (view.top(), 1, seen.top() - view.top()),
            (view.right(), -1, view.right() - seen.right()),
            (view.bottom(), -1, view.bottom() - seen.bottom()),
        )
    )
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def _draw_bar(painter: QPainter, view: QRectF, taken: QRectF, camera: Camera, seen: QRectF, mm: float) -> None:
    """In the lower left corner, a pixel of the screen being so many mm: all of it beside the picture, or all on it, and
    not where the letter at the bottom stands.
    """
    high, left, bottom = painter.fontMetrics().height(), view.left() + _EDGE, view.bottom() - _EDGE
    beside = seen.left() - _EDGE - left
    on_it = beside < _SHORTEST and seen.right() > left
    if on_it:
        left = max(left, seen.left() + _EDGE)
        longest = min(view.right(), seen.right()) - _EDGE - left
    else:
        longest = beside if beside >= _SHORTEST else view.width()
    length = nice(min(_SHARE * view.width(), max(longest, 1.0)) * mm)
    wide, words = length / mm, f"{length:g} mm"
    needed = max(wide, painter.fontMetrics().horizontalAdvance(words) + 2.0)
    if needed > longest:
        return
    if left + needed > taken.left():
        bottom = taken.top()
    if on_it and bottom - 2 * _TICK - high - 2 < seen.bottom() < bottom + 2:
        bottom = seen.bottom() - _EDGE
    y = bottom - _TICK
    if camera.sides and y - _TICK - high < view.center().y() + high / 2:
        # There is no room for it below the letters at the sides.
        return
    start, end = QPointF(left, y), QPointF(left + wide, y)
    inks = _inks(camera, view, start)
    for colour, width in zip(inks, (3.5, 1.5), strict=True):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QLineF(start, end))
        for tip in (start, end):
            painter.drawLine(QLineF(tip.x(), y - _TICK, tip.x(), y + _TICK))
    _write(painter, QRectF(left, y - high - _TICK, needed, high), _EDGES[2], words, inks)


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
