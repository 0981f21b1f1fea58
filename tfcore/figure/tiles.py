"""The figure of many small pictures: rows and columns with names, each with a few words below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.style import INK, PALE, drawable, drawing, fitted, line_height, wrapped

if TYPE_CHECKING:
    from tfcore.figure.page import Page

_MARGIN, _GAP = 2.0, 1.2
_NARROWEST = 8.0
# Cells that stand beside each other at most; what has no rows of its own goes on below.
ACROSS = 8


@dataclass(frozen=True, eq=False)
class Tile:
    """A picture (h, w, 3) or (h, w) uint8, and the lines that are said below it."""

    image: np.ndarray
    words: str = ""


def tiles(
    rows: Sequence[tuple[str, Sequence[Tile]]],
    columns: Sequence[str] = (),
    title: Sequence[str] = (),
    width_mm: float = 180.0,
    text_size: float = 7.0,
) -> Page:
    """Rows with a name each, below the names of the columns; ``title`` are the parts of what stands above."""
    with drawing():
        return _drawn(rows, columns, title, width_mm, text_size)


def in_lines(some: Sequence[Tile], across: int = ACROSS) -> list[tuple[str, Sequence[Tile]]]:
    """Tiles in reading order, as rows without names."""
    return [("", some[start : start + across]) for start in range(0, len(some), across)]


def _drawn(
    rows: Sequence[tuple[str, Sequence[Tile]]], columns: Sequence[str], title: Sequence[str], page: float, size: float
) -> Page:
    from tfcore.figure.page import Page
    from tfcore.figure.pixels import show

    many = max((len(some) for _, some in rows), default=0)
    if not many:
        raise HeatlensError("The figure has no pictures; give at least one.")
    small = 0.85 * size
    line = line_height(small)
    left = line + 0.5 if any(name for name, _ in rows) else 0.0
    cell = (page - 2 * _MARGIN - left - _GAP * (many - 1)) / many
    if cell < _NARROWEST:
        raise HeatlensError(f"Width = {page:g} mm is too narrow for {many} pictures side by side; choose a wider one.")
    # A few pictures alone do not fill the page.
    cell = min(cell, 45.0)
    below = line * max(len(tile.words.splitlines()) for _, some in rows for tile in some)
    heights = [cell * max(tile.image.shape[0] / tile.image.shape[1] for tile in some) + below for _, some in rows]
    heading = wrapped(map(drawable, title), page - 2 * _MARGIN, size) if title else []
    top = _MARGIN + len(heading) * line_height(size) + (0.8 if heading else 0.0) + (line if columns else 0.0)
    drawn = Page()
    drawn.begin(page, top + sum(heights) + _GAP * (len(rows) - 1) + _MARGIN)
    for number, said in enumerate(heading):
        drawn.say(_MARGIN, _MARGIN + (number + 0.75) * line_height(size), said, size, INK)
    for column, name in enumerate(columns):
        x = _MARGIN + left + column * (cell + _GAP) + cell / 2
        drawn.say(x, top - 0.3 * line, fitted(drawable(name), cell, small), small, INK, ha="center")
    y = top
    for (name, some), height in zip(rows, heights, strict=True):
        if name:
            middle, said = y + (height - below) / 2, fitted(drawable(name), height - below, small)
            drawn.say(_MARGIN + line / 2, middle, said, small, INK, ha="center", va="center", rotation=90)
        for column, tile in enumerate(some):
            x = _MARGIN + left + column * (cell + _GAP)
            axes = drawn.axes_at(x, y, cell, height - below)
            image = tile.image if tile.image.ndim == 3 else np.repeat(tile.image[..., np.newaxis], 3, -1)
            show(axes, image, (0, image.shape[1], image.shape[0], 0))
            axes.set(xlim=(0, image.shape[1]), ylim=(image.shape[0], 0))
            axes.set_axis_off()
            axes.set_aspect(1, anchor="N")
            for number, words in enumerate(tile.words.splitlines()):
                said, low = fitted(drawable(words), cell, small), y + height - below + (number + 0.7) * line
                drawn.say(x + cell / 2, low, said, small, PALE, ha="center")
        y += height + _GAP
    return drawn
