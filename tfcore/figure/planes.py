"""Three planes of a volume in one figure, as the window shows them: one large, two beside it, the same crosshair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.figure.cells import Row, draw, draw_bar
from tfcore.figure.cuts import AXES
from tfcore.figure.display import Display
from tfcore.figure.grid import numbers_of
from tfcore.figure.masks import draw_mask
from tfcore.figure.style import INK, PALE, SEPARATOR, fitted, line_height, width, wrapped
from tfcore.pictures.address import PLANES, parse

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tfcore.figure.page import Page
    from tfcore.figure.panel import Item

_MARGIN, _GAP, _BAR = 2.0, 2.0, 2.5
# Of the width: what the large plane takes. Height over width of its cell.
_LARGE, _TALLEST, _FLATTEST = 2 / 3, 1.3, 0.6
# The crosshair, the share of a plane that it leaves free where its lines meet, and millimetres that letters take.
_CROSS, _FREE, _LETTER = "#5adcff", 0.02, 3.5


def crosshair(items: Sequence[Item]) -> list[tuple[float, float]]:
    """Where the planes meet, as (column, row) in each; by their addresses, as heat has its cut.

    >>> crosshair(items)  # of scan.nii.gz#axial=57, #coronal=80 and #sagittal=90            # doctest: +SKIP
    [(149.5, 159.5), (149.5, 97.5), (159.5, 97.5)]
    """
    addresses = [parse(picture.path) for _, picture in items]
    voxel = {address.plane: address.index for address in addresses}
    of_one = len({replace(address, plane="", index=None) for address in addresses}) == 1
    if len(items) != len(PLANES) or voxel.keys() != set(PLANES) or not of_one:
        raise HeatlensError("A figure of planes takes an axial, a coronal and a sagittal slice of one volume.")
    found = []
    for address, (_, picture) in zip(addresses, items, strict=True):
        across, down = (voxel[PLANES[axis]] or 0 for axis in AXES[address.plane])
        found.append((picture.width - across - 0.5, picture.height - down - 0.5))
    return found


class Planes:
    """The figure of three items, which ``rows`` holds ready to be drawn, on a page so many millimetres wide."""

    def __init__(
        self, items: Sequence[Item], rows: Sequence[Row], display: Display, title: bool, page: float, size: float
    ) -> None:
        self.rows, self.page, self.size, self.small = rows, page, size, 0.85 * size
        meet = crosshair(items)
        self.cross = [
            (picture.width - x if display.mirrors(picture) else x, y)
            for (x, y), (_, picture) in zip(meet, items, strict=True)
        ]
        room = page - 2 * _MARGIN
        self.title = wrapped(rows[0].title, room, size) if title else []
        self.subtitle = wrapped(rows[0].subtitle, room, self.small) if title else []
        self.names = [_name(items, number) for number in range(len(items))]
        self.bar = next((row for row in rows if not row.heat.degenerate), None)
        self.numbers, self.label = numbers_of(self.bar, display) if self.bar else ([], [])
        widest = max((width(number, self.small) for number in self.numbers), default=0.0)
        self.label_at = _GAP + _BAR + 1.5 + widest + 1.0
        right = self.label_at + line_height(self.small) if self.bar else 0.0
        self.large = (room - right - _GAP) * _LARGE
        self.beside = room - right - _GAP - self.large
        self.name = line_height(self.small)
        self.top = _MARGIN + len(self.title) * line_height(size) + len(self.subtitle) * self.name + 0.8 * bool(title)
        self.high = self.large * min(max(rows[0].aspect, _FLATTEST), _TALLEST)

    def draw(self, drawn: Page) -> None:
        drawn.begin(self.page, self.top + self.name + self.high + _MARGIN)
        y = _MARGIN
        for lines, size, colour in ((self.title, self.size, INK), (self.subtitle, self.small, PALE)):
            for line in lines:
                drawn.say(_MARGIN, y + 0.75 * line_height(size), line, size, colour)
                y += line_height(size)
        low = (self.high - self.name - _GAP) / 2
        x, below = _MARGIN + self.large + _GAP, self.top + self.name + low + _GAP
        self._plane(drawn, 0, _MARGIN, self.top, self.large, self.high)
        self._plane(drawn, 1, x, self.top, self.beside, low)
        self._plane(drawn, 2, x, below, self.beside, low)
        if self.bar is not None:
            self._draw_bar(drawn, self.bar)

    def _plane(self, drawn: Page, number: int, x: float, y: float, wide: float, high: float) -> None:
        """A cell with its name above it."""
        row = self.rows[number]
        name = fitted(self.names[number], wide, self.small)
        drawn.say(x, y + 0.75 * self.name, name, self.small, INK)
        axes = drawn.axes_at(x, y + self.name, wide, high)
        # A plane that no heat reaches is seen as it is, with what is drawn there.
        bare = row.heat.degenerate and "cut" in row.heat.made
        draw(axes, row, "input" if bare else "overlay", wide, self.small)
        if bare and row.heat.mask is not None:
            draw_mask(axes, row.heat.mask, self.small)
        _draw_cross(axes, *self.cross[number], row, wide, high)

    def _draw_bar(self, drawn: Page, row: Row) -> None:
        x, y = _MARGIN + self.large + _GAP + self.beside, self.top + self.name
        draw_bar(drawn.axes_at(x + _GAP, y, _BAR, self.high, "bar"), row, self.numbers, self.small)
        middle = x + self.label_at + line_height(self.small) / 2
        said = fitted(SEPARATOR.join(self.label), self.high, self.small)
        drawn.say(middle, y + self.high / 2, said, self.small, PALE, ha="center", va="center", rotation=90)


def _name(items: Sequence[Item], number: int) -> str:
    """Which slice it is, and of how many slices its heat was put together."""
    heat, picture = items[number]
    address = parse(picture.path)
    made = f"heat of {heat.made['slices']} slices" if "cut" in heat.made else ""
    return SEPARATOR.join(filter(None, (f"{address.plane} {(address.index or 0) + 1}", made)))


def _draw_cross(axes: Axes, x: float, y: float, row: Row, wide: float, high: float) -> None:
    """Lines with a gap where they meet, so that what lies there is seen, and none through the letters at the edges."""
    from matplotlib.patheffects import withStroke

    # Pixels of the picture on a millimetre of paper.
    across = row.width / min(wide, high / row.aspect)
    left, top = _LETTER * across, _LETTER * across / row.tall
    gap = _FREE * max(row.width, row.height)
    line: dict[str, Any] = {
        "color": _CROSS,
        "linewidth": 0.7,
        "path_effects": [withStroke(linewidth=1.4, foreground="black")],
    }
    for start, end in ((left, x - gap), (x + gap, row.width - left)):
        if start < end:
            axes.plot((start, end), (y, y), scalex=False, scaley=False, **line)
    for start, end in ((top, y - gap), (y + gap, row.height - top)):
        if start < end:
            axes.plot((x, x), (start, end), scalex=False, scaley=False, **line)
