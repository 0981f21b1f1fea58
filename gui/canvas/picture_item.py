"""The picture on the canvas: crisp when magnified, averaged when reduced, and never more pixels than are seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from gui.canvas.painting import lay, qimage
from tfcore.pictures import Picture

# Beyond this many displayed pixels only the part in view is prepared.
WHOLE = 4_000_000


class Prepared:
    """The pixels of a picture that a view needs: no finer than the screen, and of a huge picture only what is seen."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._region = QRect()
        self._step = 0
        # Grey or RGB for the screen, and the part of the picture they cover.
        self.array = np.zeros((0, 0), np.uint8)
        self.covered = QRect()

    def look(self, visible: QRectF, scale: float) -> bool:
        """Prepare for a view of ``visible`` at ``scale`` device pixels per picture pixel; whether anything changed."""
        step = max(1, int(1.0 / scale))
        whole = QRect(0, 0, self._picture.width, self._picture.height)
        seen = visible.toAlignedRect().intersected(whole)
        if step == self._step and (seen.isEmpty() or self._region.contains(seen)):
            return False
        if whole.width() * whole.height() <= WHOLE * step * step:
            region = whole
        else:
            dx, dy = seen.width() // 8, seen.height() // 8
            region = seen.adjusted(-dx, -dy, dx, dy).intersected(whole)
        if region.isEmpty():
            return False
        self._step, self._region = step, region
        # Whole steps average several times faster, and what they leave at the far edges is less than a screen pixel.
        self.covered = QRect(region.topLeft(), QSize(_whole(region.width(), step), _whole(region.height(), step)))
        self.array = pixels(self._picture, self.covered, step)
        return True


class PaintedPicture:
    """A picture through its window, at the resolution the screen asks for; prepared once for all cells of a grid."""

    def __init__(self, picture: Picture) -> None:
        self._prepared = Prepared(picture)
        self._image = QImage()
        self.frame = QRectF(0, 0, picture.width, picture.height)

    def look(self, visible: QRectF, scale: float) -> None:
        """Prepare the pixels for a view of ``visible`` at ``scale`` device pixels per picture pixel."""
        if self._prepared.look(visible, scale):
            self._image = qimage(self._prepared.array)

    def paint(self, painter: QPainter, scale: float) -> None:
        lay(painter, QRectF(self._prepared.covered), self._image, smooth=scale < 1.0)


def pixels(picture: Picture, region: QRect, step: int) -> np.ndarray:
    """The region as uint8 for the screen, each pixel the mean of ``step`` × ``step``; grey stays one channel."""
    array = picture.array[region.top() : region.bottom() + 1, region.left() : region.right() + 1]
    if step > 1:
        height, width = array.shape[:2]
        size = (max(width // step, 1), max(height // step, 1))
        array = averaged(array, size)
    return np.ascontiguousarray(replace(picture, array=array).screen())


def averaged(array: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The array at a smaller (width, height), each pixel the mean of those it stands for."""
    from PIL import Image

    def small(plane: np.ndarray) -> np.ndarray:
        return np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BOX, reducing_gap=1.0))

    if array.dtype == np.uint8:
        return small(np.ascontiguousarray(array))
    planes = array.astype(np.float32)
    if planes.ndim == 2:
        return small(planes)
    return np.stack([small(np.ascontiguousarray(plane)) for plane in np.moveaxis(planes, -1, 0)], -1)


def _whole(length: int, step: int) -> int:
    return length // step * step or length
