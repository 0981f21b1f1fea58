"""The figure that is being composed, and every change to it as another one. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tfcore.figure.composition import (
    Cell,
    Composition,
    Note,
    Part,
    Row,
    laid_out,
    moved,
    trimmed,
    without_spare_items,
)
from tfcore.figure.display import Display
from tfcore.figure.grid import places

if TYPE_CHECKING:
    from tfcore.figure.panel import Item

Place = tuple[int, int]
ACROSS = 4
# Of the page.
PAGE = ("width_mm", "dpi", "text_size")
_THREE = ("input", "heatmap", "overlay")
# Of a picture: all of it, and the least that is cut out.
_ALL, _LEAST = (0.0, 0.0, 1.0, 1.0), 0.03


@dataclass(frozen=True, eq=False)
class Draft:
    """Heatmaps with their pictures, where they stand, and the page."""

    items: tuple[Item, ...] = ()
    made: Composition = field(default_factory=Composition)
    display: Display = field(default_factory=Display)
    width_mm: float = 180.0
    dpi: int = 300
    # Points.
    text_size: float = 7.0
    # Cells beside each other, where more are added.
    across: int = ACROSS

    @property
    def empty(self) -> bool:
        return not self.made.each()

    def cell(self, place: Place | None) -> Cell | None:
        row, column = place or (-1, -1)
        known = 0 <= row < len(self.made.cells) and 0 <= column < len(self.made.cells[row])
        return self.made.cells[row][column] if known else None

    def with_made(self, **changes: Any) -> Draft:
        return replace(self, made=replace(self.made, **changes))

    def added(self, items: Sequence[Item], labels: Mapping[str, str]) -> Draft:
        """One more cell for each, in the last row and below it; rows of three stay such rows."""
        if self.made.columns == _THREE:
            rows = [
                (number, labels.get(str(picture.path), ""))
                for number, (_, picture) in enumerate(items, len(self.items))
            ]
            more = (_three(Cell(number, true=true)) for number, true in rows)
            return self._holding((*self.items, *items), (*self.made.cells, *more))
        cells, first = [list(row) for row in self.made.cells], len(self.items)
        for number, (_, picture) in enumerate(items, first):
            if not cells or len(cells[-1]) >= self.across:
                cells.append([])
            cells[-1].append(Cell(number, true=labels.get(str(picture.path), "")))
        return self._holding((*self.items, *items), tuple(map(tuple, cells)))

    def with_grid(self, items: Sequence[Item], labels: Mapping[str, str]) -> Draft:
        """Methods down and layers or models across, with their names; below what is there, of which no column is called
        so: then each new cell says it.
        """
        found, first = places(items), len(self.items)
        named = self.empty or self.made.columns == found.columns
        rows: list[list[Cell | None]] = [[None] * len(found.columns) for _ in found.rows]
        for number, ((row, column), (_, picture)) in enumerate(zip(found.of, items, strict=True), first):
            title = None if named else found.columns[column]
            rows[row][column] = Cell(number, true=labels.get(str(picture.path), ""), title=title)
        grid = self._holding((*self.items, *items), (*self.made.cells, *map(tuple, rows)))
        names = (*self.made.rows, *[""] * (len(self.made.cells) - len(self.made.rows)), *found.rows)
        return grid.with_made(rows=names, columns=found.columns if named else self.made.columns)

    def replaced(self, place: Place, item: Item, labels: Mapping[str, str]) -> Draft:
        """Another picture in a cell, seen as the one before."""
        true = labels.get(str(item[1].path), "")
        found = replace(self, items=(*self.items, item)).changed(place, item=len(self.items), true=true)
        return found._holding(found.items, found.made.cells)

    def changed(self, place: Place, **changes: Any) -> Draft:
        cell = self.cell(place)
        return self if cell is None else self._put(place, replace(cell, **changes))

    def moved(self, source: Place, target: Place) -> Draft:
        """The two change places."""
        return self if self.cell(source) is None else self.with_made(cells=moved(self.made.cells, source, target))

    def line_moved(self, axis: int, source: int, target: int) -> Draft:
        """A whole row (0) or column (1) goes with its name to where another one is, and those between make room."""
        across = self.made.across
        cells = [[*row, *[None] * (across - len(row))] for row in self.made.cells]
        names = list((self.made.rows, self.made.columns)[axis])
        names += [""] * ((len(cells), across)[axis] - len(names))
        lines: list[list[Any]] = [names, *(cells if axis else [cells])]
        for line in lines:
            line.insert(target, line.pop(source))
        named = {("rows", "columns")[axis]: tuple(names) if any(names) else ()}
        return self.with_made(cells=trimmed(tuple(map(tuple, cells))), **named)

    def without(self, place: Place) -> Draft:
        """What stands behind the cell in its row closes up."""
        row, column = place
        cells = [list(each) for each in self.made.cells]
        del cells[row][column]
        return self._holding(self.items, trimmed(tuple(map(tuple, cells))))

    def doubled(self, place: Place) -> Draft:
        """The cell once more, behind itself."""
        row, column = place
        cells = [list(each) for each in self.made.cells]
        cells[row].insert(column, cells[row][column])
        return self.with_made(cells=tuple(map(tuple, cells)))

    def with_across(self, across: int) -> Draft:
        """All cells in reading order, so many beside each other."""
        return replace(self, across=across).with_made(cells=laid_out(self.made.each(), across))

    def in_rows(self) -> Draft:
        """A row for each heatmap: the picture, the heat, and both together."""
        first = {cell.item: cell for cell in reversed(self.made.each())}
        rows = tuple(_three(first[item]) for item in sorted(first))
        return replace(self, across=len(_THREE)).with_made(cells=rows, columns=_THREE, rows=())

    def like(self, place: Place, *names: str) -> Draft:
        """What one cell has, in all of them."""
        model = self.cell(place)
        same = {name: getattr(model, name) for name in names}
        cells = tuple(tuple(cell and replace(cell, **same) for cell in row) for row in self.made.cells)
        return self.with_made(cells=cells)

    def _put(self, place: Place, cell: Cell) -> Draft:
        cells = [list(row) for row in self.made.cells]
        cells[place[0]][place[1]] = cell
        return self.with_made(cells=tuple(map(tuple, cells)))

    def _holding(self, items: Sequence[Item], cells: tuple[Row, ...]) -> Draft:
        """Without heatmaps that no cell shows any more."""
        cells, kept = without_spare_items(cells, items)
        return replace(self, items=tuple(kept), made=replace(self.made, cells=cells))


def _three(cell: Cell) -> Row:
    """The picture, the heat, and both together, under which the title stands."""
    return tuple(replace(cell, show=show, title=None if show == "overlay" else "", letter=None) for show in _THREE)


def nearer(box: Part | None, factor: float, at: tuple[float, float]) -> Part | None:
    """A part of a picture (none: all of it) about a point of it, which stays where it is seen."""
    left, top, right, bottom = box or _ALL
    width, height = (min(max(side / factor, _LEAST), 1.0) for side in (right - left, bottom - top))
    x = min(max(left + at[0] * (right - left - width), 0.0), 1.0 - width)
    y = min(max(top + at[1] * (bottom - top - height), 0.0), 1.0 - height)
    return None if width == height == 1.0 else (x, y, x + width, y + height)


def shifted(box: Part, down: float, across: float) -> Part:
    """As large as before, and within the picture."""
    left, top, right, bottom = box
    x, y = min(max(across, -left), 1.0 - right), min(max(down, -top), 1.0 - bottom)
    return left + x, top + y, right + x, bottom + y


def inside(box: Part) -> Part:
    """Within the picture, and no smaller than can be seen."""
    left, top = (min(max(edge, 0.0), 1.0 - _LEAST) for edge in box[:2])
    return left, top, min(max(box[2], left + _LEAST), 1.0), min(max(box[3], top + _LEAST), 1.0)


def pointed(note: Note, down: float, across: float, tip: bool) -> Note:
    """Words with their arrow a little further, or the tip of it alone."""
    go = lambda point: (min(max(point[0] + across, 0.0), 1.0), min(max(point[1] + down, 0.0), 1.0))  # noqa: E731
    if tip:
        return replace(note, to=go(note.to or note.at))
    return replace(note, at=go(note.at), to=note.to and go(note.to))
