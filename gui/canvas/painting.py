"""How pictures, lines and words get onto the canvas: in the views, and in the cells of the grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from gui import theme
from gui.canvas.camera import Camera
from gui.canvas.table import Cell
from tfcore.figure.display import nearly_flat
from tfcore.figure.words import NEARLY_FLAT, nothing

ICON = 18
PAD = 6.0
_SOLID = Qt.PenStyle.SolidLine


def lay(painter: QPainter, where: QRectF, image: QImage, smooth: bool) -> None:
    """An image whose edges stay sharp, whatever lines are drawn like."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(where, image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def stroke(painter: QPainter, path: QPainterPath, colour: QColor, width: float, style: Qt.PenStyle = _SOLID) -> None:
    """A line that is as wide on the screen however near one looks."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    painter.strokePath(path, pen)


def through(painter: QPainter, cell: QRectF, camera: Camera, picture: QRectF) -> None:
    """From now on picture positions are painted where the camera sees them in this cell, and nothing outside."""
    painter.setClipRect(cell)
    painter.translate(cell.center())
    painter.scale(camera.across, camera.down)
    painter.translate(-camera.x, -camera.y)
    painter.setClipRect(picture, Qt.ClipOperation.IntersectClip)


def paint_words(painter: QPainter, rect: QRectF, cell: Cell) -> None:
    """Why there is no heat, over what the cell shows already."""
    if cell.heat is not None and cell.heat.degenerate:
        _paint_badge(painter, rect, nothing(cell.heat))
    elif cell.heat is not None and nearly_flat(cell.heat):
        _paint_badge(painter, rect, NEARLY_FLAT)
    elif cell.heat is None and cell.failed:
        _paint_failure(painter, rect, cell.text)
    elif cell.heat is None and cell.text:
        _paint_badge(painter, rect, cell.text)


def _paint_badge(painter: QPainter, rect: QRectF, text: str) -> None:
    metrics = painter.fontMetrics()
    room = rect.marginsRemoved(QMarginsF(PAD, PAD, PAD, PAD))
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
    inner = QRectF(metrics.boundingRect(room.toRect(), flags, text)).intersected(room)
    paper = theme.colour("window")
    paper.setAlpha(225)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paper)
    painter.drawRoundedRect(inner.adjusted(-4, -2, 4, 2), 3, 3)
    painter.setPen(theme.colour("text"))
    painter.drawText(inner, flags, text)


def _paint_failure(painter: QPainter, rect: QRectF, text: str) -> None:
    painter.fillRect(rect, theme.colour("base"))
    painter.setPen(theme.colour("border"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    metrics = painter.fontMetrics()
    room = rect.marginsRemoved(QMarginsF(PAD, PAD, PAD, PAD))
    icon = theme.icon("mdi6.alert-circle-outline").pixmap(QSize(ICON, ICON), painter.device().devicePixelRatioF())
    below = room.adjusted(0, ICON + 4, 0, 0)
    lines = max(int(below.height() // metrics.lineSpacing()), 1)
    shown = _lines(text, below.width(), lines, metrics.horizontalAdvance)
    height = ICON + 4 + len(shown) * metrics.lineSpacing()
    y = room.top() + max((room.height() - height) / 2, 0)
    painter.drawPixmap(QPointF(rect.center().x() - ICON / 2, y), icon)
    painter.setPen(theme.colour("text"))
    for number, line in enumerate(shown):
        place = QRectF(room.left(), y + ICON + 4 + number * metrics.lineSpacing(), room.width(), metrics.lineSpacing())
        line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), line)


def _lines(text: str, room: float, most: int, advance: Callable[[str], int]) -> list[str]:
    """At most so many lines, broken between words; the last one holds all that is left."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines) == most or advance(f"{lines[-1]} {word}") <= room):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def qimage(array: np.ndarray) -> QImage:
    """Grey (H, W), RGB (H, W, 3) or RGBA (H, W, 4) bytes as an image that owns its pixels."""
    array = np.ascontiguousarray(array)
    height, width = array.shape[:2]
    channels = array.shape[2] if array.ndim == 3 else 1
    kinds = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}
    return QImage(array.data, width, height, width * channels, kinds[channels]).copy()
