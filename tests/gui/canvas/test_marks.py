"""Letters and bar at the edges of a view: each stands beside the picture or on it, and none over another."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gui.canvas.camera import Camera
from gui.canvas.marks import draw_marks
from tests.tfcore.figure.made import scan
from tfcore.figure import Display

VIEWS = ((700, 500), (500, 700), (380, 300), (300, 280), (160, 220), (110, 110), (1200, 300))


def seen(width: int, height: int, picture: tuple[int, int], zoom: float) -> tuple[np.ndarray, QRectF]:
    """Where there is ink in a view so large, each mark as an area of its own, and where the picture lies."""
    shown = scan(*picture, sides="APRL", spacing=(1.0, 1.0))
    camera = Camera()
    camera.set_viewport(width, height)
    camera.hang(shown, Display())
    camera.set_picture(shown.width, shown.height)
    camera.zoom(zoom)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    painter = QPainter(image)
    draw_marks(painter, QRectF(0, 0, width, height), camera)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine() // 4, 4)[:, :width, :3]
    inked = (np.abs(pixels.astype(int) - 128) > 4).any(2).astype(np.uint8)
    corner, far = ((0, 0), (shown.width, shown.height))
    left, top, right, bottom = (*_point(camera, *corner, width, height), *_point(camera, *far, width, height))
    return inked, QRectF(left, top, right - left, bottom - top)


def _point(camera: Camera, x: float, y: float, width: int, height: int) -> tuple[float, float]:
    from PySide6.QtCore import QPointF

    at = camera.point(QPointF(x, y), width, height)
    return at.x(), at.y()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("picture", [(96, 96), (60, 140), (155, 96)])
@pytest.mark.parametrize("zoom", [1.0, 0.7, 2.5])
def test_no_mark_lies_across_the_edge_of_the_picture_or_over_another(
    qapp: object, view: tuple[int, int], picture: tuple[int, int], zoom: float
) -> None:
    inked, lies = seen(*view, picture, zoom)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    for left, top, width, height, _ in boxes[1:count]:
        box = QRectF(left, top, width, height)
        assert lies.contains(box) or not lies.intersects(box), "across the edge"
    # The letters in the middle of each side stand for themselves.
    for box in boxes[1:count]:
        if box[1] <= view[1] / 2 <= box[1] + box[3]:
            assert box[2] < 20, "the bar runs into the letter at the left"
    middle = [box for box in boxes[1:count] if box[0] <= view[0] / 2 <= box[0] + box[2]]
    _, _, wide, high, _ = max(middle, key=lambda box: box[1])
    assert wide < 20, "the bar runs into it"
    assert 6 < high < 25
