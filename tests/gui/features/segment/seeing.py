"""What is drawn over a picture, as it is seen on the screen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from gui.main_window import MainWindow
from tests.gui.features.volume.hands import on_screen
from tfcore.figure.masks import colour_of

LESION, CORE = (QColor(colour_of(index)) for index in (1, 2))


def drawn() -> np.ndarray:
    """20 × 30 pixels of lesion with 6 × 10 of core in it."""
    labels = np.zeros((40, 50), np.uint8)
    labels[10:30, 10:40] = 1
    labels[15:21, 20:30] = 2
    return labels


def colours(window: MainWindow, column: float, row: float, around: int = 4) -> list[QColor]:
    """What is seen about a place of the picture."""
    image, at = window.canvas.views.shown()[0].grab().toImage(), on_screen(window, column, row)
    return [
        image.pixelColor(at.x() + x, at.y() + y) for x in range(-around, around + 1) for y in range(-around, around + 1)
    ]


def shows(window: MainWindow, colour: QColor, column: float, row: float, around: int = 4) -> bool:
    def near(one: QColor) -> bool:
        pairs = zip(one.getRgb()[:3], colour.getRgb()[:3], strict=True)
        return all(abs(a - b) < 40 for a, b in pairs)

    return any(map(near, colours(window, column, row, around)))


def heading(window: MainWindow) -> str:
    return window.canvas.heading.title.toolTip() or window.canvas.heading.title.text()


def seen(image: QImage, colour: QColor) -> int:
    """In how many pixels a colour is seen."""
    values = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., 2::-1].astype(int)
    return int((abs(values - colour.getRgb()[:3]).max(-1) < 40).sum())


def click(window: MainWindow, column: float, row: float) -> None:
    view = window.canvas.views.shown()[0].viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=on_screen(window, column, row))
