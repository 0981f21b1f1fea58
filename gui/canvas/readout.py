"""What lies under the cursor, in numbers: position, the picture's own value, the raw heat."""

from __future__ import annotations

from collections.abc import Callable
from math import floor

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui import theme
from gui.canvas.formats import formatter
from gui.texts import tr
from gui.whole import Whole
from tfcore.pictures import Picture
from tfcore.results import Heat

NOTHING = "—"
MM = tr(
    "Where the middle of this pixel is, in mm: to the patient's right or left (R, L), front "
    "or back (A, P), head or feet (S, I), by the file; of a file that does not lie in space "
    "from the left and the top of the picture"
)
# As wide as a digit.
DIGIT_SPACE = "\u2007"


class ReadOut(QWidget):
    """``x 61  y 47  value 0.82  heat 0.64``, every number right-aligned in room kept for its longest neighbour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._heat: Heat | None = None
        self._at: QPointF | None = None
        self._write: Callable[[float], str] = str
        self._whole: Whole | None = None
        self._numbers: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for name, (called, tip) in {
            "x": ("x", tr("Column of the picture pixel under the cursor, from 0 at the left")),
            "y": ("y", tr("Row of the picture pixel under the cursor, from 0 at the top")),
            "value": (tr("value"), tr("The value in the file at this pixel, before any display window")),
            "mm": ("mm", MM),
            "heat": (tr("heat"), tr("The raw heat at the middle of this pixel, before any display normalisation")),
        }.items():
            caption, number = QLabel(called), QLabel(NOTHING)
            theme.set_role(caption, "quiet")
            number.setFont(tabular(self.font()))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for label in (caption, number):
                label.setToolTip(tip)
                row.addWidget(label)
            number.setContentsMargins(0, 0, 9, 0)
            self._numbers[name], self._captions[name] = number, caption
        row.addStretch()
        self._show_mm(False)

    def show_picture(self, picture: Picture, whole: Whole | None = None) -> None:
        self._picture, self._heat, self._whole = picture, None, whole
        self._show_mm(picture.spacing is not None)
        self._keep_room("x", str(picture.width))
        self._keep_room("y", str(picture.height))
        self._keep_room("mm", self._position(picture.width - 1, picture.height - 1))
        self._keep_room("value", longest_value(picture))
        self.point(None)

    def show_heat(self, heat: Heat | None) -> None:
        self._heat = heat
        if heat is not None:
            low, high = float(heat.map.min()), float(heat.map.max())
            self._write = formatter(low, high)
            self._keep_room("heat", max(self._write(low), self._write(high), key=len))
        # The cursor stays where it is while another class is explained.
        self.point(self._at)

    def point(self, position: QPointF | None) -> None:
        """Read at this picture position; dashes for what is not there."""
        self._at = position
        column, row = (-1, -1) if position is None else (floor(position.x()), floor(position.y()))
        picture = self._picture
        inside = picture is not None and 0 <= column < picture.width and 0 <= row < picture.height
        heat = heat_at(self._heat, column, row) if inside and self._heat is not None else None
        self._numbers["x"].setText(str(column) if inside else NOTHING)
        self._numbers["y"].setText(str(row) if inside else NOTHING)
        self._numbers["value"].setText(value_at(picture, column, row) if inside and picture else NOTHING)
        self._numbers["mm"].setText(self._position(column, row) if inside else NOTHING)
        self._numbers["heat"].setText(NOTHING if heat is None else self._write(heat))

    def text(self, name: str) -> str:
        """What stands beside ``x``, ``y``, ``value``, ``mm`` or ``heat``."""
        return self._numbers[name].text()

    def sentence(self) -> str:
        """All that is read, for taking along; empty outside the picture."""
        read = {name: number.text().strip(DIGIT_SPACE) for name, number in self._shown().items()}
        return (
            ""
            if read["x"] == NOTHING
            else "  ".join(f"{self._captions[name].text()} {text}" for name, text in read.items())
        )

    def _shown(self) -> dict[str, QLabel]:
        return {name: number for name, number in self._numbers.items() if not number.isHidden()}

    def _show_mm(self, known: bool) -> None:
        for label in (self._captions["mm"], self._numbers["mm"]):
            label.setVisible(known)

    def _position(self, column: int, row: int) -> str:
        """In the patient, or at least in the picture; nothing where no spacing is known."""
        picture = self._picture
        if picture is None or picture.spacing is None:
            return NOTHING
        if self._whole is not None and (at := self._whole.position(column, row)) is not None:
            # Said as in reports: towards which side, and how far.
            return " ".join(
                f"{sides[value < 0]} {abs(value):.1f}" for sides, value in zip(("RL", "AP", "SI"), at, strict=True)
            )
        rows, columns = picture.spacing
        return f"{(column + 0.5) * columns:.1f} {(row + 0.5) * rows:.1f}"

    def _keep_room(self, name: str, text: str) -> None:
        number = self._numbers[name]
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance(text))


def tabular(font: QFont) -> QFont:
    """The same font with digits of equal width."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def value_at(picture: Picture, column: int, row: int) -> str:
    """The value of the file at a pixel, one number per channel, each in the room of the longest."""
    write, room = _writer(picture)
    values = " ".join(write(value).rjust(room, DIGIT_SPACE) for value in np.atleast_1d(picture.array[row, column]))
    return f"{values} {picture.unit}".rstrip()


def longest_value(picture: Picture) -> str:
    """A text as wide as any :func:`value_at` of this picture."""
    return f"{' '.join(['0' * _writer(picture)[1]] * picture.channels)} {picture.unit}".rstrip()


def _writer(picture: Picture) -> tuple[Callable[[float], str], int]:
    dtype = picture.array.dtype
    if dtype.kind in "iu":
        return _whole, max(len(_whole(np.iinfo(dtype).min)), len(_whole(np.iinfo(dtype).max)))
    write = formatter(*picture.window)
    return write, max(len(write(end)) for end in picture.window)


def _whole(value: float) -> str:
    return str(int(value)).replace("-", "−")


def heat_at(heat: Heat, column: int, row: int) -> float | None:
    """The raw map at the middle of a picture pixel, between its four nearest values; None outside the input."""
    rows, columns = heat.map.shape
    # Map values sit at the centres of their cells.
    u = (column + 0.5 - heat.box.x) / heat.box.width * columns - 0.5
    v = (row + 0.5 - heat.box.y) / heat.box.height * rows - 0.5
    if not (-0.5 <= u <= columns - 0.5 and -0.5 <= v <= rows - 0.5):
        return None
    u, v = min(max(u, 0.0), columns - 1.0), min(max(v, 0.0), rows - 1.0)
    left, top = min(int(u), max(columns - 2, 0)), min(int(v), max(rows - 2, 0))
    right, bottom = min(left + 1, columns - 1), min(top + 1, rows - 1)
    a, b = u - left, v - top
    map = heat.map
    upper = (1 - a) * float(map[top, left]) + a * float(map[top, right])
    lower = (1 - a) * float(map[bottom, left]) + a * float(map[bottom, right])
    return (1 - b) * upper + b * lower
