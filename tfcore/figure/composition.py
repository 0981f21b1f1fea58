"""A figure as data: rows and columns of cells, each a heatmap of the figure and how it is seen there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.figure.alike import LESS
from tfcore.figure.display import SETTINGS, Display
from tfcore.figure.titles import check_template

if TYPE_CHECKING:
    from tfcore.figure.panel import Item

# What of a heatmap a cell shows, how letters run on, who shares a colour bar or a scale, and the paper.
SHOWS = ("input", "heatmap", "overlay", "prediction", "curve")
# Those that are drawn beside no picture.
PLAIN = ("prediction", "curve")
LETTERS = ("", "a", "A", "(a)", "1")
GROUPS = ("cell", "row", "column", "figure")
BARS = ("none", *GROUPS)
SCALES = (*GROUPS, "picture")
HEATS = ("smooth", "native")
PAPERS = ("light", "dark", "transparent")
# Widths of a journal's columns, in mm.
PRESETS = {"single column": 85.0, "one and a half": 120.0, "double column": 180.0}
TITLES = "{predicted} {p:.2f}"
# Of a page; of the text, in points.
HEIGHTS_MM, TEXTS = (40.0, 1000.0), (3.0, 30.0)
# Cells across and down; pages begin anew below.
MOST_ACROSS, MOST = 24, 5000
_LETTERS = 1000
# The smallest part of a picture that is looked at.
_PART = 0.01

# Left, top, right and bottom, as shares of the picture as it is seen.
Part = tuple[float, float, float, float]


@dataclass(frozen=True)
class Note:
    """Words on a picture, and where an arrow from them ends; places are shares of the picture as it is seen."""

    text: str
    at: tuple[float, float]
    to: tuple[float, float] | None = None


@dataclass(frozen=True)
class Cell:
    """A place in a figure."""

    # Which of the figure's heatmaps.
    item: int
    show: str = "overlay"
    # What of the picture is seen, and what of it once more, larger, in a corner.
    crop: Part | None = None
    inset: Part | None = None
    # In place of the titles and the letter of the figure; empty for none.
    title: str | None = None
    letter: str | None = None
    # What the picture really shows.
    true: str = ""
    # Settings for looking that are other ones here.
    look: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Composition:
    """Everything about a figure but the heatmaps in it, the width of the page and how heat is looked at."""

    cells: tuple[Row, ...] = ()
    # Fields in braces, of every cell.
    titles: str = TITLES
    heading: str = ""
    # Beside the rows and above the columns.
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    letters: str = "a"
    bars: str = "figure"
    scale: str = "cell"
    heat: str = "smooth"
    paper: str = "light"
    # Rows that do not fit go on another page.
    height_mm: float = 240.0

    def __post_init__(self) -> None:
        choices = {"letters": LETTERS, "bars": BARS, "scale": SCALES, "heat": HEATS, "paper": PAPERS}
        for name, known in choices.items():
            _check(name, getattr(self, name), known)
        low, high = HEIGHTS_MM
        if not low <= self.height_mm <= high:
            raise HeatlensError(f"height_mm = {self.height_mm:g} is not between {low:g} and {high:g}.")
        if self.across > MOST_ACROSS or sum(map(len, self.cells)) > MOST:
            raise HeatlensError(f"A figure has {MOST_ACROSS} cells across and {MOST} in all at most; make several.")
        for template in {self.titles, *(cell.title for cell in self.each() if cell.title)}:
            check_template(template)
        for cell in self.each():
            _check("show", cell.show, SHOWS)
            if cell.look:
                _check_look(cell.look)

    @property
    def across(self) -> int:
        return max(map(len, self.cells), default=0)

    def each(self) -> list[Cell]:
        """All cells that hold something, in reading order."""
        return [cell for row in self.cells for cell in row if cell is not None]

    def as_dict(self) -> dict[str, Any]:
        """In JSON's own types; what stands at its default is left out of cells."""
        found = asdict(self)
        found["cells"] = [[_spare(cell) for cell in row] for row in self.cells]
        return found

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Composition:
        """From a record or a recipe; a sentence names what no figure has."""
        return cls(**_read(record, FIGURE, "A figure"))


def letter(style: str, number: int) -> str:
    """The letter of a cell, counted from 0.

    >>> letter("a", 1), letter("(a)", 26), letter("1", 0), letter("", 3)
    ('b', '(aa)', '1', '')
    """
    if style in ("", "1"):
        return str(number + 1) * bool(style)
    said, number = "", number + 1
    while number:
        number, last = divmod(number - 1, 26)
        said = chr(ord("a") + last) + said
    return f"({said})" if style == "(a)" else said.upper() if style == "A" else said


def laid_out(cells: Sequence[Cell], across: int) -> tuple[Row, ...]:
    """Cells in reading order, so many beside each other."""
    return tuple(tuple(cells[start : start + across]) for start in range(0, len(cells), across))


def moved(cells: tuple[Row, ...], source: tuple[int, int], target: tuple[int, int]) -> tuple[Row, ...]:
    """A cell taken to the place of another one, which goes where the first was."""
    found = [list(row) for row in cells]
    (r, c), (s, d) = source, target
    for row, column in (source, target):
        found[row] += [None] * (column + 1 - len(found[row]))
    found[r][c], found[s][d] = found[s][d], found[r][c]
    return trimmed(tuple(map(tuple, found)))


def trimmed(cells: tuple[Row, ...]) -> tuple[Row, ...]:
    """Without rows and ends of rows that hold nothing."""
    rows = []
    for row in cells:
        last = max((place for place, cell in enumerate(row) if cell is not None), default=-1)
        if last >= 0:
            rows.append(row[: last + 1])
    return tuple(rows)


def without_spare_items(cells: tuple[Row, ...], items: Sequence[Item]) -> tuple[tuple[Row, ...], list[Item]]:
    """The cells, and the items that they show alone, which they then count by."""
    shown = {cell.item for row in cells for cell in row if cell is not None}
    # A difference is that of the two before it.
    shown |= {one - back for one in shown if LESS in items[one][0].method for back in (1, 2) if one >= back}
    used = sorted(shown)
    number = {old: new for new, old in enumerate(used)}
    kept = tuple(tuple(cell and replace(cell, item=number[cell.item]) for cell in row) for row in cells)
    return kept, [items[old] for old in used]


def _spare(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    usual = Cell(cell.item)
    held = {one.name: getattr(cell, one.name) for one in fields(cell)}
    found = {name: value for name, value in held.items() if name == "item" or value != getattr(usual, name)}
    return found | ({"notes": [asdict(note) for note in cell.notes]} if cell.notes else {})


def _check(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise HeatlensError(f"{name} = {value!r} is not one of {', '.join(map(repr, known))}.")


def _check_look(look: Mapping[str, Any]) -> None:
    if unknown := next((name for name in look if name not in SETTINGS), None):
        raise HeatlensError(f"look has no setting {unknown!r}; choose among {', '.join(SETTINGS)}.")
    Display(**look)


# --- reading ---


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LETTERS:
        raise ValueError(value)
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, value))


def _place(value: Any) -> tuple[float, float]:
    x, y = map(float, value)
    if not (-1 <= x <= 2 and -1 <= y <= 2):
        raise ValueError(value)
    return x, y


def part(value: Any) -> Part:
    """A part of a picture, as shares of it."""
    left, top, right, bottom = map(float, value)
    if not (0 <= left <= right - _PART <= 1 and 0 <= top <= bottom - _PART <= 1 and right <= 1 and bottom <= 1):
        raise ValueError(value)
    return left, top, right, bottom


def _note(value: Any) -> Note:
    return Note(**_read(value, {"text": _text, "at": _place, "to": _or_none(_place)}, "A note"))


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _item(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


CELL: dict[str, Callable[[Any], Any]] = {
    "item": _item,
    "show": _text,
    "crop": _or_none(part),
    "inset": _or_none(part),
    "title": _or_none(_text),
    "letter": _or_none(_text),
    "true": _text,
    "look": dict,
    "notes": lambda value: tuple(map(_note, value)),
}


def cell_of(value: Mapping[str, Any]) -> Cell:
    return Cell(**_read(value, CELL, "A cell"))


FIGURE: dict[str, Callable[[Any], Any]] = {
    "cells": lambda rows: tuple(tuple(cell_of(cell) if cell else None for cell in row) for row in rows),
    "titles": _text,
    "heading": _text,
    "rows": _texts,
    "columns": _texts,
    "letters": _text,
    "bars": _text,
    "scale": _text,
    "heat": _text,
    "paper": _text,
    "height_mm": float,
}


def _read(value: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]], what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not isinstance(value, Mapping):
        raise HeatlensError(f"{what} is an object in braces; {str(value)[:40]!r} is none.")
    for name, given in value.items():
        if name not in readers:
            raise HeatlensError(f"{what} has no {name!r}; choose among {', '.join(readers)}.")
        try:
            found[name] = readers[name](given)
        except (TypeError, ValueError) as error:
            raise HeatlensError(f"{what} cannot have {name} = {str(given)[:60]}; see the guide.") from error
    return found
