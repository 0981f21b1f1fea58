"""Pictures with their heat and nothing else: no words, no numbers, no marks, no regions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tfcore.figure.cells import draw
from tfcore.figure.display import Display, scale_of
from tfcore.figure.panel import Item, reduced, row_of
from tfcore.figure.save import pixels
from tfcore.figure.style import drawing

# At which an outline is as wide as on the screen.
_DPI = 100


def bare(items: Sequence[Item], display: Display, longest: int = 1200) -> np.ndarray:
    """(H, W, 3) uint8, ``longest`` pixels on its longer side or a little less; several stand in a square."""
    heats, across = [heat for heat, _ in items], math.ceil(math.sqrt(len(items)))
    unmarked = replace(display, marks=False)
    with drawing():
        from tfcore.figure.page import page_again

        rows = [
            row_of(replace(heat, regions=()), picture, unmarked, scale_of(heat, heats, display), picture.display())
            for heat, picture in items
        ]
        high = max(row.aspect for row in rows)
        wide = longest // across / max(high, 1)
        down, pixel = math.ceil(len(rows) / across), 25.4 / _DPI
        cell = round(wide) * pixel, round(wide * high) * pixel
        with page_again() as page:
            page.begin(cell[0] * across, cell[1] * down)
            for number, row in enumerate(rows):
                at = number % across * cell[0], number // across * cell[1]
                draw(page.axes_at(*at, *cell), replace(row, image=reduced(row.image, longest)), "overlay", cell[0], 7)
            return pixels(page, _DPI)
