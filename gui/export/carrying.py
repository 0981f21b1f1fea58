"""A figure on its way into another program: into a slide as a picture, into a folder as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from gui.export.drawing import Drawing

_WIDE = 160


def carry(source: QWidget, image: QImage, file: Path | None = None) -> None:
    """Let the image, and the file that holds it, go where they are dropped."""
    data, carried = QMimeData(), QDrag(source)
    data.setImageData(image)
    if file is not None:
        data.setUrls([QUrl.fromLocalFile(str(file))])
    carried.setMimeData(data)
    carried.setPixmap(QPixmap.fromImage(image.scaledToWidth(_WIDE)))
    carried.exec(Qt.DropAction.CopyAction)


class DragOff(QObject):
    """What a button would make is dragged off it: drawn as soon as the mouse moves away with it, and carried on then.

    ``write`` gives what writes the file in the drawing thread, or nothing where there is nothing to be carried.
    """

    def __init__(
        self, button: QAbstractButton, write: Callable[[], Callable[[], Path] | None], failed: Callable[[str], None]
    ) -> None:
        super().__init__(button)
        self._button, self._write, self._failed = button, write, failed
        self._pressed: QPoint | None = None
        self._drawing: Drawing | None = None
        button.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            match event.type():
                case QEvent.Type.MouseButtonPress if event.button() == Qt.MouseButton.LeftButton:
                    self._pressed = event.position().toPoint()
                case QEvent.Type.MouseMove if self._pressed is not None:
                    far = (event.position().toPoint() - self._pressed).manhattanLength()
                    if far >= QApplication.startDragDistance() and (write := self._write()) is not None:
                        self._pressed = None
                        self._button.setDown(False)
                        self._drawing = Drawing(write, self._carry, self._failed, self)
                case QEvent.Type.MouseButtonRelease:
                    self._pressed = None
        return False

    def _carry(self, file: Path) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            carry(self._button, QImage(str(file)), file)
