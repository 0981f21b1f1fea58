"""Many heatmaps of one picture beside each other, behind one camera."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QToolTip, QVBoxLayout, QWidget

from gui import theme
from gui.canvas.arrangement import Arrangement
from gui.canvas.camera import MARGIN, Camera
from gui.canvas.mask_item import Area
from gui.canvas.sheet import Sheet
from gui.canvas.table import Cell, Place, Table
from gui.panels.labels import ElidedLabel
from gui.texts import tr
from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.results import Heat

# A press that moved less than this is a click.
CLICK = 4.0


class Grid(QWidget):
    """Paints a :class:`Table` of heats of one picture: one camera, one cursor, one way of drawing for all cells."""

    # The picture position under the cursor, None when it leaves.
    pointed = Signal(object)
    # The heat that numbers beside the grid are about has changed.
    heat_changed = Signal()
    # A cell was clicked, or picked with Ctrl.
    chosen = Signal(object)
    picked = Signal(object)
    left = Signal()

    def __init__(self, camera: Camera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self._sheet = Sheet(camera)
        self._hovered: Place | None = None
        self._cross: QPointF | None = None
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        # Everything but the cross-hair, which moves much more often.
        self._drawn: QPixmap | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(80, 80)
        self.setAccessibleName(tr("grid of heatmaps"))
        self._lay_out()
        camera.changed.connect(self._redraw)

    # --- what is shown ---

    def show_picture(self, picture: Picture) -> None:
        """Another picture; cells of the last one go."""
        self._sheet.show_picture(picture)
        self._cross = None
        self.show_table(Table())

    def show_window(self, picture: Picture) -> None:
        """The same picture through another window."""
        self._sheet.show_picture(picture)
        self._redraw()

    def show_table(self, table: Table) -> None:
        """Show these cells; all heats are of the picture on show."""
        self._sheet.show_table(table)
        self._banner.setVisible(bool(table.heading))
        self._heading.setText(table.heading)
        if self._hovered not in table.cells:
            self._hovered = None
        self._arrange()
        self.heat_changed.emit()

    def show_areas(self, areas: Sequence[Area]) -> None:
        """Areas of the picture, in every cell."""
        self._sheet.show_areas(areas)
        self._redraw()

    def table(self) -> Table:
        return self._sheet.table

    def set_display(self, display: Display) -> None:
        self._sheet.display = display
        self._redraw()

    def hide_heat(self, hidden: bool) -> None:
        self._sheet.hidden = hidden
        self._redraw()

    def heat(self) -> Heat | None:
        """The heat under the cursor, else the one to be measured, else the current one, else the first."""
        table = self._sheet.table
        places = (self._hovered, table.measured, table.current)
        return next(filter(None, map(table.heat, places)), next(iter(table.heats()), None))

    def fit_camera(self) -> None:
        """Let the cells show as much of the picture as was seen, however small they are."""
        cell = self._places().cell
        self._camera.set_viewport(cell.width() + 2 * MARGIN, cell.height() + 2 * MARGIN, same_field=True)

    # --- where things are ---

    def _room(self) -> QRectF:
        top = self._banner.height() + 4 if self._sheet.table.heading else 0
        return QRectF(self.rect()).adjusted(2, top + 2, -2, -2)

    def _places(self) -> Arrangement:
        return self._sheet.arrangement(self._room(), self.fontMetrics())

    def _arrange(self) -> None:
        if self.isVisible():
            self.fit_camera()
        self._redraw()

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _position(self, point: QPointF) -> tuple[Place, QPointF] | None:
        """The cell at this point of the widget, and the picture position there."""
        places = self._places()
        if (place := places.at(point)) is None or place not in self._sheet.table.cells:
            return None
        inside = point - places.rect(place).topLeft()
        return place, self._camera.position(inside, places.cell.width(), places.cell.height())

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        if self._cross is not None:
            self._sheet.draw_cross(painter, self._places(), self._cross)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(QSize(max(ceil(self.width() * ratio), 1), max(ceil(self.height() * ratio), 1)))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(theme.colour("window"))
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        if words := self.said():
            painter.setPen(theme.colour("quiet"))
            painter.drawText(self._room(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)
        else:
            self._sheet.draw(painter, self._places(), ratio)
        painter.end()
        return drawn

    def said(self) -> str:
        """What stands in place of the cells, where there are none or no room for them."""
        table = self._sheet.table
        if not table.cells:
            return table.nothing
        size = tr("{n} × {columns} heatmaps", n=len(table.rows), columns=len(table.columns))
        return (
            ""
            if self._places().fits
            else tr("{size} do not fit in here: enlarge the window, or untick some.", size=size)
        )

    # --- the mouse ---

    def _point(self, point: QPointF | None) -> None:
        found = None if point is None else self._position(point)
        place, self._cross = found if found is not None else (None, None)
        if place != self._hovered:
            self._hovered = place
            self.heat_changed.emit()
        self.pointed.emit(self._cross)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if (found := self._position(event.position())) is not None:
            at = found[1]
            self._camera.wheel(event, at.x(), at.y())
            self._point(event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None and (self._pressed is None or not self._is_click(event.position())):
            moved = event.position() - self._dragged
            self._dragged, self._pressed = event.position(), None
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._camera.pan(moved.x(), moved.y())
        self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._pressed is not None and event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._dragged = None
        self.unsetCursor()
        if clicked and (found := self._position(event.position())) is not None:
            with_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.picked if with_ctrl else self.chosen).emit(found[0])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._camera.fit()

    def _is_click(self, point: QPointF) -> bool:
        return self._pressed is not None and (point - self._pressed).manhattanLength() < CLICK

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    # --- the rest ---

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._position(QPointF(event.pos()))
            cell = self._sheet.table.cells[found[0]] if found is not None else Cell()
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (cell.title, cell.text))), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._redraw()

    def _lay_out(self) -> None:
        self._banner = QWidget()
        self._heading = ElidedLabel()
        self.back = QToolButton()
        self.back.setText(tr("all heatmaps"))
        self.back.setIcon(theme.icon("mdi6.view-grid-outline"))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setToolTip(tr("Back to all heatmaps (Esc)"))
        self.back.clicked.connect(self.left)
        row = QHBoxLayout(self._banner)
        row.setContentsMargins(2, 0, 2, 0)
        row.addWidget(self._heading, 1)
        row.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._banner)
        column.addStretch(1)
        self._banner.hide()
