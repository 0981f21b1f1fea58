"""Areas over a picture: what a network drew, class by class, as lines and as colour that shines through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from gui.canvas.graphics import pg


@dataclass(frozen=True, eq=False)
class Area:
    """Pixels (H, W) of a picture in one colour: ``fill`` is how much of it lies on them, ``line`` what goes round."""

    inside: np.ndarray
    colour: str
    fill: float = 0.0
    line: Qt.PenStyle = Qt.PenStyle.SolidLine


class _Fill(pg.ImageItem):
    """Every pixel as it is: a mask has no values between its classes."""

    def paint(self, painter: QPainter, *args: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        super().paint(painter, *args)


class MaskItem(QGraphicsRectItem):
    """Areas on the pixels of the picture; later ones lie above earlier ones."""

    def __init__(self) -> None:
        super().__init__()
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self._fill = _Fill()
        self._fill.setParentItem(self)
        self._lines: list[QGraphicsPathItem] = []
        self.setVisible(False)

    def show_areas(self, areas: Sequence[Area]) -> None:
        """Draw these and no others."""
        for old in self._lines:
            if (scene := old.scene()) is not None:
                scene.removeItem(old)
        self._lines = []
        self.setVisible(bool(areas))
        filled = [area for area in areas if area.fill > 0]
        self._fill.setVisible(bool(filled))
        if filled:
            self._fill.setImage(_painted(filled), autoLevels=False)
            height, width = filled[0].inside.shape
            self._fill.setRect(QRectF(0, 0, width, height))
        for area in areas:
            if area.line != Qt.PenStyle.NoPen:
                path = border(area.inside)
                # Dark under the colour: seen on any picture and any heat.
                self._add(path, QColor(0, 0, 0, 150), 3.5, area.line)
                self._add(path, QColor(area.colour), 1.8, area.line)

    def _add(self, path: QPainterPath, colour: QColor, width: float, style: Qt.PenStyle) -> None:
        line = QGraphicsPathItem(path, self)
        pen = QPen(colour, width, style)
        pen.setCosmetic(True)
        line.setPen(pen)
        self._lines.append(line)


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
