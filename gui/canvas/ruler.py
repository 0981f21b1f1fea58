"""A distance in the picture: in mm where its spacing is known, in pixels where not."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from gui.canvas.camera import Camera
from gui.canvas.marks import write

_PENS = ((QColor(0, 0, 0, 190), 3.5), (QColor(255, 210, 60), 1.5))


class Ruler:
    """From where the mouse went down to where it was let go, in picture positions."""

    def __init__(self) -> None:
        self._ends: tuple[QPointF, QPointF] | None = None
        self.moving = False

    def begin(self, at: QPointF) -> None:
        self._ends, self.moving = (at, at), True

    def move(self, at: QPointF) -> None:
        if self._ends is not None:
            self._ends = self._ends[0], at

    def clear(self) -> None:
        self._ends, self.moving = None, False

    def words(self, spacing: tuple[float, float] | None) -> str:
        """How far it is; nothing where nothing is measured."""
        if self._ends is None or self._ends[0] == self._ends[1]:
            return ""
        way, (down, across) = self._ends[1] - self._ends[0], spacing or (1.0, 1.0)
        return f"{hypot(way.x() * across, way.y() * down):.1f} {'mm' if spacing else 'px'}"

    def draw(self, painter: QPainter, camera: Camera, width: float, height: float, words: str) -> None:
        if self._ends is None or not words:
            return
        start, end = (camera.point(each, width, height) for each in self._ends)
        for colour, wide in _PENS:
            painter.setPen(QPen(colour, wide))
            painter.drawLine(start, end)
        write(painter, end + QPointF(8, -4), words)
