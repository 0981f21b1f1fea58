"""Files let go over a widget, as a file manager does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_COPY, _LEFT, _PLAIN = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(widget: QWidget, *paths: Path) -> None:
    """Drop these files."""
    # An event does not own its data.
    files = _files(paths)
    widget.dropEvent(QDropEvent(QPointF(9, 9), _COPY, files, _LEFT, _PLAIN))


def let_go(widget: QWidget, *paths: Path) -> None:
    """Drag them over whatever is there and let go: the widget takes them, or one around it."""
    files, window = _files(paths), widget.window()
    where = widget.mapTo(window, QPoint(9, 9))
    QApplication.sendEvent(window.windowHandle(), QDragEnterEvent(where, _COPY, files, _LEFT, _PLAIN))
    QApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(where), _COPY, files, _LEFT, _PLAIN))


def _files(paths: tuple[Path, ...]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    # File managers offer the addresses as a text as well, and a line for text would take that.
    data.setText("\n".join(url.toString() for url in data.urls()))
    return data
