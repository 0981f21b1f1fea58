"""What a reader does to a volume, and what is seen of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider

from gui.main_window import MainWindow
from tests.tfcore.pictures.dicoms import monochrome

SHAPE = (12, 14, 10)


def tiles(window: MainWindow) -> list[str]:
    model = window.browser.focusProxy().model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def words(window: MainWindow) -> str:
    """What stands beside the slider."""
    slices = next((each for each in window.canvas.findChildren(QSlider) if each.accessibleName() == "slice"), None)
    assert slices is not None
    labels = [each.text() for each in slices.parentWidget().findChildren(QLabel) if each.isVisible()]
    return next((text for text in labels if " of " in text), "")


def wheel(window: MainWindow, notches: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turn it over the picture, away from oneself where positive."""
    view = window.canvas.views.shown()[0].viewport()
    at = QPointF(view.rect().center())
    delta, none = QPoint(0, 120 * notches), Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, QPointF(view.mapToGlobal(at.toPoint())), QPoint(), delta, none, held, phase, False)
    QApplication.sendEvent(view, event)


def on_screen(window: MainWindow, column: float, row: float) -> QPoint:
    """Where a picture position is in the view."""
    view = window.canvas.views.shown()[0]
    return window.canvas.views.camera.point(QPointF(column, row), view.width(), view.height()).toPoint()


def point_at(window: MainWindow, column: float, row: float) -> None:
    QTest.mouseMove(window.canvas.views.shown()[0].viewport(), on_screen(window, column, row))


def painted(window: MainWindow, left: float, top: float, right: float, bottom: float) -> set[int]:
    """The colours in a part of the view, its edges as shares of it."""
    view = window.canvas.views.shown()[0]
    image = view.grab().toImage()
    w, h = image.width(), image.height()
    return {
        image.pixel(x, y) for x in range(int(left * w), int(right * w)) for y in range(int(top * h), int(bottom * h))
    }


def ct(path: Path, count: int = 3) -> Path:
    """Water with a line of bone, through a window of its own."""
    stored = np.full((count, 32, 32), 1024, np.uint16)
    stored[:, :, 16:] = 1024 + 300
    tags = {"RescaleSlope": 1, "RescaleIntercept": -1024, "WindowCenter": 0, "WindowWidth": 1000}
    path.write_bytes(monochrome(stored, NumberOfFrames=count, **tags))
    return path


def grey(window: MainWindow, column: float, row: float) -> int:
    """How bright a picture position is on the screen."""
    view = window.canvas.views.shown()[0]
    image = view.grab().toImage()
    return image.pixelColor(on_screen(window, column, row)).red()


def drag_right(window: MainWindow, by: QPoint) -> None:
    """With the right button from the middle of the picture, as X and Windows tell it."""
    view = window.canvas.views.shown()[0].viewport()
    start = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.RightButton, pos=start)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, start, view.mapToGlobal(start))
    QApplication.sendEvent(view, menu)
    for part in (1, 2) if not by.isNull() else ():
        at = start + by * part / 2
        where = QPointF(at), QPointF(view.mapToGlobal(at))
        buttons = Qt.MouseButton.NoButton, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, *where, *buttons))
    QTest.mouseRelease(view, Qt.MouseButton.RightButton, pos=start + by)
