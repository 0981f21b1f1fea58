"""A table of heats drawn: the cells, the names beside them, and the marks on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from gui import theme
from gui.canvas.arrangement import Arrangement, arrange
from gui.canvas.camera import Camera
from gui.canvas.heat_item import PaintedHeat
from gui.canvas.mask_item import Area, PaintedAreas
from gui.canvas.painting import paint_words, through
from gui.canvas.picture_item import PaintedPicture
from gui.canvas.table import Cell, Table
from tfcore.figure.display import Display, scale_of
from tfcore.pictures import Picture

# The picture behind a cell that waits for its heat.
DIMMED = 0.4
# Longer names of rows are shortened.
WIDEST_NAME = 150
# Text measured in whole pixels may be a little wider when it is drawn.
SPARE = 4
# Of a second line that has no room for so many letters nothing is shown.
_LEGIBLE = 6


class Sheet:
    """Draws what it was given, as the camera sees it."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._picture: PaintedPicture | None = None
        self._heats: dict[int, PaintedHeat] = {}
        self.table = Table()
        self.display = Display()
        self.hidden = False
        self._areas = PaintedAreas()

    def show_picture(self, picture: Picture) -> None:
        self._picture = PaintedPicture(picture)

    def show_areas(self, areas: Sequence[Area]) -> None:
        """Areas of the picture, as lines: cells are small."""
        self._areas = PaintedAreas([replace(area, fill=0.0) for area in areas])

    def show_table(self, table: Table) -> None:
        """What was coloured already for the last table stays coloured."""
        self.table = table
        self._heats = {id(heat): self._heats.get(id(heat)) or PaintedHeat(heat) for heat in table.heats()}

    def arrangement(self, room: QRectF, metrics: QFontMetrics) -> Arrangement:
        """Where everything goes in this room."""
        table = self.table
        frame = self._picture.frame if self._picture else QRectF(0, 0, 1, 1)
        beside, named = _widest(table.rows, metrics), _widest(table.columns, metrics)
        turned = metrics.height() * _most_lines(table.rows)
        # Of a very long picture a part fills the cell, and the rest is a drag away.
        aspect = min(max(frame.width() / (frame.height() * self._camera.tall), 0.25), 4.0)
        above = metrics.height() * _most_lines(table.columns)
        size = max(len(table.rows), 1), max(len(table.columns), 1)
        return arrange(room, *size, aspect, above, min(beside, WIDEST_NAME), turned, min(named, WIDEST_NAME))

    def draw(self, painter: QPainter, places: Arrangement, ratio: float) -> None:
        """Everything but the cross-hair; ``ratio`` is device pixels per pixel."""
        if self._picture is None:
            return
        scale = max(self._camera.scale, self._camera.down) * ratio
        self._picture.look(self._camera.visible(places.cell.width(), places.cell.height()), scale)
        self.paint_names(painter, places)
        for place, cell in self.table.cells.items():
            self._paint_cell(painter, places.rect(place), cell, scale)
        self._paint_marks(painter, places)

    def _paint_cell(self, painter: QPainter, rect: QRectF, cell: Cell, device_scale: float) -> None:
        assert self._picture is not None
        painter.save()
        through(painter, rect, self._camera, self._picture.frame)
        if cell.heat is None and cell.text:
            painter.setOpacity(DIMMED)
        self._picture.paint(painter, device_scale)
        if cell.heat is not None and not cell.heat.degenerate and not self.hidden:
            scale = scale_of(cell.heat, self.table.heats(), self.display)
            self._heats[id(cell.heat)].paint(painter, self.display, scale)
        self._areas.paint_lines(painter)
        painter.restore()
        paint_words(painter, rect, cell)

    def paint_names(self, painter: QPainter, places: Arrangement) -> None:
        """Those of columns and rows, in the room that was left for them."""
        for column, name in enumerate(self.table.columns):
            _paint_name(painter, places.column_name(column), name, Qt.AlignmentFlag.AlignHCenter)
        for row, name in enumerate(self.table.rows):
            room = places.row_name(row)
            if not places.sideways:
                _paint_name(painter, room, name, Qt.AlignmentFlag.AlignRight)
                continue
            painter.save()
            painter.translate(room.left(), room.bottom())
            painter.rotate(-90)
            turned = QRectF(0, 0, room.height(), room.width())
            _paint_name(painter, turned, name, Qt.AlignmentFlag.AlignHCenter)
            painter.restore()

    def _paint_marks(self, painter: QPainter, places: Arrangement) -> None:
        accent = theme.colour("accent")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.table.current in self.table.cells and self.table.current is not None:
            painter.setPen(QPen(accent, 2))
            painter.drawRect(places.rect(self.table.current).adjusted(-2, -2, 2, 2))
        for letter, place in zip("AB", self.table.picked, strict=False):
            rect = places.rect(place)
            painter.setPen(QPen(theme.colour("focus"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
            size = painter.fontMetrics().height() + 4
            tile = QRectF(rect.left() + 4, rect.top() + 4, size, size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawRoundedRect(tile, 3, 3)
            painter.setPen(QColor("white"))
            painter.drawText(tile, int(Qt.AlignmentFlag.AlignCenter), letter)

    def draw_cross(self, painter: QPainter, places: Arrangement, cross: QPointF) -> None:
        """The cross-hair through the same picture position in every cell."""
        offset = self._camera.point(cross, places.cell.width(), places.cell.height())
        for place, cell in self.table.cells.items():
            if cell.failed:
                continue
            rect = places.rect(place)
            painter.setClipRect(rect)
            x, y = rect.left() + offset.x(), rect.top() + offset.y()
            for colour, width in ((QColor(0, 0, 0, 110), 3), (QColor(255, 255, 255, 200), 1)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
                painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def _widest(names: tuple[str, ...], metrics: QFontMetrics) -> int:
    widest = max((metrics.horizontalAdvance(line) for name in names for line in name.split("\n")), default=0)
    return widest + SPARE if widest else 0


def _most_lines(names: tuple[str, ...]) -> int:
    return max((name.count("\n") + 1 for name in names), default=1)


def _paint_name(painter: QPainter, room: QRectF, name: str, side: Qt.AlignmentFlag) -> None:
    """A name in one line or two, the second one quieter, in the middle of the room's height."""
    lines, metrics = name.split("\n"), painter.fontMetrics()
    y = room.top() + (room.height() - len(lines) * metrics.height()) / 2
    for number, line in enumerate(lines):
        painter.setPen(theme.colour("quiet" if number else "text"))
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, int(room.width()))
        if number and len(shown) < min(len(line), _LEGIBLE):
            continue
        place = QRectF(room.left(), y + number * metrics.height(), room.width(), metrics.height())
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
