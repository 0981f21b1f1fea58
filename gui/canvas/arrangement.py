"""Where the cells of a grid go: as large as the room allows, all of one size, in the shape of the picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.canvas.table import Place

GAP = 6.0
# Upright row names are easier to read; sideways ones leave the cells more room. Worth it from this gain on.
GAIN = 1.06
# Smaller cells show nothing that could be compared.
LEAST = 12.0


@dataclass(frozen=True)
class Arrangement:
    """Rectangles of ``rows`` × ``columns`` cells and of their names."""

    rows: int
    columns: int
    cell: QSizeF
    # The top left corner of the first column, which is as wide as its cells or, where there is room, as their names.
    origin: QPointF
    across: float
    # Room for the names of the rows, left of the cells, and of the columns, above them.
    left: float
    top: float
    sideways: bool

    def rect(self, place: Place) -> QRectF:
        row, column = place
        x = self.origin.x() + column * (self.across + GAP) + (self.across - self.cell.width()) // 2
        y = self.origin.y() + row * (self.cell.height() + GAP)
        return QRectF(QPointF(x, y), self.cell)

    @property
    def fits(self) -> bool:
        """Whether there is something to see in the cells."""
        return min(self.cell.width(), self.cell.height()) >= LEAST

    def at(self, point: QPointF) -> Place | None:
        """The cell under a point."""
        column = int((point.x() - self.origin.x()) // (self.across + GAP))
        row = int((point.y() - self.origin.y()) // (self.cell.height() + GAP))
        inside = 0 <= row < self.rows and 0 <= column < self.columns and self.rect((row, column)).contains(point)
        return (row, column) if inside else None

    def row_name(self, row: int) -> QRectF:
        cell = self.rect((row, 0))
        return QRectF(cell.left() - self.left, cell.top(), self.left - GAP, cell.height())

    def column_name(self, column: int) -> QRectF:
        x = self.origin.x() + column * (self.across + GAP)
        return QRectF(x, self.origin.y() - self.top, self.across, self.top - 2)


def arrange(
    room: QRectF,
    rows: int,
    columns: int,
    aspect: float,
    above: float,
    beside: float,
    turned: float,
    named: float = 0.0,
) -> Arrangement:
    """Cells of this ``aspect`` (width over height) in the middle of the room.

    ``above`` is how high the names of the columns are, ``named`` how wide; those of the rows are ``beside`` wide when
    they stand upright and ``turned`` wide when they lie on their side (0: the rows have none).
    """
    top = above + 4
    upright = _cell(room, rows, columns, aspect, beside + GAP if beside else 0.0, top)
    sideways = _cell(room, rows, columns, aspect, turned + GAP if beside else 0.0, top)
    turn = sideways.width() > GAIN * upright.width()
    cell, names = (sideways, turned) if turn else (upright, beside)
    left = names + GAP if beside else 0.0
    # Low rooms leave cells that are narrower than their names, and room for the names between them.
    across = max(cell.width(), min(named, _widest(room, columns, left)) // 1)
    width = left + columns * across + (columns - 1) * GAP
    height = top + rows * cell.height() + (rows - 1) * GAP
    # Whole pixels keep thin lines thin.
    x = room.left() + max((room.width() - width) // 2, 0) + left
    y = room.top() + max((room.height() - height) // 2, 0) + top
    return Arrangement(rows, columns, cell, QPointF(x, y), across, left, top, turn)


def _cell(room: QRectF, rows: int, columns: int, aspect: float, left: float, top: float) -> QSizeF:
    widest = _widest(room, columns, left)
    highest = (room.height() - top - (rows - 1) * GAP) / rows
    width = min(widest, highest * aspect)
    return QSizeF(max(width // 1, 1.0), max(width / aspect // 1, 1.0))


def _widest(room: QRectF, columns: int, left: float) -> float:
    return (room.width() - left - (columns - 1) * GAP) / columns
