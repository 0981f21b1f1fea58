"""Many pictures below each other, each with its maps beside it; only what is in sight costs anything."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from gui import theme
from gui.canvas.arrangement import GAP, Arrangement
from gui.canvas.camera import MARGIN, ZOOM_PER_DELTA, Camera
from gui.canvas.grid import CLICK
from gui.canvas.sheet import Sheet
from gui.canvas.table import Table
from gui.canvas.windowing import dragged
from tfcore.figure.display import Display
from tfcore.pictures import Picture

# What a name takes at least, and what it should hold where that is not more than a third of the width.
NAMES, _NAMED = 150, "meningioma 0.95"
# The cells share the width, within these.
LEAST, MOST, _HEADED = 96, 320, "grad-cam++"
# Rows that stay drawn: more than a screen.
_KEPT = 30
# Long enough to fly past, short enough to feel at once.
_PAUSE_MS = 80
# Words are broken between each other, and within one where it is too long for a line.
_BROKEN = QTextOption(Qt.AlignmentFlag.AlignVCenter)
_BROKEN.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


class Row(NamedTuple):
    """What is said of a picture, and the picture once it is read, with its cells; those of other planes have others."""

    words: str
    parts: Sequence[tuple[Picture | None, Table]]


class Rows(QAbstractScrollArea):
    """One zoom, one place in the picture and one way from the own window for all rows, whatever their pictures are."""

    # The rows in sight are others, and nobody is on the way to more.
    looked = Signal()
    # A row was clicked, with the keys that were held; or twice, which leads to it.
    picked = Signal(int, object)
    opened = Signal(int)

    def __init__(self, of: Callable[[str], Row]) -> None:
        super().__init__()
        self._of = of
        self.addresses: Sequence[str] = ()
        self.chosen: Collection[str] = ()
        self.current = ""
        self.columns: tuple[str, ...] = ()
        self.display, self.hidden = Display(), False
        # How much nearer than fitted, and the middle of what is seen as shares of width and height.
        self._zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        # How far each window is from the picture's own, in screen pixels of a drag to the right and upwards.
        self._window = QPointF(0, 0)
        self._drawn: OrderedDict[str, tuple[Hashable, QPixmap]] = OrderedDict()
        self._sheets: dict[tuple[str, int], tuple[Picture, QPointF, Sheet, Camera]] = {}
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        self._right: QPointF | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.looked)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._pause.start())

    # --- what is shown ---

    def show_rows(self, addresses: Sequence[str], columns: tuple[str, ...]) -> None:
        """These pictures, with cells of these names; what was drawn of them stays."""
        self.addresses, self.columns = addresses, columns
        self._fit()

    def mark(self, chosen: Collection[str], current: str) -> None:
        """Which rows are selected; the current one comes into sight when it is another."""
        self.chosen = set(chosen)
        if current != self.current and current in self.addresses:
            top, room = self.addresses.index(current) * self.pitch, self.viewport().height() - self._top
            bar = self.verticalScrollBar()
            bar.setValue(min(max(bar.value(), top + self.pitch - room), top))
        self.current = current
        self.viewport().update()

    def settled(self) -> bool:
        return not self._pause.isActive()

    def in_sight(self) -> range:
        """The rows at least partly on screen."""
        first = self.verticalScrollBar().value() // self.pitch
        last = (self.verticalScrollBar().value() + self.viewport().height() - self._top) // self.pitch
        return range(first, min(len(self.addresses), last + 1))

    def fit(self) -> None:
        """Every picture whole, through its own window."""
        self._zoom, self._middle, self._window = 1.0, QPointF(0.5, 0.5), QPointF(0, 0)
        self.viewport().update()

    def zoom(self, factor: float) -> None:
        """All pictures nearer, or farther; never smaller than whole."""
        self._zoom = min(max(self._zoom * factor, 1.0), 32.0)
        self._move(QPoint(0, 0))

    # --- where things are ---

    @property
    def side(self) -> int:
        room = self.viewport().width() - self._names - GAP * (len(self.columns) + 1)
        least = max(LEAST, self.fontMetrics().horizontalAdvance(_HEADED))
        return int(min(max(room / max(len(self.columns), 1), least), MOST))

    @property
    def _names(self) -> int:
        wanted = self.fontMetrics().horizontalAdvance(_NAMED) + 2 * int(GAP) + 10
        return max(NAMES, min(wanted, self.viewport().width() // 3))

    @property
    def pitch(self) -> int:
        return self.side + int(GAP)

    @property
    def _top(self) -> int:
        return 2 * self.fontMetrics().height() + int(GAP)

    def _arrangement(self, top: float = 0.0, above: float = 0.0) -> Arrangement:
        side, corner = QSizeF(self.side, self.side), QPointF(self._names + GAP, top)
        return Arrangement(1, len(self.columns), side, corner, self.side, self._names, above, False)

    def _row_at(self, point: QPointF) -> int:
        row = int(point.y() - self._top + self.verticalScrollBar().value()) // self.pitch
        return row if point.y() >= self._top and row < len(self.addresses) else -1

    @property
    def _wide(self) -> int:
        """How wide a row is."""
        return max(self.viewport().width(), self._names + int(GAP) + len(self.columns) * (self.side + int(GAP)))

    def _fit(self) -> None:
        across, room = self.horizontalScrollBar(), self.viewport().width()
        across.setRange(0, self._wide - room)
        across.setPageStep(room)
        across.setSingleStep(max(1, self.pitch // 3))
        bar, page = self.verticalScrollBar(), self.viewport().height() - self._top
        bar.setRange(0, max(0, len(self.addresses) * self.pitch - page))
        bar.setPageStep(page)
        bar.setSingleStep(max(1, self.pitch // 3))
        self._pause.start()
        self.viewport().update()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("base"))
        left, scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter.setClipRect(QRect(0, self._top, self.viewport().width(), self.viewport().height()))
        for row in self.in_sight():
            address = self.addresses[row]
            said, y = self._of(address), self._top + row * self.pitch - scrolled
            painter.drawPixmap(-left, y, self._pixmap(address, said))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(10 - left, y, self._names - 10, self.side), said.words, _BROKEN)
            if address in self.chosen:
                painter.fillRect(QRect(0, y, 4 if address == self.current else 2, self.side), theme.colour("accent"))
        painter.setClipping(False)
        heads = Sheet(Camera())
        heads.table = Table(columns=self.columns)
        painter.translate(-left, 0)
        heads.paint_names(painter, self._arrangement(self._top, self._top))

    def _pixmap(self, address: str, row: Row) -> QPixmap:
        """The cells of a row as they stand, drawn anew only where something about them changed."""
        ratio = self.devicePixelRatioF()
        parts = [(picture is not None, sorted(table.cells.items())) for picture, table in row.parts]
        shown = tuple((read, *((at, id(cell.heat), cell.text) for at, cell in cells)) for read, cells in parts)
        where = (self._zoom, self._middle.toTuple(), self._window.toTuple())
        look = (*where, self.display, self.hidden, theme.colour("base").rgb())
        key = (shown, look, self._wide, self.side, ratio)
        held = self._drawn.get(address)
        if held is None or held[0] != key:
            held = self._drawn[address] = key, self._draw(address, row, ratio)
        self._drawn.move_to_end(address)
        while len(self._drawn) > _KEPT:
            gone, _ = self._drawn.popitem(last=False)
            for each in [each for each in self._sheets if each[0] == gone]:
                del self._sheets[each]
        return held[1]

    def _draw(self, address: str, row: Row, ratio: float) -> QPixmap:
        pixmap = QPixmap(round(self._wide * ratio), round(self.side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.colour("base"))
        painter = QPainter(pixmap)
        painter.setFont(self.font())
        for number, (picture, table) in enumerate(row.parts):
            if picture is not None:
                self._sheet((address, number), picture, table).draw(painter, self._arrangement(), ratio)
                continue
            for place in table.cells:
                painter.fillRect(self._arrangement().rect(place), theme.colour("window"))
        painter.end()
        return pixmap

    def _sheet(self, part: tuple[str, int], picture: Picture, table: Table) -> Sheet:
        """What paints a part of a row, looking where all rows look."""
        held = self._sheets.get(part)
        if held is None or held[0] is not picture or held[1] != self._window:
            camera = Camera()
            held = self._sheets[part] = picture, QPointF(self._window), Sheet(camera), camera
            held[2].show_picture(self._windowed(picture))
        _, _, sheet, camera = held
        camera.set_viewport(self.side + 2 * MARGIN, self.side + 2 * MARGIN)
        camera.set_picture(picture.width, picture.height, picture.tall)
        camera.fit()
        camera.mirrored = self.display.mirrors(picture)
        camera.scale *= self._zoom
        camera.x, camera.y = self._middle.x() * picture.width, self._middle.y() * picture.height
        sheet.display, sheet.hidden = self.display, self.hidden
        sheet.show_table(table)
        return sheet

    def _windowed(self, picture: Picture) -> Picture:
        """As far from its own window as all others, unless it has colours."""
        if self._window.isNull() or picture.channels > 1:
            return picture
        return replace(picture, window=dragged(picture.window, *self._window.toTuple()) or picture.window, look=None)

    # --- what the user does ---

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls; with Ctrl all pictures come nearer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_PER_DELTA ** event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._dragged = event.position()
        elif event.button() == Qt.MouseButton.RightButton:
            self._right = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag moves all pictures; the keys that go with a click move none."""
        if self._dragged is not None and self._pressed is not None and not event.modifiers():
            if (event.position() - self._pressed).manhattanLength() >= CLICK:
                self._move((event.position() - self._dragged).toPoint())
            self._dragged = event.position()
        if self._right is not None:
            moved, self._right = event.position() - self._right, event.position()
            self._window += QPointF(moved.x(), -moved.y())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self._right = None
            return
        pressed, self._pressed, self._dragged = self._pressed, None, None
        clicked = pressed is not None and (event.position() - pressed).manhattanLength() < CLICK
        if clicked and (row := self._row_at(event.position())) >= 0:
            self.picked.emit(row, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (row := self._row_at(event.position())) >= 0:
            self.opened.emit(row)

    def _move(self, by: QPoint) -> None:
        far = self.side * self._zoom
        x, y = self._middle.x() - by.x() / far, self._middle.y() - by.y() / far
        rest = 0.5 / self._zoom
        self._middle = QPointF(min(max(x, rest), 1 - rest), min(max(y, rest), 1 - rest))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
