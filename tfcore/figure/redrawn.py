"""A composition that is drawn again and again while somebody works on it: what stays as it was is kept."""

from __future__ import annotations

from collections.abc import Hashable
from math import ceil, floor
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from tfcore.figure.composed import Composed, Place
from tfcore.figure.page import Page
from tfcore.figure.save import clear, pixels
from tfcore.figure.style import drawing
from tfcore.lazy import cv2

_MM_PER_INCH = 25.4


class Redrawn:
    """Holds the pixels of its last figure, the page that they were drawn on, and what they hang on."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._pixels = np.empty((0, 0, 4), np.uint8)
        self._keys: dict[Place, Hashable] = {}
        self._around: Any = None
        # What keys are about stays alive as long as they do.
        self.last: Composed | None = None

    def image(self, composed: Composed, page: int, width: int) -> np.ndarray:
        """The page so many pixels wide, (h, w, 3) or with alpha (h, w, 4)."""
        with drawing():
            drawn = self._page = self._page or Page()
            scale, around = width / composed.page, (width, _around(composed, page))
            keys: dict[Place, Hashable] = {place: (*composed.key(place), scale) for place in composed.on(page)}
            same = {place for place, key in keys.items() if self._keys.get(place) == key}
            blocks = {place: _block(composed, place, scale) for place in keys}
            stamps: list[_Stamp] = []
            if cells_alone := around == self._around:
                drawn.begin(composed.page, composed.height(page), composed.paper)
                for place in keys.keys() - same:
                    composed.draw_cell(drawn, place)
            else:
                composed.draw(drawn, page, leaving=same)
                stamps = [_Stamp(self._pixels[blocks[place]], *blocks[place]) for place in same]
                for stamp in stamps:
                    drawn.add_artist(stamp)
            found = pixels(drawn, width / composed.page * _MM_PER_INCH, with_alpha=True)
            if cells_alone:
                for place in keys.keys() - same:
                    self._pixels[blocks[place]] = found[blocks[place]]
            else:
                self._pixels = found
            self._keys, self._around, self.last = keys, around, composed
            seen_through = clear(drawn)
            for stamp in stamps:
                stamp.remove()
            drawn.wipe()
            return self._pixels.copy() if seen_through else cv2.cvtColor(self._pixels, cv2.COLOR_RGBA2RGB)


def _around(composed: Composed, page: int) -> list[Any]:
    """All that the look of a page hangs on but its cells."""
    made, firsts = composed.made, {key: [kind[0] for kind in kinds] for key, kinds in composed.groups.items()}
    rows = {place: composed.rows[place] for places in firsts.values() for place in places}
    bars = composed.groups, composed.numbers, [(row.low, row.high, row.display.colours) for row in rows.values()]
    words = composed.heading, composed.foot, made.rows, made.columns, composed.size, composed.paper
    return [page, composed.page, composed.height(page), words, bars, made.bars, composed.spots, [*composed.cells]]


def _block(composed: Composed, place: Place, scale: float) -> tuple[slice, slice]:
    """Pixels of a cell with its title, from the top and from the left, and one more for lines on its edges."""
    spot, above = composed.spots[place], composed.above[place[0]]
    low, high = spot.y - above, spot.y + spot.height
    right, bottom = ceil((spot.x + spot.width) * scale) + 1, ceil(high * scale) + 1
    return slice(floor(low * scale) - 1, bottom), slice(floor(spot.x * scale) - 1, right)


class _Stamp(Artist):
    """Pixels as they were, at their place on the page."""

    def __init__(self, image: np.ndarray, rows: slice, columns: slice) -> None:
        super().__init__()
        self._image, self._top, self._left = image[::-1], rows.start, columns.start

    def draw(self, renderer: Any) -> None:
        how = renderer.new_gc()
        renderer.draw_image(how, self._left, round(renderer.height) - self._top - len(self._image), self._image)
        how.restore()
