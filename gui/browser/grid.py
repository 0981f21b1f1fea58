"""A grid of equal tiles over any number of rows.

QListView lays every row out whenever one arrives or the window is resized: a third of a second for 100,000 rows.
Here a row's place is arithmetic, so only what is in sight costs anything.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QHoverEvent, QPainter, QPaintEvent, QPalette, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem

from gui.browser.delegate import Tile, picture_pixels
from gui.browser.files import Files
from gui.texts import tr

GAP = 10
_LETTERS = 13
SMALLEST = 96  # tiles are stretched from here until one more column fits

Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction


class Grid(QAbstractItemView):
    """Tiles in lines; ``in_sight`` says which rows to make pictures of, those on screen first."""

    in_sight = Signal(object, int)  # rows, device pixels

    def __init__(self, files: Files, tile: Tile) -> None:
        super().__init__()
        self._tile = tile
        self._hovered = -1
        self._first = 0  # the row at the top
        self._columns = 0
        # Whether the current picture stays in sight whatever moves; not once somebody has scrolled away from it.
        self.following = True
        self._laying_out = False
        self._look = QTimer(self, singleShot=True, interval=15)
        self._look.timeout.connect(self._tell)
        self.setAccessibleName(tr("pictures"))
        self.setModel(files)
        self.setItemDelegate(tile)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    # --- where things are ---

    def columns(self) -> int:
        """How many tiles stand side by side."""
        # Of a name its beginning and its end must be readable.
        smallest = max(SMALLEST, _LETTERS * self.fontMetrics().averageCharWidth())
        return max(1, (self._width() - GAP) // (smallest + GAP))

    def side(self) -> int:
        return max(1, (self._width() - GAP) // self.columns() - GAP)

    def _width(self) -> int:
        # The scroll bar's room is always kept, so that its coming and going moves nothing.
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _cell_height(self) -> int:
        return self.side() + self._tile.text_height(self.font())

    def _rows(self) -> int:
        return self.model().rowCount()

    def _rows_between(self, top: int, bottom: int) -> range:
        """The rows that touch a band of the viewport."""
        pitch = self._cell_height() + GAP
        first = max(0, (top + self.verticalOffset()) // pitch)
        last = max(0, (bottom + self.verticalOffset()) // pitch)
        return range(first * self.columns(), min(self._rows(), (last + 1) * self.columns()))

    def rows_in_sight(self) -> range:
        """The rows at least partly on screen."""
        return self._rows_between(0, self.viewport().height())

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self.columns())
        side, height = self.side(), self._cell_height()
        return QRect(GAP + column * (side + GAP), GAP + line * (height + GAP) - self.verticalOffset(), side, height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        for row in self._rows_between(point.y(), point.y()):
            index = self.model().index(row, 0)
            if self.visualRect(index).contains(point):
                return index
        return QModelIndex()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Move as little as needed, or bring the tile to the middle."""
        tile, seen = self.visualRect(index).adjusted(0, -GAP, 0, GAP), self.viewport().rect()
        if not index.isValid():
            return
        self.following = self.following or index == self.currentIndex()
        bar = self.verticalScrollBar()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + tile.center().y() - seen.center().y())
        elif tile.top() < seen.top():
            bar.setValue(bar.value() + tile.top() - seen.top())
        elif tile.bottom() > seen.bottom():
            bar.setValue(bar.value() + tile.bottom() - seen.bottom())

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._laying_out = True
        lines = -(-self._rows() // self.columns())
        pitch, page = self._cell_height() + GAP, self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, GAP + lines * pitch - page))
        bar.setPageStep(page)
        bar.setSingleStep(max(1, pitch // 3))
        if self.following:
            self.scrollTo(self.currentIndex())
        self._laying_out = False
        self._look.start()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """More rows are more lines, and perhaps more tiles in sight; the base class leaves that to its heirs."""
        super().rowsInserted(parent, start, end)
        self.scheduleDelayedItemsLayout()

    # --- moving and selecting ---

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, row = self._rows(), self.currentIndex().row()
        if count == 0:
            return QModelIndex()
        if row < 0:
            return self.model().index(0, 0)
        columns = self.columns()
        page = columns * max(1, self.viewport().height() // (self._cell_height() + GAP))
        steps = {
            _Action.MoveLeft: -1,
            _Action.MovePrevious: -1,
            _Action.MoveRight: 1,
            _Action.MoveNext: 1,
            _Action.MoveUp: -columns if row >= columns else 0,
            _Action.MoveDown: columns if row // columns < (count - 1) // columns else 0,
            _Action.MovePageUp: -page,
            _Action.MovePageDown: page,
            _Action.MoveHome: -count,
            _Action.MoveEnd: count,
        }
        return self.model().index(min(max(row + steps[action], 0), count - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Everything from the tile in one corner to the tile in the other, in reading order."""
        ends = [index for corner in (rect.topLeft(), rect.bottomRight()) if (index := self.indexAt(corner)).isValid()]
        chosen = QItemSelection()
        if ends:
            first, last = sorted((ends[0], ends[-1]), key=QModelIndex.row)
            chosen = QItemSelection(first, last)
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # Repainting what is in sight is cheaper than asking which of it changed.
        return QRegion(self.viewport().rect())

    def keyboardSearch(self, search: str) -> None:
        """Nothing: the filter line is the search, and asking 100,000 rows one by one would be felt."""

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        model, chosen, current = self.model(), self.selectionModel(), self.currentIndex().row()
        plain = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
        for row in self._rows_between(event.rect().top(), event.rect().bottom()):
            index = model.index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            if row == self._hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            self._tile.paint(painter, option, index)
        painter.end()

    def look_again(self) -> None:
        """Ask for the thumbnails in sight."""
        self._look.start()

    def repaint_file(self, path: str) -> None:
        """Paint a file's tile again if it is in sight."""
        listing = self._tile.listing
        for row in self.rows_in_sight():
            if listing.path(row) == path:
                self.update(self.model().index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture at the top there, whatever the number of columns becomes, and the current one in sight."""
        super().resizeEvent(event)
        self.updateGeometries()
        if self.columns() != self._columns:
            self._columns = self.columns()
            top = self.visualRect(self.model().index(self._first, 0)).top()
            following = self.following
            self.verticalScrollBar().setValue(self.verticalOffset() + top - GAP)
            if following:
                self.scrollTo(self.currentIndex())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scrollTo(self.currentIndex())
        self._look.start()

    def event(self, event: QEvent) -> bool:
        """On a finer screen the thumbnails are made anew."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._look.start()
        return super().event(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._hovered = -1
        current = self.currentIndex()
        if not self._laying_out and current.isValid():
            self.following = self.visualRect(current).intersects(self.viewport().rect())
        self.viewport().update()
        self._look.start()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            hovered = -1 if left else self.indexAt(event.position().toPoint()).row()
            if hovered != self._hovered:
                for row in (self._hovered, hovered):
                    self.viewport().update(self.visualRect(self.model().index(row, 0)))
                self._hovered = hovered
        return super().viewportEvent(event)

    def _tell(self) -> None:
        if not self.isVisible():
            return
        height = self.viewport().height()
        seen, ahead = self.rows_in_sight(), self._rows_between(height, 2 * height)
        self._first = seen.start
        rows = [*seen, *(row for row in ahead if row not in seen)]
        self.in_sight.emit(rows, picture_pixels(self.side(), self.devicePixelRatioF()))
