"""The page as it will be printed, on which cells are picked, moved, cut out and written on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.browser.files import addresses_in
from gui.export.carrying import carry
from gui.texts import tr
from tfcore.figure.composed import Spot

MOVE, PART, INSET, WORDS = "move", "part", "inset", "words"
# What has a name that can be dragged, as places count.
ROW, COLUMN = 0, 1
_EMPTY = tr("Add what is shown (Ctrl+Shift+F), or drag pictures here from the list")
_CLICK = 4
_Key = Qt.Key
_STEPS: dict[int, tuple[int, int]] = {
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
}
_NEARER: dict[int, float] = {_Key.Key_Plus: 1.25, _Key.Key_Minus: 0.8}
_ENTER: tuple[int, ...] = (_Key.Key_Return, _Key.Key_Enter)
_ALT, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
# Where a part or an inset begins that is not framed by the mouse, and words.
_MIDDLE, _POINT = (0.25, 0.25, 0.75, 0.75), (0.5, 0.5, 0.5, 0.5)

Place = tuple[int, int]


class Sheet(QWidget):
    """Shows a drawn page; what is done to it by mouse and keys is told, never done here."""

    picked = Signal(object)
    # From one place to another; what goes; pictures that were dropped, on a place or on none.
    moved = Signal(object, object)
    # A whole row or column by its name: which of both, from where, to where.
    line_moved = Signal(int, int, int)
    removed = Signal(object)
    dropped = Signal(object, object)
    # A part of a cell's picture was framed, or an arrow drawn on it, as shares of what is seen there: x0, y0, x1, y1.
    framed = Signal(object, object)
    # Nearer by a factor, about a point of a cell; about none by keys, which mean what the tool has framed.
    zoomed = Signal(object, float, object)
    # What the tool has framed or written: so many steps down and across, or only the tip of an arrow.
    shifted = Signal(object, object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.tool = MOVE
        self.chosen: Place | None = None
        # Whether rows and columns have names.
        self.names = (False, False)
        self._image: QImage | None = None
        self._scale, self._page = 1.0, 0
        self._spots: Mapping[Place, Spot] = {}
        self._sentence = _EMPTY
        self._pressed: tuple[Place, QPointF] | None = None
        self._line: int | None = None
        self._now = QPointF()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("figure"))
        self.setToolTip(
            tr(
                "Click picks a cell, a drag takes it to another place, a drag of a name its whole row or column; "
                "Ctrl+wheel comes nearer. Alt+arrows pick, Ctrl+arrows move, Ctrl+Alt+arrows the whole row or "
                "column, Delete removes. Enter puts the part, the inset or "
                "the words of the tool into the middle, + and - make it nearer, Ctrl+Shift+arrows shift "
                "it (with Alt the tip of an arrow)"
            )
        )

    # --- what is shown ---

    def show_page(self, image: QImage, scale: float, page: int, spots: Mapping[Place, Spot]) -> None:
        """A page, with so many screen pixels for a millimetre, and where its cells are."""
        self._image, self._scale, self._page, self._spots = image, scale, page, spots
        ratio = image.devicePixelRatio()
        self.setFixedSize(QSize(round(image.width() / ratio), round(image.height() / ratio)))
        self.update()

    def show_sentence(self, sentence: str = _EMPTY) -> None:
        """In place of a page."""
        self._image, self._sentence, self._spots = None, sentence, {}
        self.setMinimumSize(240, 160)
        self.setMaximumSize(16777215, 16777215)
        self.setAccessibleDescription(sentence)
        self.update()

    def show_waiting(self) -> None:
        """Until the first page is drawn."""
        if self._image is None:
            self.show_sentence(tr("Drawing …"))

    def rect_of(self, place: Place) -> QRectF:
        """Where a cell is."""
        spot = self._spots[place]
        return QRectF(*(side * self._scale for side in spot[1:]))

    def place_at(self, point: QPointF) -> Place | None:
        """Whose cell it is: the nearest one."""
        here = [place for place, spot in self._spots.items() if spot.page == self._page]
        return min(here, key=lambda place: _far(self.rect_of(place), point), default=None)

    def _line_at(self, point: QPointF) -> int | None:
        """Whether the name of a column, above all cells, or of a row, left of them, is there."""
        here = [self.rect_of(place) for place, spot in self._spots.items() if spot.page == self._page]
        if self.names[COLUMN] and point.y() < min((rect.top() for rect in here), default=0):
            return COLUMN
        return ROW if self.names[ROW] and point.x() < min((rect.left() for rect in here), default=0) else None

    def _target(self, place: Place) -> QRectF:
        """Where what is dragged goes: a cell, or all that stands beside or below it."""
        if self._line is None:
            return self.rect_of(place)
        line = [
            self.rect_of(each)
            for each, spot in self._spots.items()
            if spot.page == self._page and each[self._line] == place[self._line]
        ]
        return reduce(QRectF.united, line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is None:
            painter.setPen(theme.colour("quiet"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._sentence)
            return
        if self._image.hasAlphaChannel():
            # What is seen through, pale enough to read on.
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            painter.fillRect(self.rect(), QBrush(Qt.GlobalColor.lightGray, Qt.BrushStyle.Dense6Pattern))
        painter.drawImage(0, 0, self._image)
        painter.setPen(QPen(theme.colour("accent"), 2))
        if self.chosen is not None and self.chosen in self._spots and self._spots[self.chosen].page == self._page:
            painter.drawRect(self.rect_of(self.chosen))
        if self._pressed is not None and self._dragged:
            start = self._pressed[1]
            if self.tool == MOVE and (target := self.place_at(self._now)) is not None:
                painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
                painter.drawRect(self._target(target))
            elif self.tool == WORDS:
                painter.drawLine(start, self._now)
            elif self.tool != MOVE:
                painter.drawRect(QRectF(start, self._now).normalized())

    @property
    def _dragged(self) -> bool:
        return self._pressed is not None and (self._now - self._pressed[1]).manhattanLength() >= _CLICK

    # --- what the user does ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._pressed, self._now = (place, event.position()), event.position()
            self._line = self._line_at(event.position())
            self.picked.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._now = event.position()
        self.update()
        if self._pressed is not None and self.tool == MOVE and not self.rect().contains(event.position().toPoint()):
            self._carry_out()

    def _carry_out(self) -> None:
        """The page goes where it is dropped: into a slide, or a letter."""
        self._pressed = None
        if self._image is not None:
            carry(self, self._image)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        self._now = event.position()
        (place, start), dragged = self._pressed, self._dragged
        self._pressed = None
        if self.tool == MOVE and dragged:
            target = self.place_at(event.position())
            if target is not None:
                self._go(place, target, self._line)
        elif self.tool != MOVE and (dragged or self.tool == WORDS):
            rect = self.rect_of(place)
            ends = [((p.x() - rect.x()) / rect.width(), (p.y() - rect.y()) / rect.height()) for p in (start, self._now)]
            self.framed.emit(place, (*ends[0], *ends[1]) if dragged else (*ends[0], *ends[0]))
        self.update()

    def _go(self, place: Place, target: Place, line: int | None) -> None:
        """A cell, or the whole row or column that it is in, goes elsewhere."""
        if line is None and target != place:
            self.moved.emit(place, target)
        elif line is not None and target[line] != place[line]:
            self.line_moved.emit(line, place[line], target[line])

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self.place_at(event.position())
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or place is None:
            event.ignore()
            return
        rect = self.rect_of(place)
        at = (event.position().x() - rect.x()) / rect.width(), (event.position().y() - rect.y()) / rect.height()
        self.picked.emit(place)
        self.zoomed.emit(place, 1.25 ** (event.angleDelta().y() / 120), at)
        event.accept()

    def put_in_the_middle(self) -> None:
        """What the tool frames or writes, without a mouse: in the middle of the cell that is picked."""
        if self.chosen is not None and self.tool != MOVE:
            self.framed.emit(self.chosen, _POINT if self.tool == WORDS else _MIDDLE)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # These go before the same keys of the window.
            step = event.key() in _STEPS and event.modifiers() & (_ALT | _CTRL)
            if step or (event.key() in _NEARER and not event.modifiers() & (_ALT | _CTRL)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step, held = event.key(), _STEPS.get(event.key()), event.modifiers()
        if key == _Key.Key_Delete and self.chosen is not None:
            self.removed.emit(self.chosen)
        elif key in _NEARER and self.chosen is not None:
            self.zoomed.emit(self.chosen, _NEARER[key], None)
        elif key in _ENTER:
            self.put_in_the_middle()
        elif step and held & _CTRL and held & _SHIFT:
            if self.chosen is not None:
                self.shifted.emit(self.chosen, step, bool(held & _ALT))
        elif step and held & (_ALT | _CTRL):
            here = self.chosen or (0, -1)
            there = here[0] + step[0], here[1] + step[1]
            if there in self._spots and not held & _CTRL:
                self.picked.emit(there)
            elif there in self._spots and self.chosen is not None:
                self._go(here, there, (ROW if step[0] else COLUMN) if held & _ALT else None)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if addresses_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        place = self.place_at(event.position())
        on = place if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else None
        event.acceptProposedAction()
        self.dropped.emit(addresses_in(event.mimeData()), on)


def _far(rect: QRectF, point: QPointF) -> float:
    """From a point to the nearest of a rectangle."""
    x = max(rect.left() - point.x(), 0, point.x() - rect.right())
    y = max(rect.top() - point.y(), 0, point.y() - rect.bottom())
    return float(x * x + y * y)
