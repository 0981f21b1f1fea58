"""A row of controls that goes on in a second line where there is no room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSpacerItem, QWidget


def wrapped(*widgets: QWidget, spacing: int = 6) -> Wrapping:
    """Controls of which each may begin a line, but for the field of a caption."""
    line = Wrapping()
    line.setSpacing(spacing)
    for widget in widgets:
        line.addWidget(widget)
        if not _is_caption(widget):
            line.addSpacing(0)
    return line


def _is_caption(widget: QWidget | None) -> bool:
    return isinstance(widget, QLabel) and widget.buddy() is not None


@dataclass(frozen=True)
class _Piece:
    """What is asked of an item again and again while rows around it find their sizes."""

    item: QLayoutItem
    least: int
    height: int
    stretches: bool


@contextmanager
def resting(*rows: QLayout) -> Iterator[None]:
    """What comes into sight and goes out of it meanwhile finds its place once, after all of it, not each by itself."""
    for row in rows:
        row.setEnabled(False)
    try:
        yield
    finally:
        for row in rows:
            row.setEnabled(True)


class Wrapping(QLayout):
    """Left to right; it breaks only at a spacing and before a caption, which stays with its field."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        # What stays together, until one of them says that it wants another size.
        self._known: list[list[_Piece]] | None = None

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._known = None

    def addSpacing(self, size: int) -> None:
        self.addItem(QSpacerItem(size, 0))

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._known = None
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        self._known = None
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        groups = self._groups()
        return QSize(self._width([piece for group in groups for piece in group]), max(map(_height, groups), default=0))

    def minimumSize(self) -> QSize:
        groups = self._groups()
        return QSize(max(map(self._width, groups), default=0), max(map(_height, groups), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            spare, left, height = rect.width() - self._width(line), rect.left(), _height(line)
            spare //= max(1, sum(piece.stretches for piece in line))
            for piece in line:
                size = QSize(piece.least, piece.height)
                if piece.stretches:
                    size.setWidth(min(size.width() + spare, piece.item.maximumSize().width()))
                piece.item.setGeometry(QRect(left, top + (height - size.height()) // 2, size.width(), size.height()))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _groups(self) -> list[list[_Piece]]:
        """What stays together."""
        if self._known is None:
            groups: list[list[_Piece]] = [[]]
            for item in self._items:
                widget = item.widget()
                if widget is None or _is_caption(widget):
                    groups.append([])
                if widget is not None and not item.isEmpty():
                    groups[-1].append(_piece(item))
            self._known = [group for group in groups if group]
        return self._known

    def _lines(self, width: int) -> list[list[_Piece]]:
        lines: list[list[_Piece]] = []
        for group in self._groups():
            if lines and self._width(lines[-1] + group) <= width:
                lines[-1] += group
            else:
                lines.append(list(group))
        return lines

    def _width(self, pieces: list[_Piece]) -> int:
        return sum(piece.least for piece in pieces) + self.spacing() * max(0, len(pieces) - 1)


def _piece(item: QLayoutItem) -> _Piece:
    stretches = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    hint = item.sizeHint()
    return _Piece(item, item.minimumSize().width() if stretches else hint.width(), hint.height(), stretches)


def _height(line: list[_Piece]) -> int:
    return max(piece.height for piece in line)
