"""Areas over a picture: what a network drew, class by class, as lines and as colour that shines through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from gui.canvas.painting import lay, qimage, stroke


@dataclass(frozen=True, eq=False)
class Area:
    """Pixels (H, W) of a picture in one colour: ``fill`` is how much of it lies on them, ``line`` what goes round."""

    inside: np.ndarray
    colour: str
    fill: float = 0.0
    line: Qt.PenStyle = Qt.PenStyle.SolidLine


class PaintedAreas:
    """Areas on the pixels of the picture; later ones lie above earlier ones."""

    def __init__(self, areas: Sequence[Area] = ()) -> None:
        filled = [area for area in areas if area.fill > 0]
        self._fill = qimage(_painted(filled)) if filled else None
        lined = [area for area in areas if area.line != Qt.PenStyle.NoPen]
        self._lines = [(border(area.inside), QColor(area.colour), area.line) for area in lined]

    def paint(self, painter: QPainter) -> None:
        if self._fill is not None:
            # Every pixel as it is: a mask has no values between its classes.
            lay(painter, QRectF(self._fill.rect()), self._fill, smooth=False)
        for path, colour, style in self._lines:
            # Dark under the colour: seen on any picture and any heat.
            stroke(painter, path, QColor(0, 0, 0, 150), 3.5, style)
            stroke(painter, path, colour, 1.8, style)

    def paint_lines(self, painter: QPainter) -> None:
        """Lines alone, and thin ones, where there is little room."""
        for path, colour, _ in self._lines:
            stroke(painter, path, QColor(0, 0, 0, 150), 2.5)
            stroke(painter, path, colour, 1.2)


def _painted(areas: Sequence[Area]) -> np.ndarray:
    """RGBA of the areas on each other."""
    painted = np.zeros((*areas[0].inside.shape, 4), np.uint8)
    for area in areas:
        colour = QColor(area.colour)
        painted[area.inside] = (colour.red(), colour.green(), colour.blue(), round(255 * area.fill))
    return painted


def border(inside: np.ndarray) -> QPainterPath:
    """The line half-way between the pixels inside and those outside; along the picture's edge where they end there."""
    from skimage.measure import find_contours

    path = QPainterPath()
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    if not len(rows):
        return path
    top, left = int(rows[0]), int(columns[0])
    part = np.pad(inside[top : rows[-1] + 1, left : columns[-1] + 1], 1).astype(np.float32)
    for line in find_contours(part, 0.5):
        # Values sit at the centres of their pixels; one of them lies before the part.
        xs, ys = line[:, 1] + left - 0.5, line[:, 0] + top - 0.5
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]))
    return path
