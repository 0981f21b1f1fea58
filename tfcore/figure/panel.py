"""The figure panel for the paper: one row per heatmap, laid out in millimetres so that nothing overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure import words
from tfcore.figure.cells import Row, draw, draw_bar
from tfcore.figure.display import Display, nearly_flat, scale_of
from tfcore.figure.style import INK, PALE, drawable, drawing, fitted, line_height, width, wrapped
from tfcore.pictures.sides import as_seen

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.figure.page import Page
    from tfcore.pictures import Picture
    from tfcore.results import Heat

Item = tuple["Heat", "Picture"]

COLUMNS = ("input", "heatmap", "overlay")
LAYOUTS = ("rows", "grid", "strip", "planes")
WIDTH_MM = 180.0
WIDTHS_MM = (60.0, 600.0)
TEXT_SIZE = 7.0

_MARGIN = 2.0
_GAP = 2.0
_BAR = 2.5
_NARROWEST = 8.0
# Height over width of a cell: taller pictures are drawn narrower, flatter ones leave room for the colour bar.
_TALLEST = 1.6
_LOWEST = 14.0


def panel(
    items: Sequence[Item],
    display: Display,
    columns: Sequence[str] = COLUMNS,
    title: bool = True,
    width_mm: float = WIDTH_MM,
    text_size: float = TEXT_SIZE,
    longest: int = 4096,
    layout: str = "rows",
    page: Page | None = None,
) -> Figure:
    """A figure with one row per (heat, picture), its columns in the order given, and a colour bar with numbers.

    ``layout="grid"`` draws overlays only, methods down and layers (or models) across, ``"strip"`` one after the other
    with their layers below them, ``"planes"`` an axial, a coronal and a sagittal slice of one volume, the first of them
    large. Without ``title`` the rows carry neither titles nor column names. Pictures with more than ``longest`` pixels
    on a side are reduced to that, which no printer shows. An empty ``page`` is drawn on in place of a new one.
    """
    if not items:
        raise HeatlensError("The figure has no rows; give at least one heatmap.")
    if layout not in LAYOUTS:
        raise HeatlensError(f"A figure has no layout {layout!r}; choose among {', '.join(LAYOUTS)}.")
    if not columns:
        raise HeatlensError(f"The figure has no columns; choose among {', '.join(COLUMNS)}.")
    for column in columns:
        if column not in COLUMNS:
            raise HeatlensError(f"A figure has no column {column!r}; choose among {', '.join(COLUMNS)}.")
    if not WIDTHS_MM[0] <= width_mm <= WIDTHS_MM[1]:
        raise HeatlensError(f"Width = {width_mm:g} mm is not between {WIDTHS_MM[0]:g} and {WIDTHS_MM[1]:g} mm.")
    with drawing():
        from tfcore.figure.grid import Grid
        from tfcore.figure.page import Page
        from tfcore.figure.planes import Planes

        rows, page = _rows(items, display, longest), page or Page()
        if layout == "planes":
            Planes(items, rows, display, title, width_mm, text_size).draw(page)
        elif layout != "rows":
            Grid(items, rows, display, title, width_mm, text_size, layout == "strip").draw(page)
        else:
            _Layout(rows, tuple(columns), title, width_mm, text_size).draw(page)
        return page


def _rows(items: Sequence[Item], display: Display, longest: int) -> list[Row]:
    heats = [heat for heat, _ in items]
    models = words.models(heats)
    return [
        replace(
            row_of(heat, picture, display, scale_of(heat, heats, display), reduced(picture.display(), longest)),
            title=tuple(map(drawable, words.title(heat, models))),
            subtitle=tuple(map(drawable, words.subtitle(heat, picture, display))),
        )
        for heat, picture in items
    ]


def row_of(heat: Heat, picture: Picture, display: Display, scale: tuple[float, float], image: np.ndarray) -> Row:
    """The heatmap over its picture, of which ``image`` is what is seen, the way round that is wished for."""
    turned = display.mirrors(picture)
    return Row(
        mirror_image(heat, picture.width) if turned else heat,
        image[:, ::-1] if turned else image,
        picture.height,
        picture.width,
        picture.tall,
        picture.spacing,
        as_seen(picture.sides, display.convention),
        display.for_map(heat.signed, heat.colours),
        *scale,
    )


def mirror_image(heat: Heat, width: int) -> Heat:
    """The heat over a picture so wide that is seen left for right, with all that is drawn with it."""
    box = replace(heat.box, x=width - heat.box.x - heat.box.width)
    each = None if heat.mask is None or heat.mask.each is None else heat.mask.each[..., ::-1]
    mask = heat.mask and replace(heat.mask, labels=heat.mask.labels[:, ::-1], each=each)
    regions = tuple(replace(one, points=tuple((width - x, y) for x, y in one.points)) for one in heat.regions)
    return replace(heat, map=heat.map[:, ::-1], box=box, mask=mask, regions=regions)


def reduced(image: np.ndarray, longest: int) -> np.ndarray:
    factor = longest / max(image.shape[:2])
    if factor >= 1:
        return image
    import cv2

    height, width = (max(round(side * factor), 1) for side in image.shape[:2])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA))


@dataclass
class _Bar:
    numbers: list[str]
    label: list[str]


class _Layout:
    """Places everything from the top down; ``self.y`` is how far down the page the next thing starts."""

    def __init__(self, rows: list[Row], columns: tuple[str, ...], title: bool, page: float, size: float) -> None:
        self.rows, self.columns, self.page, self.size = rows, columns, page, size
        self.small = 0.85 * size
        room = page - 2 * _MARGIN
        self.titles = [
            (wrapped(row.title, room, size), wrapped(row.subtitle, room, self.small)) if title else ([], [])
            for row in rows
        ]
        self.headings = columns if title else ()
        self.bars = [self._bar(row) for row in rows]
        numbers = [number for bar in self.bars if bar for number in bar.numbers]
        self.numbers_width = max((width(number, self.small) for number in numbers), default=0.0)
        # How a label breaks depends on the height of its row, and the width of the cells on the labels.
        self.label_lines, lines = 0, 1
        while lines > self.label_lines:
            self.label_lines = lines
            self.labels = [self._label(row, bar) for row, bar in zip(rows, self.bars, strict=True)]
            lines = max(map(len, self.labels))
        if self.cell < _NARROWEST:
            raise HeatlensError(
                f"Width = {page:g} mm is too narrow for this text; choose a wider figure or smaller text."
            )

    def _bar(self, row: Row) -> _Bar | None:
        if row.heat.degenerate or set(self.columns) == {"input"}:
            return None
        numbers, label = words.scale(row.low, row.high, row.heat.signed, row.display)
        return _Bar(numbers, [*label, words.NEARLY_FLAT] if nearly_flat(row.heat) else label)

    def _label(self, row: Row, bar: _Bar | None) -> list[str]:
        if bar is None:
            return []
        room = self._cell_height(row)
        if any(width(part, self.small) > room for part in bar.label):
            return wrapped(", ".join(bar.label).split(), room, self.small, " ")
        return wrapped(bar.label, room, self.small)

    @property
    def bar_block(self) -> float:
        """Millimetres on the right for the colour bars with their numbers and labels."""
        if not self.numbers_width:
            return 0.0
        return _GAP + _BAR + 1.5 + self.numbers_width + 1.0 + self.label_lines * line_height(self.small)

    @property
    def cell(self) -> float:
        """Width of a column."""
        gaps = _GAP * (len(self.columns) - 1)
        return (self.page - 2 * _MARGIN - gaps - self.bar_block) / len(self.columns)

    def _cell_height(self, row: Row) -> float:
        return max(min(self.cell * row.aspect, self.cell * _TALLEST), _LOWEST)

    def _heights(self) -> float:
        total = 2 * _MARGIN + (len(self.rows) - 1) * 2 * _GAP
        total += line_height(self.small) if self.headings else 0
        for row, (title, subtitle) in zip(self.rows, self.titles, strict=True):
            total += len(title) * line_height(self.size) + len(subtitle) * line_height(self.small)
            total += self._cell_height(row) + (0.8 if title else 0)
        return total

    def draw(self, drawn: Page) -> None:
        drawn.begin(self.page, self._heights())
        self.drawn, self.y = drawn, _MARGIN
        for number, (title, subtitle) in enumerate(self.titles):
            self._lines(title, self.size, INK)
            self._lines(subtitle, self.small, PALE)
            if title:
                self.y += 0.8
            if number == 0 and self.headings:
                self._column_names()
            self._row(self.rows[number], self.bars[number], self.labels[number])
            self.y += 2 * _GAP

    def _lines(self, lines: list[str], size: float, colour: str) -> None:
        for line in lines:
            self._text(_MARGIN, line, size, colour)
            self.y += line_height(size)

    def _column_names(self) -> None:
        for number, column in enumerate(self.headings):
            x = _MARGIN + number * (self.cell + _GAP) + self.cell / 2
            self._text(x, fitted(column, self.cell, self.small), self.small, PALE, ha="center")
        self.y += line_height(self.small)

    def _text(self, x: float, text: str, size: float, colour: str, ha: str = "left") -> None:
        self.drawn.say(x, self.y + 0.75 * line_height(size), text, size, colour, ha=ha)

    def _row(self, row: Row, bar: _Bar | None, label: list[str]) -> None:
        height = self._cell_height(row)
        for number, column in enumerate(self.columns):
            x = _MARGIN + number * (self.cell + _GAP)
            axes = self.drawn.axes_at(x, self.y, self.cell, height)
            draw(axes, row, column, self.cell, self.size)
        if bar:
            x = self.page - _MARGIN - self.bar_block + _GAP
            draw_bar(self.drawn.axes_at(x, self.y, _BAR, height, "bar"), row, bar.numbers, self.small)
            x += _BAR + 1.5 + self.numbers_width + 1.0
            turned = {"rotation": 90, "va": "center", "multialignment": "center"}
            self.drawn.say(x, self.y + height / 2, "\n".join(label), self.small, PALE, **turned)
        self.y += height
