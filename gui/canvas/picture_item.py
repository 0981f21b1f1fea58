"""The picture on the canvas: crisp when magnified, averaged when reduced, and never more pixels than are seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter

from gui.canvas.graphics import pg
from tfcore.pictures import Picture

# Beyond this many displayed pixels only the part in view is prepared.
WHOLE = 4_000_000
# Sample types the area average below can read as they are.
AVERAGED = (np.uint8, np.uint16, np.int16, np.float32, np.float64)


class PictureItem(pg.ImageItem):
    """Shows a picture through its window, at the resolution the screen asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._region = QRect()
        self._step = 0
        self._crisp = True

    def show_picture(self, picture: Picture) -> None:
        self._picture = picture
        self._step = 0

    def look(self, visible: QRectF, scale: float) -> None:
        """Prepare the pixels for a view of ``visible`` at ``scale`` device pixels per picture pixel."""
        if self._picture is None:
            return
        crisp = scale >= 1.0
        if crisp != self._crisp:
            self._crisp = crisp
            self.update()
        step = max(1, int(1.0 / scale))
        whole = QRect(0, 0, self._picture.width, self._picture.height)
        seen = visible.toAlignedRect().intersected(whole)
        if step == self._step and (seen.isEmpty() or self._region.contains(seen)):
            return
        if whole.width() * whole.height() <= WHOLE * step * step:
            region = whole
        else:
            dx, dy = seen.width() // 8, seen.height() // 8
            region = seen.adjusted(-dx, -dy, dx, dy).intersected(whole)
        if region.isEmpty():
            return
        self._step, self._region = step, region
        # Whole steps average several times faster, and what they leave at the far edges is less than a screen pixel.
        covered = QRect(region.topLeft(), QSize(_whole(region.width(), step), _whole(region.height(), step)))
        self.setImage(pixels(self._picture, covered, step), autoLevels=False)
        self.setRect(QRectF(covered))

    def paint(self, painter: QPainter, *args: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._crisp)
        super().paint(painter, *args)


def pixels(picture: Picture, region: QRect, step: int) -> np.ndarray:
    """The region as uint8 for the screen, each pixel the mean of ``step`` × ``step``; grey stays one channel."""
    array = picture.array[region.top() : region.bottom() + 1, region.left() : region.right() + 1]
    if step > 1:
        import cv2

        if array.dtype not in AVERAGED:
            array = array.astype(np.float32)
        height, width = array.shape[:2]
        size = (max(width // step, 1), max(height // step, 1))
        array = cv2.resize(np.ascontiguousarray(array), size, interpolation=cv2.INTER_AREA)
    if array.ndim == 2:
        # With a channel axis of its own, grey is not tripled.
        return np.ascontiguousarray(replace(picture, array=array[:, :, np.newaxis]).display()[..., 0])
    return np.ascontiguousarray(replace(picture, array=array).display())


def _whole(length: int, step: int) -> int:
    return length // step * step or length
