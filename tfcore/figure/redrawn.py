"""A composition that is drawn again and again while somebody works on it: cells that stay as they were are kept."""

from __future__ import annotations

from collections.abc import Hashable
from math import ceil, floor
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from tfcore.figure.composed import Composed
from tfcore.figure.page import Page
from tfcore.figure.save import clear, pixels
from tfcore.figure.style import drawing

_MM_PER_INCH = 25.4


class Redrawn:
    """Holds the pixels of the cells of its last figure, and the page that they were drawn on."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._kept: dict[Hashable, np.ndarray] = {}
        # What keys are about stays alive as long as they do.
        self._held: Any = None

    def image(self, composed: Composed, page: int, width: int) -> np.ndarray:
        """The page so many pixels wide, (h, w, 3) or with alpha (h, w, 4)."""
        with drawing():
            drawn = self._page = self._page or Page()
            scale = width / composed.page
            keys = {place: (*composed.key(place), scale) for place in composed.on(page)}
            known = {place for place, key in keys.items() if key in self._kept}
            composed.draw(drawn, page, leaving=known)
            blocks = {place: _block(composed, place, scale) for place in keys}
            stamps = [_Stamp(self._kept[keys[place]], *blocks[place][:2]) for place in known]
            for stamp in stamps:
                drawn.add_artist(stamp)
            found = pixels(drawn, width / composed.page * _MM_PER_INCH, with_alpha=True)
            self._kept = {
                key: found[blocks[place][1] : blocks[place][3], blocks[place][0] : blocks[place][2]].copy()
                for place, key in keys.items()
            }
            self._held = composed
            seen_through = clear(drawn)
            for stamp in stamps:
                stamp.remove()
            drawn.wipe()
            return found if seen_through else np.ascontiguousarray(found[..., :3])


def _block(composed: Composed, place: tuple[int, int], scale: float) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a cell with its title, in pixels, and one more for lines on its edges."""
    spot, above = composed.spots[place], composed.above[place[0]]
    low, high = spot.y - above, spot.y + spot.height
    right, bottom = ceil((spot.x + spot.width) * scale) + 1, ceil(high * scale) + 1
    return floor(spot.x * scale) - 1, floor(low * scale) - 1, right, bottom


class _Stamp(Artist):
    """Pixels as they were, so many from the left and the top of the page."""

    def __init__(self, image: np.ndarray, left: int, top: int) -> None:
        super().__init__()
        self._image, self._left, self._top = image[::-1], left, top

    def draw(self, renderer: Any) -> None:
        how = renderer.new_gc()
        renderer.draw_image(how, self._left, round(renderer.height) - self._top - len(self._image), self._image)
        how.restore()
