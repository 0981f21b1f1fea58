"""What a grid of heatmaps shows: rows and columns with their names, and in every cell a heat or a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tfcore.results import Heat

# Row and column, counted from the top left.
Place = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """A heat, or what is said in its place: that it is awaited, or (``failed``) why there is none."""

    heat: Heat | None = None
    text: str = ""
    failed: bool = False
    # What the tooltip calls it.
    title: str = ""


@dataclass(frozen=True)
class Table:
    """Cells by their places; places without a cell stay empty. A name may have a second, quieter line."""

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: Mapping[Place, Cell] = field(default_factory=dict)
    # The one that the rest of the window is about, framed, and those picked for a comparison, in the order of picking.
    current: Place | None = None
    picked: tuple[Place, ...] = ()
    # The cell whose scale stands beside the grid while the cursor is elsewhere; None: the current one.
    measured: Place | None = None
    # A line above the cells, with a button that leads back to the grid it came from.
    heading: str = ""
    # What stands in the middle when there are no cells.
    nothing: str = ""

    def heats(self) -> list[Heat]:
        """All heats, row by row."""
        return [cell.heat for _, cell in sorted(self.cells.items()) if cell.heat is not None]

    def heat(self, place: Place | None) -> Heat | None:
        """The heat of a cell, if it has one."""
        cell = self.cells.get(place) if place is not None else None
        return cell.heat if cell is not None else None
