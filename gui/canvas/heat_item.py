"""The heat over a picture: the coloured map where the network's input lies, and its outline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF

from gui.canvas.painting import lay, qimage, stroke
from tfcore.figure.display import Display, painted, smooth
from tfcore.results import Box, Heat

# Of the dark line and of the light one on it.
Widths = tuple[float, float]


class PaintedHeat:
    """One heat, coloured and outlined once for as long as nothing about that changes."""

    def __init__(self, heat: Heat) -> None:
        self.heat = heat
        self._coloured: tuple[Display, tuple[float, float]] | None = None
        self._image = QImage()
        self._deviations: float | None = None
        self._outline = QPainterPath()

    def paint(
        self, painter: QPainter, display: Display, scale: tuple[float, float], widths: Widths = (2.5, 1.2)
    ) -> None:
        """The map, and its outline as dark and as light lines so wide; both end where the painter is clipped."""
        heat = self.heat
        # How strongly it covers is the painter's, and changes with every move of a slider.
        wanted = replace(display, opacity=1.0, outline=None), scale
        if self._coloured != wanted:
            self._coloured = wanted
            self._image = qimage(painted(heat, *wanted))
        (rows, columns), seen = heat.map.shape, painter.deviceTransform()
        across, down = heat.box.width / columns, heat.box.height / rows
        painter.setOpacity(display.opacity)
        soft = smooth(display.interpolation, abs(seen.m11()) * across, abs(seen.m22()) * down)
        lay(painter, rectangle(heat.box), self._image, soft)
        if display.outline is not None:
            if self._deviations != display.outline:
                self._deviations = display.outline
                self._outline = outline(heat.map, display.outline, heat.box)
            # Dark under light: visible over every colour of the map and of the picture.
            for colour, width in zip((QColor(0, 0, 0, 170), QColor(255, 255, 255)), widths, strict=True):
                stroke(painter, self._outline, colour, width)
        painter.setOpacity(1.0)


def rectangle(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def outline(map: np.ndarray, deviations: float, box: Box) -> QPainterPath:
    """The line where the map crosses mean + ``deviations`` · standard deviation, in picture pixels."""
    from skimage.measure import find_contours

    path = QPainterPath()
    rows, columns = map.shape
    if min(rows, columns) < 2:
        return path
    for line in find_contours(map, float(map.mean() + deviations * map.std())):
        # Map values sit at the centres of their cells.
        xs = box.x + (line[:, 1] + 0.5) * (box.width / columns)
        ys = box.y + (line[:, 0] + 0.5) * (box.height / rows)
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]))
    return path
