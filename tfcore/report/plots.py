"""The plots of an evaluation as files of their own, as a paper takes them: ranks, means and curves per metric."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.figure.style import COLOURS, PALE
from tfcore.files import write_whole
from tfcore.report import tables
from tfcore.report.curves import Plot
from tfcore.report.drawing import Drawing, Point, room, ticks

if TYPE_CHECKING:
    from tfcore.evaluate.table import Table
    from tfcore.report.tables import Grid

FOLDER = "plots"
# Points: sizes of letters, a line of a table or of means, a column of numbers, a panel of curves and what is kept free.
_TINY, _SMALL, _PLAIN = 6.0, 7.0, 8.0
_LINE, _COLUMN, _PANEL, _FREE = 14.4, 44.0, (209.0, 158.0), 6.0
_WIDTH, _ACROSS, _TURN = 374.0, 4, 35
# Of a colour's own strength, what lies behind a number.
_SHADE = 0.45


def write_plots(table: Table, curves: Sequence[Plot], folder: Path, overwrite: bool = False) -> list[Path]:
    """An SVG for each, in a folder beside the page."""
    return [
        write_whole(folder / FOLDER / f"{name}.svg", drawing.content(), overwrite)
        for name, drawing in _all(table, curves)
    ]


def _all(table: Table, curves: Sequence[Plot]) -> Iterator[tuple[str, Drawing]]:
    yield "ranks", shaded(tables.matrix(table))
    if (agreement := tables.agreement(table)) is not None:
        yield "agreement", shaded(agreement)
    for metric in table.metrics:
        yield metric, means(table, metric)
    for metric, some in groupby(curves, key=lambda plot: plot.metric):
        yield f"{metric}-curves", panels([*some])


def shaded(grid: Grid) -> Drawing:
    """A table with its shades, as the page has it."""
    words = [[f"{each.text}  ({each.small})" if each.small else each.text for each in cells] for _, cells in grid.rows]
    wide = max(_COLUMN, *(room(each, _TINY) + _FREE for line in words for each in line))
    left = max(room(name, _SMALL) for name, _ in grid.rows) + 2 * _FREE
    # Headings are turned, and lean over what is right of their column.
    longest, turn = max(room(name, _SMALL) for name in grid.columns), math.radians(_TURN)
    top = longest * math.sin(turn) + _SMALL + _FREE
    width = left + wide * len(grid.columns) + max(_FREE, longest * math.cos(turn) - wide / 2)
    drawing = Drawing(width, top + _LINE * len(grid.rows) + _FREE)
    for across, name in enumerate(grid.columns):
        drawing.text(left + wide * (across + 0.5), top - 4, name, _SMALL, turn=-_TURN)
    for down, (name, cells) in enumerate(grid.rows):
        upper = top + _LINE * down
        drawing.text(left - _FREE, upper + 0.67 * _LINE, name, _SMALL, "end")
        for across, cell in enumerate(cells):
            if cell.shade is not None:
                drawing.box(left + wide * across, upper, wide, _LINE, _tint(cell.shade))
            middle = left + wide * (across + 0.5), upper + 0.65 * _LINE
            drawing.text(*middle, words[down][across], _TINY, "middle", cell.best)
    return drawing


def means(table: Table, metric: str) -> Drawing:
    """The mean of every model, method and layer with its interval; layers of a method together."""
    rows = [(row, row.mean) for row in table.rows if row.metric == metric and row.mean is not None]
    several = len(table.models) > 1
    names = [" · ".join([row.method, row.layer, *([row.model] if several else [])]) for row, _ in rows]
    left = max((room(name, _PLAIN) for name in names), default=0.0) + 2 * _FREE
    right, bottom = max(_WIDTH, left + 160), _FREE + _LINE * max(1, len(rows))
    drawing = Drawing(right + _FREE, bottom + 32)
    numbers = [each for row, mean in rows for each in (row.low, mean, row.high) if each is not None] or [0.0]
    low, high = _widened(min(numbers), max(numbers))

    def across(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    for value, text in ticks(low, high):
        drawing.line([(across(value), _FREE), (across(value), bottom)], PALE, 0.6, 0.2)
        _tick(drawing, across(value), bottom, text)
    methods = [*dict.fromkeys(row.method for row, _ in rows)]
    for place, ((row, mean), name) in enumerate(zip(rows, names, strict=True)):
        y, colour = _FREE + _LINE * (place + 0.5), COLOURS[methods.index(row.method) % len(COLOURS)]
        drawing.text(left - _FREE, y + 0.35 * _PLAIN, name, _PLAIN, "end")
        if row.low is not None and row.high is not None:
            drawing.line([(across(row.low), y), (across(row.high), y)], colour, 1.2)
        drawing.dot(across(mean), y, 1.9, colour)
    drawing.line([(left, _FREE), (left, bottom), (right, bottom)], PALE, 0.8)
    drawing.text((left + right) / 2, bottom + 26, f"{metric}, {table.metrics[metric]} is better", 9, "middle")
    return drawing


def panels(plots: Sequence[Plot]) -> Drawing:
    """The curves of one metric, a panel per layer and model on axes of one height."""
    columns = min(_ACROSS, len(plots))
    methods = [*dict.fromkeys(line.name for plot in plots for line in plot.lines)]
    ends = min(plot.ends[0] for plot in plots), max(plot.ends[1] for plot in plots)
    keys = _keys(methods, columns * _PANEL[0])
    below = _PANEL[1] * math.ceil(len(plots) / columns)
    drawing = Drawing(columns * _PANEL[0], below + _LINE * (keys[-1][1] + 1) + _FREE)
    for place, plot in enumerate(plots):
        down, across = divmod(place, columns)
        _panel(drawing, plot, methods, ends, (across * _PANEL[0], down * _PANEL[1]))
    for number, (x, line) in enumerate(keys):
        y = below + _LINE * (line + 0.5)
        drawing.line([(x, y), (x + 16, y)], COLOURS[number % len(COLOURS)], 1.2)
        drawing.text(x + 20, y + 0.35 * _SMALL, methods[number], _SMALL)
    return drawing


def _panel(drawing: Drawing, plot: Plot, methods: Sequence[str], ends: tuple[float, float], corner: Point) -> None:
    """One pair of axes with its lines; ``ends`` are the lowest and the highest value of all."""
    upright, (low, high), (first, last) = ticks(*ends), _widened(*ends, 0), _widened(*plot.ends[2:], 0)
    left = corner[0] + max(room(text, _SMALL) for _, text in upright) + 2 * _FREE
    top, right, bottom = corner[1] + 20, corner[0] + _PANEL[0] - 2 * _FREE, corner[1] + _PANEL[1] - 20

    def placed(x: float, y: float) -> Point:
        return left + (x - first) / (last - first) * (right - left), bottom - (y - low) / (high - low) * (bottom - top)

    for line in plot.lines:
        colour = COLOURS[methods.index(line.name) % len(COLOURS)]
        if line.band is not None:
            around = [*zip(line.x, line.band[1], strict=True), *zip(line.x[::-1], line.band[0][::-1], strict=True)]
            drawing.area([placed(*point) for point in around], colour, 0.13)
        drawing.line([placed(*point) for point in zip(line.x, line.mean, strict=True)], colour, 1.2)
    drawing.line([(left, top), (left, bottom), (right, bottom)], PALE, 0.8)
    for value, text in ticks(first, last):
        _tick(drawing, placed(value, low)[0], bottom, text)
    for value, text in upright:
        y = placed(first, value)[1]
        drawing.line([(left - 3, y), (left, y)], PALE, 0.8)
        drawing.text(left - 5, y + 0.35 * _SMALL, text, _SMALL, "end")
    drawing.text((left + right) / 2, top - 6, plot.title, _PLAIN, "middle")


def _tick(drawing: Drawing, x: float, y: float, text: str) -> None:
    drawing.line([(x, y), (x, y + 3)], PALE, 0.8)
    drawing.text(x, y + 12, text, _SMALL, "middle")


def _keys(methods: Sequence[str], width: float) -> list[tuple[float, int]]:
    """Where each method stands below the panels: how far across, and on which line."""
    found, x, line = [], _FREE, 0
    for name in methods:
        wide = room(name, _SMALL) + 32
        if x + wide > width and x > _FREE:
            x, line = _FREE, line + 1
        found.append((x, line))
        x += wide
    return found


def _widened(low: float, high: float, share: float = 0.04) -> tuple[float, float]:
    """A little more than from the one to the other, and never nothing."""
    more = share * (high - low) if high > low else 0.5 * (abs(low) or 1.0)
    return low - more, high + more


def _tint(shade: float) -> str:
    """White to the first colour, and where it is below 0 to the second."""
    colour = COLOURS[0 if shade >= 0 else 1]
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - _SHADE * abs(shade) * (255 - part)):02x}" for part in parts)
