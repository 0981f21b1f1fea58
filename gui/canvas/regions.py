"""What is drawn on the picture: regions, distances and angles, as the mouse makes, picks and moves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot
from typing import Literal

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.canvas.camera import Camera
from gui.canvas.marks import write
from gui.texts import tr
from tfcore.measure import Kind, Roi, measured
from tfcore.pictures import Picture

Tool = Literal["move", "ruler", "angle", "rectangle", "ellipse", "freehand"]
# Screen pixels: how near to a line is on it, and how far a drag leads that means to draw something.
_NEAR, _LEAST = 6.0, 4.0
_RIM, _LINE, _CHOSEN = QColor(0, 0, 0, 190), QColor(255, 210, 60), QColor(90, 220, 255)
_HANDLE = 3.5
# Keys that move a region, or bend it at its last point: columns, rows, and whether it is bent.
NUDGES: dict[str, tuple[int, int, bool]] = {
    f"{held}+{arrow}": (*by, held != "Alt")
    for arrow, by in {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}.items()
    for held in (tr("Alt"), "Alt+Shift")
}


@dataclass(frozen=True)
class Shown:
    """A region of the picture on show, and what is said beside it."""

    roi: Roi
    words: str = ""


class Regions(QObject):
    """Shared by the views beside each other: what is drawn in one is drawn in all."""

    # Something looks different.
    changed = Signal()
    # A region that was drawn, and one that was moved or bent: its number, and what it is now.
    drawn = Signal(object)
    altered = Signal(int, object)
    # The number of the one that was clicked on, −1 for none.
    chosen = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool: Tool = "move"
        self.current = -1
        self.shown: Sequence[Shown] = ()
        self._picture: Picture | None = None
        # What is being drawn, a distance that is only looked at, and what is being moved: its number, the point that
        # is bent (none: all of it), where it was taken and how it was.
        self._draft: Roi | None = None
        self._quick: Roi | None = None
        self._held: tuple[int, int | None, QPointF, Roi] | None = None
        self._dragging = False

    # --- what is shown ---

    def show_picture(self, picture: Picture) -> None:
        """Another picture: what was being drawn is left; another window on the same one changes nothing."""
        if self._picture is None or self._picture.path != picture.path:
            self._draft = self._quick = self._held = None
            self.show_regions(())
        self._picture = picture

    def show_regions(self, shown: Sequence[Shown], current: int = -1) -> None:
        """The regions of this picture."""
        # Going through slices without any leaves the views as they are.
        other = bool(shown or self.shown or self._draft or self._quick) or current != self.current
        self.shown, self.current = shown, current
        if other:
            self.changed.emit()

    def use(self, tool: Tool) -> None:
        """What the left button does from now on."""
        self.tool, self._draft = tool, None
        self.changed.emit()

    def sentence(self) -> str:
        """What is being measured, for those who cannot see what is drawn."""
        draft = self._draft or self._quick
        return self._words(draft) if draft is not None else ""

    @property
    def busy(self) -> bool:
        """Whether moves of the mouse are for these."""
        return self._draft is not None or self._held is not None or (self._quick is not None and self._dragging)

    # --- the mouse, in picture positions; ``scale`` is screen pixels per picture pixel, across and down ---

    def press(self, at: QPointF, scale: tuple[float, float], quick: bool = False) -> bool:
        """The left button went down (``quick``: for a distance that is not kept); whether it is for these."""
        point = (at.x(), at.y())
        if quick:
            self._quick, self._dragging = Roi("", "ruler", (point, point)), True
        elif self._draft is not None and self._draft.kind == "angle":
            self._finish(scale)
        elif self.tool == "move":
            self._quick, found = None, self._at(at, scale)
            self._held = None if found is None else (*found, at, self.shown[found[0]].roi)
            self._choose(-1 if found is None else found[0])
            return found is not None
        else:
            self._dragging = True
            count = {"angle": 3, "freehand": 3}.get(self.tool, 2)
            self._draft = Roi(self.tool, self.tool, (point,) * count)
        self.changed.emit()
        return True

    def move(self, at: QPointF, scale: tuple[float, float]) -> None:
        """The mouse is here now."""
        point = (at.x(), at.y())
        if self._held is not None:
            number, bent, start, roi = self._held
            moved = roi.moved(at.x() - start.x(), at.y() - start.y()) if bent is None else _bent(roi, bent, point)
            self.shown = [replace(one, roi=moved) if place == number else one for place, one in enumerate(self.shown)]
        elif self._quick is not None and self._dragging:
            self._quick = _bent(self._quick, 1, point)
        elif self._draft is not None:
            self._draft = self._followed(self._draft, point, scale)
        self.changed.emit()

    def release(self, at: QPointF, scale: tuple[float, float]) -> None:
        """The left button was let go."""
        if self._held is not None:
            number, _, start, before = self._held
            self._held = None
            if self.shown[number].roi != before and _apart(at, start, scale) >= _LEAST:
                self.altered.emit(number, self.shown[number].roi)
        elif self._draft is not None and self._dragging:
            legs = self._draft.points
            if self._draft.kind != "angle":
                self._finish(scale)
            elif _apart(QPointF(*legs[0]), QPointF(*legs[1]), scale) < _LEAST:
                self._draft = None
        if self._quick is not None and self._quick.points[0] == self._quick.points[1]:
            self._quick = None
        self._dragging = False
        self.changed.emit()

    def leave(self) -> bool:
        """Stop drawing; whether anything was being drawn."""
        was, self._draft, self._quick = self._draft or self._quick, None, None
        self.changed.emit()
        return was is not None

    def _followed(self, draft: Roi, point: tuple[float, float], scale: tuple[float, float]) -> Roi:
        match draft.kind:
            case "freehand":
                near = _apart(QPointF(*draft.points[-1]), QPointF(*point), scale) < 1
                return draft if near else replace(draft, points=(*draft.points, point))
            case "angle" if self._dragging:
                # Until the third is pointed at, it lies on the vertex.
                return replace(draft, points=(draft.points[0], point, point))
            case "angle":
                return _bent(draft, 2, point)
            case _:
                return _bent(draft, 1, point)

    def _finish(self, scale: tuple[float, float]) -> None:
        draft, self._draft, self._dragging = self._draft, None, False
        assert draft is not None
        xs, ys = ([point[axis] for point in draft.points] for axis in (0, 1))
        if hypot((max(xs) - min(xs)) * scale[0], (max(ys) - min(ys)) * scale[1]) >= _LEAST:
            self.drawn.emit(draft)

    def _choose(self, number: int) -> None:
        if number != self.current:
            self.current = number
            self.chosen.emit(number)
            self.changed.emit()

    def _at(self, at: QPointF, scale: tuple[float, float]) -> tuple[int, int | None] | None:
        """The region at a position, and the point of it, where one is near."""
        for number in sorted(range(len(self.shown)), key=lambda one: (one != self.current, -one)):
            roi = self.shown[number].roi
            if roi.kind != "freehand":
                distances = [_apart(at, QPointF(*point), scale) for point in roi.points]
                if min(distances) <= _NEAR + 1:
                    return number, distances.index(min(distances))
            line = [QPointF(*point) for point in roi.line]
            if any(_off(at, start, end, scale) <= _NEAR for start, end in pairwise(line)):
                return number, None
        return None

    # --- painting ---

    def _words(self, roi: Roi) -> str:
        return "" if self._picture is None or roi.closed else measured(self._picture, roi).size

    def paint(self, painter: QPainter, camera: Camera, width: float, height: float) -> None:
        """All of them, the chosen one with its points, and what is said of each."""
        all_of_them = [(one.roi, one.words or self._words(one.roi)) for one in self.shown]
        all_of_them += [(roi, self._words(roi)) for roi in (self._draft, self._quick) if roi is not None]
        said: list[tuple[QPointF, str]] = []
        for number, (roi, words) in enumerate(all_of_them):
            points = [camera.point(QPointF(*point), width, height) for point in roi.line]
            colour = _CHOSEN if number == self.current else _LINE
            painter.setBrush(QColor(0, 0, 0, 0))
            for pen, wide in ((_RIM, 3.5), (colour, 1.5)):
                painter.setPen(QPen(pen, wide))
                painter.drawPolyline(QPolygonF(points))
            if number == self.current and roi.kind != "freehand":
                painter.setBrush(colour)
                painter.setPen(QPen(_RIM, 1))
                for point in (camera.point(QPointF(*each), width, height) for each in roi.points):
                    painter.drawRect(QRectF(point.x() - _HANDLE, point.y() - _HANDLE, 2 * _HANDLE, 2 * _HANDLE))
            if words:
                last = points[-1] if not roi.closed else max(points, key=lambda point: point.x() - point.y())
                room = painter.fontMetrics().horizontalAdvance(words) + 4.0
                said.append((QPointF(min(last.x() + 8, max(width - room, 0.0)), last.y() - 4), words))
        for place, words in said:
            write(painter, place, words)


def in_the_middle(kind: Kind, picture: Picture, camera: Camera) -> Roi:
    """Of what is seen, to be moved and bent by keys."""
    half = min(picture.width, picture.height, 240 / camera.scale) / 6
    left, right, top, bottom = camera.x - half, camera.x + half, camera.y - half, camera.y + half
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    points = {"angle": corners[:3], "freehand": corners, "ruler": ((left, camera.y), (right, camera.y))}
    return Roi(kind, kind, points.get(kind, (corners[0], corners[2])))


def nudged(roi: Roi, columns: int, rows: int, bend: bool) -> Roi:
    """A little further, or only its last point."""
    x, y = roi.points[-1]
    return _bent(roi, len(roi.points) - 1, (x + columns, y + rows)) if bend else roi.moved(columns, rows)


def _bent(roi: Roi, number: int, point: tuple[float, float]) -> Roi:
    return replace(roi, points=(*roi.points[:number], point, *roi.points[number + 1 :]))


def _apart(one: QPointF, other: QPointF, scale: tuple[float, float]) -> float:
    """Screen pixels between two picture positions."""
    return hypot((one.x() - other.x()) * scale[0], (one.y() - other.y()) * scale[1])


def _off(at: QPointF, start: QPointF, end: QPointF, scale: tuple[float, float]) -> float:
    """Screen pixels from a position to the line between two others."""
    ax, ay = (end.x() - start.x()) * scale[0], (end.y() - start.y()) * scale[1]
    bx, by = (at.x() - start.x()) * scale[0], (at.y() - start.y()) * scale[1]
    share = min(max((ax * bx + ay * by) / (ax * ax + ay * ay or 1.0), 0.0), 1.0)
    return hypot(bx - share * ax, by - share * ay)


def kind_of(tool: Tool) -> Kind:
    """What the tool draws; of one that draws nothing a rectangle."""
    return "rectangle" if tool == "move" else tool
