"""One view of the canvas: the picture, the heat over it if this view has any, and the cross-hair."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QLabel, QWidget

from gui.canvas.camera import Camera
from gui.canvas.finer import Finer
from gui.canvas.formats import formatter
from gui.canvas.heat_item import PaintedHeat
from gui.canvas.marks import draw_marks, within
from gui.canvas.mask_item import Area, PaintedAreas
from gui.canvas.painting import lay, through
from gui.canvas.picture_item import PaintedPicture
from gui.canvas.regions import Regions
from gui.texts import tr
from tfcore.figure.display import Display, nearly_flat, scale_of
from tfcore.figure.words import NEARLY_FLAT
from tfcore.pictures import Picture
from tfcore.results import Heat

# Screen pixels left free around the middle of a crosshair.
_GAP = 8


class View(QAbstractScrollArea):
    """Looks through a shared camera: the wheel zooms about the cursor or goes through slices, dragging pans or does
    what the tool says, with Shift it measures, a double click fits.
    """

    # The picture position under the cursor, None when it leaves.
    pointed = Signal(object)
    # A drag with the right button began, and is so many screen pixels to the right of there and above.
    window_taken = Signal()
    window_dragged = Signal(float, float)
    # Where the crosshair of three planes was put, and a double click there.
    aimed = Signal(object)
    doubled = Signal()
    # Where somebody clicked without meaning anything that is drawn there.
    clicked = Signal(object)
    resized = Signal()

    def __init__(self, camera: Camera, regions: Regions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = self._camera = camera
        self._regions = regions
        # Whether the left button moves a crosshair in place of the picture, and where that is.
        self.aims = self._aiming = False
        self._aim: QPointF | None = None
        self._cross: QPointF | None = None
        self._dragged: QPointF | None = None
        self._pressed = QPointF()
        # Where the right button went down, whether it was moved since, and whether a menu waits for it to go up.
        self._right: QPointF | None = None
        self._right_moved = self._menu_waits = False
        self._picture: PaintedPicture | None = None
        # Of a picture that is shown reduced.
        self._finer: Finer | None = None
        self._heat: PaintedHeat | None = None
        self._display, self._range = Display(), (0.0, 1.0)
        self._areas = PaintedAreas()
        self.setFrameShape(QFrame.Shape.NoFrame)
        for bars in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.badge = QLabel(self)
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.badge.setStyleSheet(
            "background: palette(window); color: palette(text); border: 1px solid palette(mid);"
            "border-radius: 4px; padding: 4px 10px;"
        )
        self.badge.setTextFormat(Qt.TextFormat.PlainText)
        self.badge.setWordWrap(True)
        self.badge.hide()
        # The canvas takes the keys, the window takes the drops.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setMinimumSize(80, 80)
        camera.changed.connect(self.viewport().update)
        regions.changed.connect(self._regions_changed)

    def show_picture(self, picture: Picture) -> None:
        self._picture = PaintedPicture(picture)
        if self._finer is not None:
            self._finer.drop()
            self._finer.deleteLater()
        self._finer = None
        if picture.full is not None:
            self._finer = Finer(picture, self)
            self._finer.arrived.connect(self.viewport().update)
        self.viewport().update()

    @property
    def heat(self) -> Heat | None:
        """What lies over the picture."""
        return self._heat.heat if self._heat is not None else None

    def show_heat(self, heat: Heat | None, display: Display) -> None:
        """Draw the map over the picture; nothing for no map, or for one without positive evidence."""
        if heat is None or heat.degenerate:
            self._heat = None
        else:
            self._heat = self._heat if heat is self.heat else PaintedHeat(heat)
            self._display, self._range = display, scale_of(heat, [heat], display)
        said = _said(heat) if heat is not None else ""
        self.badge.setVisible(bool(said))
        self.badge.setText(said)
        self._place_badge()
        self.viewport().update()

    def show_areas(self, areas: Sequence[Area]) -> None:
        """Draw these over the heat, and no others."""
        self._areas = PaintedAreas(areas)
        self.viewport().update()

    def show_cross(self, position: QPointF | None) -> None:
        """Draw the cross-hair through this picture position."""
        self._cross = position
        self.viewport().update()

    def aim(self, position: QPointF | None) -> None:
        """Where the three planes meet."""
        self._aim = position
        self.viewport().update()

    def position(self, point: QPointF) -> QPointF:
        """The picture position at this point of the widget."""
        return self._camera.position(point, self.width(), self.height())

    def _place_badge(self) -> None:
        words = self.badge.fontMetrics().horizontalAdvance(self.badge.text())
        width = max(0, min(words + 24, self.width() - 40))
        self.badge.resize(width, self.badge.heightForWidth(width))
        self.badge.move((self.width() - self.badge.width()) // 2, self.height() - self.badge.height() - 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_badge()
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self.viewport()), QRectF(self.viewport().rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(room, self.palette().color(QPalette.ColorRole.Window))
        if self._picture is not None:
            painter.save()
            self._paint(painter, room, self._picture)
            painter.restore()
        if self._aim is not None:
            self._draw_aim(painter, self._camera.point(self._aim, self.width(), self.height()))
        draw_marks(painter, room, self._camera)
        self._regions.paint(painter, self._camera, self.width(), self.height())
        if self._cross is None:
            return
        at = self._camera.point(self._cross, self.width(), self.height())
        x, y = at.x(), at.y()
        for colour, width in ((QColor(0, 0, 0, 110), 3), (QColor(255, 255, 255, 200), 1)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

    def _paint(self, painter: QPainter, room: QRectF, picture: PaintedPicture) -> None:
        """What lies where the camera sees it: the picture, its heat no further than its edges, and areas."""
        scale = max(self._camera.scale, self._camera.down) * self.devicePixelRatioF()
        visible = self._camera.visible(room.width(), room.height())
        picture.look(visible, scale)
        through(painter, room, self._camera, picture.frame)
        picture.paint(painter, scale)
        if self._finer is not None:
            self._finer.look(visible, scale)
            if self._finer.image is not None:
                lay(painter, self._finer.covered, self._finer.image, smooth=scale < 1.0)
        if self._heat is not None:
            self._heat.paint(painter, self._display, self._range, (3.5, 1.5))
        # Lines along the edges are seen whole.
        painter.setClipping(False)
        self._areas.paint(painter)

    def _draw_aim(self, painter: QPainter, at: QPointF) -> None:
        """Lines with a gap where they meet, so that what lies there is seen, and none through the letters."""
        x, y, room = at.x(), at.y(), within(painter, QRectF(self.rect()), self._camera)
        lines = [
            QLineF(min(room.left(), x - _GAP), y, x - _GAP, y),
            QLineF(x + _GAP, y, max(room.right(), x + _GAP), y),
            QLineF(x, min(room.top(), y - _GAP), x, y - _GAP),
            QLineF(x, y + _GAP, x, max(room.bottom(), y + _GAP)),
        ]
        for colour, width in ((QColor(0, 0, 0, 120), 3), (QColor(90, 220, 255, 210), 1)):
            painter.setPen(QPen(colour, width))
            painter.drawLines(lines)

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = self.position(event.position())
        self._camera.wheel(event, at.x(), at.y())

    @property
    def _scale(self) -> tuple[float, float]:
        return self._camera.scale, self._camera.down

    def _regions_changed(self) -> None:
        # Also for those who cannot see what is drawn.
        self.setAccessibleDescription(self._regions.sentence())
        drawing = self._regions.tool != "move"
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if drawing else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        quick = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._regions.press(self.position(event.position()), self._scale, quick):
            return
        if left and self.aims:
            self._aiming = True
            self.aimed.emit(self.position(event.position()))
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged = self._pressed = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.RightButton:
            self._right, self._right_moved = event.position(), False
            self.window_taken.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            moved = event.position() - self._dragged
            self._dragged = event.position()
            self._camera.pan(moved.x(), moved.y())
        elif self._aiming:
            self.aimed.emit(self.position(event.position()))
        elif self._regions.busy:
            self._regions.move(self.position(event.position()), self._scale)
        if self._right is not None:
            moved = event.position() - self._right
            self._right_moved = self._right_moved or moved.manhattanLength() >= QApplication.startDragDistance()
            if self._right_moved:
                self.window_dragged.emit(moved.x(), -moved.y())
        self.pointed.emit(self.position(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self._right = None
            if self._menu_waits and not self._right_moved:
                at = event.position().toPoint()
                menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, event.globalPosition().toPoint())
                QApplication.sendEvent(self, menu)
            self._menu_waits = False
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._regions.release(self.position(event.position()), self._scale)
            if self._dragged is not None and (event.position() - self._pressed).manhattanLength() < 4:
                self.clicked.emit(self.position(event.position()))
        self._dragged, self._aiming = None, False
        self._regions_changed()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Some systems ask for the menu when the button goes down, some when it goes up; after a drag there is none."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self._menu_waits = by_mouse and self._right is not None
        event.setAccepted(self._menu_waits or (by_mouse and self._right_moved))
        self._right_moved = self._right_moved and self._menu_waits

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.doubled.emit()
        if self._regions.tool == "move" and not self.aims:
            self._camera.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)


def _said(heat: Heat) -> str:
    """What the colours do not say, or say too loudly."""
    if heat.degenerate:
        return str(heat.facts.get("why", "")) or tr(
            "no positive evidence for {class_}", class_=heat.classes[heat.target]
        )
    if not nearly_flat(heat):
        return ""
    if heat.found:
        return heat.found
    low, high = float(heat.map.min()), float(heat.map.max())
    write = formatter(low, high)
    return tr(
        "{nearly_flat}: all values from {low} to {high}", nearly_flat=NEARLY_FLAT, low=write(low), high=write(high)
    )
