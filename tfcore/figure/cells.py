"""One cell of a panel: the picture, its heatmap, both together, or the colour bar beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure import words
from tfcore.figure.display import Display, painted, table
from tfcore.figure.marks import draw_marks, draw_regions
from tfcore.figure.style import INK, PALE, width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tfcore.results import Heat

# Paper grey: neither an end nor the middle of any colour map.
_OUTSIDE = "#ececec"
_NOTHING = "#d4d4d4"


@dataclass(frozen=True)
class Row:
    """A heatmap ready to be drawn: the picture as seen, and the two ends of the scale."""

    heat: Heat
    # (h, w, 3) uint8; may be smaller than the picture, whose size in pixels the heatmap's box refers to.
    image: np.ndarray
    height: int
    width: int
    # How much higher than wide a pixel is, and what stands at the edges.
    tall: float
    spacing: tuple[float, float] | None
    sides: str
    display: Display
    low: float
    high: float
    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    # What of the picture is seen: left, top, right and bottom as shares of it.
    seen: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    @property
    def aspect(self) -> float:
        """Height over width."""
        left, top, right, bottom = self.seen
        return self.height * (bottom - top) * self.tall / (self.width * (right - left))

    @property
    def extent(self) -> tuple[float, float, float, float]:
        box = self.heat.box
        return box.x, box.x + box.width, box.y + box.height, box.y


def draw(axes: Axes, row: Row, column: str, room: float, size: float) -> None:
    """Fill a cell ``room`` millimetres wide with one of the columns ``input``, ``heatmap``, ``overlay``."""
    # matplotlib takes a second to import.
    from tfcore.figure.pixels import show

    if column != "heatmap":
        show(axes, row.image, (0, row.width, row.height, 0))
    if column != "input":
        # Alone, with nothing below it, the heat is seen whole.
        alone = replace(row.display, opacity=1.0, blend="wash", threshold=0.0)
        _draw_heat(axes, row, alone if column == "heatmap" else row.display, room, size)
    if column == "overlay" and row.heat.mask is not None:
        from tfcore.figure.masks import draw_mask

        draw_mask(axes, row.heat.mask, size)
    # After the images, of which one may reach outside the picture; a page like the last one has them already.
    left, top, right, bottom = row.seen
    across, down = (left * row.width, right * row.width), (bottom * row.height, top * row.height)
    if (axes.get_xlim(), axes.get_ylim()) != (across, down):
        axes.set(xlim=across, ylim=down)
    axes.set_aspect(row.tall, adjustable="box", anchor="N")
    axes.set_facecolor(_NOTHING if row.heat.degenerate else _OUTSIDE)
    if row.display.marks and column != "heatmap":
        draw_marks(axes, row.spacing, row.sides, room, size)
    if column != "heatmap":
        draw_regions(axes, row.heat.regions, size)


def _draw_heat(axes: Axes, row: Row, display: Display, room: float, size: float) -> None:
    if row.heat.degenerate:
        # Without a scale there are no colours, or rounding errors would look like findings.
        said = words.nothing(row.heat).split()
        size *= min(0.8 * room / max(width(word, size) for word in said), 1)
        text = "\n".join(wrapped(said, 0.85 * room, size, " "))
        paper = {"facecolor": _NOTHING, "edgecolor": "none", "alpha": 0.85, "boxstyle": "round,pad=0.3"}
        axes.text(0.5, 0.5, text, size=size, color=INK, ha="center", va="center", bbox=paper, transform=axes.transAxes)
        return
    from tfcore.figure.pixels import show

    heat = painted(row.heat, display, (row.low, row.high))
    show(axes, heat, row.extent, display.opacity, display.interpolation)
    if display.outline is not None:
        _draw_outline(axes, row, display.outline)


def _draw_outline(axes: Axes, row: Row, deviations: float) -> None:
    from matplotlib.patheffects import withStroke

    map = row.heat.map
    level = float(map.mean() + deviations * map.std())
    if not map.min() < level < map.max():
        return
    box = row.heat.box
    x = box.x + (np.arange(map.shape[1]) + 0.5) * box.width / map.shape[1]
    y = box.y + (np.arange(map.shape[0]) + 0.5) * box.height / map.shape[0]
    lines = axes.contour(x, y, map, levels=[level], colors="white", linewidths=0.7)
    lines.set_path_effects([withStroke(linewidth=1.5, foreground="black")])


def draw_bar(axes: Axes, row: Row, numbers: list[str], size: float) -> None:
    """The colours from the lowest to the highest value, with their numbers."""
    colours = table(row.display.colours)[::-1, None]
    axes.imshow(colours, extent=(0, 1, row.low, row.high), aspect="auto")
    ticks = [row.low, (row.low + row.high) / 2, row.high]
    axes.set(xlim=(0, 1), ylim=(row.low, row.high))
    axes.set_yticks(ticks, numbers)
    axes.tick_params(axis="y", labelsize=size, labelcolor=INK, color=PALE, length=1.5, width=0.4, pad=1.5)
    # The end numbers stay beside the bar instead of reaching past it.
    bottom, _, top = axes.get_yticklabels()
    bottom.set_verticalalignment("bottom")
    top.set_verticalalignment("top")
