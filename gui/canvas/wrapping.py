"""A row of controls that goes on in a second line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSpacerItem


class Wrapping(QLayout):
    """Left to right; it breaks only at a spacing and before a caption, which stays with its field."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def addSpacing(self, size: int) -> None:
        self.addItem(QSpacerItem(size, 0))

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        groups = self._groups()
        return QSize(self._width([item for group in groups for item in group]), max(map(_height, groups), default=0))

    def minimumSize(self) -> QSize:
        groups = self._groups()
        return QSize(max(map(self._width, groups), default=0), max(map(_height, groups), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            spare, left, height = rect.width() - self._width(line), rect.left(), _height(line)
            for item in line:
                size = QSize(_least(item), item.sizeHint().height())
                if _stretches(item):
                    size.setWidth(min(size.width() + spare, item.maximumSize().width()))
                item.setGeometry(QRect(left, top + (height - size.height()) // 2, size.width(), size.height()))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _groups(self) -> list[list[QLayoutItem]]:
        """What stays together."""
        groups: list[list[QLayoutItem]] = [[]]
        for item in self._items:
            widget = item.widget()
            if widget is None or (isinstance(widget, QLabel) and widget.buddy() is not None):
                groups.append([])
            if widget is not None and not item.isEmpty():
                groups[-1].append(item)
        return [group for group in groups if group]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for group in self._groups():
            if lines and self._width(lines[-1] + group) <= width:
                lines[-1] += group
            else:
                lines.append(list(group))
        return lines

    def _width(self, items: list[QLayoutItem]) -> int:
        return sum(map(_least, items)) + self.spacing() * max(0, len(items) - 1)


def _stretches(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def _least(item: QLayoutItem) -> int:
    return (item.minimumSize() if _stretches(item) else item.sizeHint()).width()


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)
