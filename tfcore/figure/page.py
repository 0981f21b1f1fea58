"""A page measured in millimetres from its top left corner. What costs most to make, its axes, serves again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tfcore.figure.style import PALE

# Pages that nobody looks at any more; taken and given back by whichever thread draws.
_blank: list[Page] = []


class Page(Figure):
    """A figure that is laid out by :meth:`axes_at` and :meth:`say`."""

    def __init__(self) -> None:
        super().__init__(facecolor="white")
        # Of cells and of colour bars apart: a bar keeps its ticks.
        self._spare: dict[str, list[Axes]] = {}

    def begin(self, width: float, height: float, colour: str = "white") -> None:
        """So many millimetres wide and high, on paper of that colour (``none``: what lies below is seen)."""
        self.set_facecolor(colour)
        self.wide, self.high = width, height
        self.set_size_inches(width / 25.4, height / 25.4)

    def axes_at(self, x: float, y: float, width: float, height: float, kind: str = "cell") -> Axes:
        bottom = self.high - y - height
        place = (x / self.wide, bottom / self.high, width / self.wide, height / self.high)
        if spare := self._spare.get(kind):
            axes = spare.pop()
            axes.set_position(place)
            return self.add_axes(axes)
        axes = self.add_axes(place)
        axes.set_label(kind)
        # What stays as it is, whatever is drawn in them.
        if kind == "bar":
            axes.xaxis.set_visible(False)
            axes.yaxis.tick_right()
            # It has no label, for which room would be looked for around the numbers.
            axes.yaxis.set_label_coords(1, 0.5)
            axes.spines[:].set(linewidth=0.4, edgecolor=PALE)
        else:
            axes.xaxis.set_visible(False)
            axes.yaxis.set_visible(False)
            axes.spines[:].set_visible(False)
        return axes

    def say(self, x: float, y: float, text: str, size: float, colour: str, **how: Any) -> None:
        """The text with its baseline at y, unless ``how`` it is aligned says otherwise."""
        place = (x / self.wide, 1 - y / self.high)
        self.text(*place, text, size=size, color=colour, parse_math=False, **{"va": "baseline"} | how)

    def wipe(self) -> None:
        """An empty page again."""
        for thing in list(self.texts):
            thing.remove()
        # The last one is taken first: a page like the one before finds every axes where it was.
        for axes in reversed(self.axes):
            for drawn in (*axes.images, *axes.texts, *axes.collections, *axes.lines, *axes.patches):
                drawn.remove()
            if (legend := axes.get_legend()) is not None:
                legend.remove()
            self.delaxes(axes)
            self._spare.setdefault(str(axes.get_label()), []).append(axes)


@contextmanager
def page_again() -> Iterator[Page]:
    """A page for as long as it is drawn and written; nobody may keep it."""
    page = _blank.pop() if _blank else Page()
    yield page
    page.wipe()
    _blank.append(page)
