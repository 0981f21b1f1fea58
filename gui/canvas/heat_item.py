"""The heat over a picture: the coloured map where the network's input lies, and its outline."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from gui.canvas.graphics import pg
from tfcore.figure.display import Display, Interpolation, painted, scale_of, smooth
from tfcore.results import Box, Heat


class HeatImage(pg.ImageItem):
    """The coloured map, as smooth or as blocky as was chosen."""

    interpolation: Interpolation = "smooth"

    def paint(self, painter: QPainter, *args: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        interpolate(painter, self.interpolation, 1, 1)
        super().paint(painter, *args)


class HeatItem(QGraphicsRectItem):
    """A heatmap laid over the picture by its box, cut at the picture's edges, whatever the input's padding."""

    def __init__(self) -> None:
        super().__init__()
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setFlag(QGraphicsRectItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.image = HeatImage()
        self.image.setParentItem(self)
        # Dark under light: visible over every colour of the map and of the picture.
        self.outline = [self._line(QColor(0, 0, 0, 170), 3.5), self._line(QColor(255, 255, 255), 1.5)]
        self.setVisible(False)

    def show_heat(self, heat: Heat | None, display: Display, width: int, height: int) -> None:
        """Draw the map over a picture of this size; nothing for no map, or for one without positive evidence."""
        self.setVisible(heat is not None and not heat.degenerate)
        if heat is None or heat.degenerate:
            return
        self.setRect(0, 0, width, height)
        self.image.setImage(painted(heat, display, scale_of(heat, [heat], display)), autoLevels=False)
        self.image.interpolation = display.interpolation
        self.image.setRect(rectangle(heat.box))
        self.image.setOpacity(display.opacity)
        path = QPainterPath() if display.outline is None else outline(heat.map, display.outline, heat.box)
        for line in self.outline:
            line.setPath(path)

    def _line(self, colour: QColor, width: float) -> QGraphicsPathItem:
        line = QGraphicsPathItem(self)
        pen = QPen(colour, width)
        pen.setCosmetic(True)
        line.setPen(pen)
        return line


def interpolate(painter: QPainter, interpolation: Interpolation, across: float, down: float) -> None:
    """Draw images whose pixels are so wide and high, where the painter is now, as smooth as was chosen."""
    seen = painter.deviceTransform()
    on = smooth(interpolation, abs(seen.m11()) * across, abs(seen.m22()) * down)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on)


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
