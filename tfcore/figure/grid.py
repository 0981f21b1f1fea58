"""The compact figures for many heatmaps, one overlay a cell: methods down and layers (or models, or pictures) across;
or a strip of layers in reading order, with the name of each below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfcore.errors import HeatlensError
from tfcore.figure import words
from tfcore.figure.cells import Row, draw, draw_bar
from tfcore.figure.display import Display, nearly_flat
from tfcore.figure.style import INK, PALE, SEPARATOR, drawable, fitted, line_height, shortened, width, wrapped
from tfcore.results import untrained

if TYPE_CHECKING:
    from tfcore.figure.page import Page
    from tfcore.figure.panel import Item

_MARGIN = 2.0
_GAP = 1.2
_BAR = 2.5
_NARROWEST = 8.0
_TALLEST = 1.6
_FLATTEST = 0.25
_LETTERS = 40
# Cells of a strip side by side.
_ACROSS = 8
# What methods without layers say in place of one.
INPUT = "input"


@dataclass(frozen=True)
class Places:
    """The names of rows and columns, and which item stands where."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    # (row, column) of each item, in the order of the items.
    of: tuple[tuple[int, int], ...]


def places(items: Sequence[Item]) -> Places:
    """One row per method; one column per layer, and per picture and model where there are several.

    Methods at input resolution have no layers: they stand in the first column, and their row says so, unless another
    method is seen at the input and at layers, which then needs a column for each.
    """
    heats = [heat for heat, _ in items]
    methods = [heat.method for heat in heats]
    with_layer = [(*key, words.layer_name(heat)) for key, heat in zip(_keys(items), heats, strict=True)]
    layered = [key for key in with_layer if key[-1] != INPUT]
    at_input, at_layers = (
        {method for method, key in zip(methods, with_layer, strict=True) if (key[-1] == INPUT) is here}
        for here in (True, False)
    )
    if at_input & at_layers:
        layered = []
    keys = [
        next((other for other in layered if other[:-1] == key[:-1]), key) if key[-1] == INPUT else key
        for key in with_layer
    ]
    moved = {method for method, key, before in zip(methods, keys, with_layer, strict=True) if key != before}
    # Models have their own names for their layers; where each has one, the model says enough.
    if words.several_models(heats) and len(set(zip(methods, _keys(items), strict=True))) == len(heats):
        keys, moved = _keys(items), set()
    rows = list(dict.fromkeys(methods))
    columns = sorted(dict.fromkeys(keys), key=lambda key: key[-1:] != (INPUT,))
    of = tuple((rows.index(method), columns.index(key)) for method, key in zip(methods, keys, strict=True))
    for number, place in enumerate(of):
        if place in of[:number]:
            heat = heats[number]
            raise HeatlensError(f"A grid has one place for {heat.method} at {heat.layer}; choose the layout of rows.")
    names = tuple(f"{row}{SEPARATOR}{INPUT}" if row in moved else row for row in rows)
    return Places(names, tuple(SEPARATOR.join(key) for key in columns), of)


def _keys(items: Sequence[Item]) -> list[tuple[str, ...]]:
    """The picture and the model of each item, where there are several."""
    several_pictures = len({picture.path for _, picture in items}) > 1
    models = words.models(heat for heat, _ in items)
    return [
        (
            *((shortened(picture.path.name, _LETTERS),) if several_pictures else ()),
            *((words.model_name(heat, models),) if len(models) > 1 else ()),
        )
        for heat, picture in items
    ]


def strip(items: Sequence[Item]) -> Places:
    """In the order of the items, as film runs; another picture, model or method begins a line of its own."""
    heats = [heat for heat, _ in items]
    methods = [(heat.method,) if len({heat.method for heat in heats}) > 1 else () for heat in heats]
    # So do the heads of another block.
    blocks = [(f"block {heat.params['block']}",) if heat.params.get("head") else () for heat in heats]
    keys = [(*key, *method, *block) for key, method, block in zip(_keys(items), methods, blocks, strict=True)]
    across = min(_ACROSS, max(map(keys.count, keys)))
    rows: list[str] = []
    of: list[tuple[int, int]] = []
    for number, key in enumerate(keys):
        column = of[-1][1] + 1 if number and key == keys[number - 1] else across
        if column == across:
            rows.append(SEPARATOR.join(key))
        of.append((len(rows) - 1, column % across))
    return Places(tuple(rows), ("",) * across, tuple(of))


class Grid:
    """The figure of these items, which ``rows`` holds ready to be drawn, on a page so many millimetres wide.

    Measures everything, then draws from the top down.
    """

    def __init__(
        self,
        items: Sequence[Item],
        rows: Sequence[Row],
        display: Display,
        title: bool,
        page: float,
        size: float,
        as_strip: bool = False,
    ) -> None:
        self.rows, self.display, self.page, self.size, self.small = rows, display, page, size, 0.85 * size
        self.places = strip(items) if as_strip else places(items)
        # Below each cell of a strip.
        self.names = [words.layer_name(heat) for heat, _ in items] if as_strip else [""] * len(items)
        self.below = line_height(self.small) if as_strip else 0.0
        room = page - 2 * _MARGIN
        said = [*_title(items), *dict.fromkeys(heat.method for heat, _ in items if as_strip)]
        self.title = wrapped(map(drawable, said), room, size) if title else []
        self.subtitle = wrapped(map(drawable, _notes(items, display)), room, self.small) if title else []
        # One bar for each kind of map: signed ones have colours and a scale of their own.
        kinds = {row.heat.signed: row for row in reversed(rows) if not row.heat.degenerate}
        self.bars = [kinds[signed] for signed in sorted(kinds)]
        self.numbers = [numbers_of(row, display) for row in self.bars]
        self.left = line_height(self.small) + 0.5 if any(self.places.rows) else 0.0
        widest = max((width(number, self.small) for numbers, _ in self.numbers for number in numbers), default=0.0)
        self.numbers_width = widest
        self.right = _GAP + 1 + _BAR + 1.5 + widest + 1.0 + line_height(self.small) if self.bars else 0.0
        columns, lines = len(self.places.columns), len(self.places.rows)
        self.cell = (page - 2 * _MARGIN - self.left - self.right - _GAP * (columns - 1)) / columns
        if self.cell < _NARROWEST:
            raise HeatlensError(
                f"Width = {page:g} mm is too narrow for {columns} columns; choose a wider figure or fewer columns."
            )
        tallest = max(row.aspect for row in rows)
        self.cell_height = self.cell * min(max(tallest, _FLATTEST), _TALLEST)
        self.top = _MARGIN + len(self.title) * line_height(size) + len(self.subtitle) * line_height(self.small)
        self.top += (0.8 if self.title else 0.0) + line_height(self.small)
        self.high = lines * (self.cell_height + self.below) + (lines - 1) * _GAP
        self.height = self.top + self.high + _MARGIN

    def draw(self, drawn: Page) -> None:
        drawn.begin(self.page, self.height)
        y = _MARGIN
        for lines, size, colour in ((self.title, self.size, INK), (self.subtitle, self.small, PALE)):
            for line in lines:
                drawn.say(_MARGIN, y + 0.75 * line_height(size), line, size, colour)
                y += line_height(size)
        for column, name in enumerate(self.places.columns):
            x, _ = self._corner(0, column)
            name = fitted(drawable(name), self.cell, self.small)
            drawn.say(x + self.cell / 2, self.top - 0.25 * line_height(self.small), name, self.small, INK, ha="center")
        for number, name in enumerate(self.places.rows):
            _, y = self._corner(number, 0)
            name = fitted(drawable(name), self.cell_height, self.small)
            middle = y + self.cell_height / 2
            x = _MARGIN + self.left / 2 - 0.3
            drawn.say(x, middle, name, self.small, INK, ha="center", va="center", rotation=90)
        for row, place, name in zip(self.rows, self.places.of, self.names, strict=True):
            x, y = self._corner(*place)
            axes = drawn.axes_at(x, y, self.cell, self.cell_height)
            draw(axes, row, "overlay", self.cell, self.small)
            if name:
                y += self.cell_height + 0.75 * self.below
                name = fitted(drawable(name), self.cell, self.small)
                drawn.say(x + self.cell / 2, y, name, self.small, INK, ha="center")
        self._draw_bars(drawn)

    def _draw_bars(self, drawn: Page) -> None:
        gap = 2 * line_height(self.small)
        height = (self.high - gap * (len(self.bars) - 1)) / max(len(self.bars), 1)
        for number, (row, (numbers, label)) in enumerate(zip(self.bars, self.numbers, strict=True)):
            x, y = self.page - _MARGIN - self.right + _GAP + 1, self.top + number * (height + gap)
            draw_bar(drawn.axes_at(x, y, _BAR, height, "bar"), row, numbers, self.small)
            x += _BAR + 1.5 + self.numbers_width + 1.0
            said = fitted(SEPARATOR.join(label), height, self.small)
            middle = x + line_height(self.small) / 2
            drawn.say(middle, y + height / 2, said, self.small, PALE, ha="center", va="center", rotation=90)

    def _corner(self, row: int, column: int) -> tuple[float, float]:
        x = _MARGIN + self.left + column * (self.cell + _GAP)
        return x, self.top + row * (self.cell_height + self.below + _GAP)


def numbers_of(row: Row, display: Display) -> tuple[list[str], list[str]]:
    """Numbers and label of a bar beside cells that may each have a scale of their own."""
    if display.normalise in ("shared", "manual"):
        return words.scale(row.low, row.high, row.heat.signed, row.display)
    return ends_of(row, display)


def ends_of(row: Row, display: Display) -> tuple[list[str], list[str]]:
    """What stands at a bar for several scales, and its label."""
    said = [words.scale_name(display)]
    if row.heat.signed:
        return ["−max", "0", "max"], [*said, "signed"]
    ends = {"from zero": ("0", "max"), "percentiles": (f"{display.percent:g} %", f"{100 - display.percent:g} %")}
    low, high = ends.get(display.normalise, ("min", "max"))
    return [low, "", high], said


def _title(items: Sequence[Item]) -> list[str]:
    """What all cells have in common."""
    heats = [heat for heat, _ in items]
    pictures = list(dict.fromkeys(picture.path.name for _, picture in items))
    parts = [shortened(pictures[0], 60) if len(pictures) == 1 else f"{len(pictures)} pictures"]
    if len(pictures) == 1 and not words.several_models(heats):
        parts += words.prediction(heats[0])
    if not words.several_models(heats):
        parts.append(words.model_name(heats[0]))
    return parts


def _notes(items: Sequence[Item], display: Display) -> list[str]:
    notes = [f"outline at mean + {display.outline:g} sd"] if display.outline is not None else []
    if len(models := words.models(heat for heat, _ in items)) > 1:
        of = [heat for heat, _ in items if untrained(heat.weights)]
        said = (f"{words.model_name(heat, models)}: {untrained(heat.weights)}" for heat in of)
        notes += dict.fromkeys(said)
    notes += list(dict.fromkeys(f"{heat.method}: {words.NEARLY_FLAT}" for heat, _ in items if nearly_flat(heat)))
    return notes + list(dict.fromkeys(f"{heat.method}: {heat.note}" for heat, _ in items if heat.note))
