"""Words in files of pixels: matplotlib draws them once, and they are stamped wherever a figure says them again."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties

# Letters reach a little beyond what is measured.
_AROUND = 4
_ANGLES = (0.0, 90.0)


class Canvas(FigureCanvasAgg):
    """Draws as matplotlib does; words come from the stamps."""

    def get_renderer(self) -> RendererAgg:
        return _Stamping(*self.get_width_height(physical=True), self.figure.dpi)


class _Stamping(RendererAgg):
    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        if ismath or angle not in _ANGLES or gc.get_forced_alpha():
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        left, top = floor(x), floor(y)
        # Where between the pixels it begins is what a letter's shape depends on, in 64ths.
        between = round(64 * (x - left)) / 64, round(64 * (y - top)) / 64
        word, right, down = _stamp(s, prop, self.dpi, angle, *between, gc.get_rgb())
        self.draw_image(gc, left + right, int(self.height) - (top + down), word)

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        return _measured(s, prop, self.dpi)


@lru_cache(maxsize=1024)
def _measured(text: str, font: FontProperties, dpi: float) -> tuple[float, float, float]:
    return RendererAgg(1, 1, dpi).get_text_width_height_descent(text, font, False)


# Those that every figure says stay; names of files, which come once, must not fill the memory.
@lru_cache(maxsize=128)
def _stamp(
    text: str,
    font: FontProperties,
    dpi: float,
    angle: float,
    x: float,
    y: float,
    colour: tuple[float, float, float, float],
) -> tuple[np.ndarray, int, int]:
    """The word's pixels from the bottom up, how far right of its beginning they start, and how far down they end."""
    wide, high, deep = map(ceil, _measured(text, font, dpi))
    across, up = (high - deep, wide) if angle else (0, high - deep)
    width, height = (high, wide) if angle else (wide, high)
    paper = RendererAgg(width + 2 * _AROUND + 1, height + 2 * _AROUND + 1, dpi)
    gc = paper.new_gc()
    gc.set_foreground(colour, isRGBA=True)
    paper.draw_text(gc, across + _AROUND + x, up + _AROUND + y, text, font, angle)
    drawn = np.asarray(paper.buffer_rgba())
    rows, columns = np.nonzero(drawn[..., 3].any(axis=1))[0], np.nonzero(drawn[..., 3].any(axis=0))[0]
    if not rows.size:
        return np.zeros((1, 1, 4), np.uint8), 0, 0
    (first, last), (start, end) = (rows[0], rows[-1] + 1), (columns[0], columns[-1] + 1)
    word = np.ascontiguousarray(drawn[first:last, start:end][::-1])
    return word, int(start) - across - _AROUND, int(last) - up - _AROUND
