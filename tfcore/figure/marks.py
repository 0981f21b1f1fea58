"""What stands at the edges of a picture in a figure: sides of the patient, and how long so many millimetres are."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import TYPE_CHECKING, Any

from tfcore.figure.style import drawable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tfcore.results import Outline

# Of the width of a picture: the longest that a bar may be.
SHARE = 0.25
# Millimetres of paper: from the edge, and how wide a cell has to be for letters.
_EDGE, _NARROW = 1.0, 18.0
_LINE = 1.2
# Of what somebody drew, as on the screen.
_DRAWN = "#ffd23c"


def nice(length: float) -> float:
    """The largest 1, 2 or 5 of a power of ten that is no longer.

    >>> nice(37.0), nice(0.9)
    (20.0, 0.5)
    """
    unit = 10.0 ** floor(log10(max(length, 1e-9)))
    return max(step * unit for step in (1.0, 2.0, 5.0) if step * unit <= length * (1 + 1e-9))


def draw_marks(axes: Axes, spacing: tuple[float, float] | None, sides: str, room: float, size: float) -> None:
    """White on a dark rim, read on any picture; ``room`` is the width of the cell in millimetres."""
    from matplotlib.patheffects import withStroke

    rim, wider = ([withStroke(linewidth=wide, foreground="black")] for wide in (1.6, 2 * _LINE))
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    # A picture is drawn narrower than its cell where it is taller than that.
    wide = (right - left) * min(axes.bbox.width / (right - left), axes.bbox.height / (bottom - top) / _tall(axes))
    paper = wide / axes.bbox.width * room
    across, down = (right - left) / paper, (right - left) / paper / _tall(axes)
    if spacing is not None and spacing[1] > 0:
        length = nice(SHARE * (right - left) * spacing[1])
        start, y = left + _EDGE * across, bottom - _EDGE * down
        line: dict[str, Any] = {"color": "white", "linewidth": _LINE, "solid_capstyle": "butt", "path_effects": wider}
        axes.plot([start, start + length / spacing[1]], [y, y], scalex=False, scaley=False, **line)
        axes.text(
            start, y - 0.6 * down, f"{length:g} mm", size=0.8 * size, color="white", va="bottom", path_effects=rim
        )
    if paper < _NARROW:
        return
    middle, level = (left + right) / 2, (top + bottom) / 2
    places = (
        *((middle, top + _EDGE * down, "center", "top"), (middle, bottom - _EDGE * down, "center", "bottom")),
        *((left + _EDGE * across, level, "left", "center"), (right - _EDGE * across, level, "right", "center")),
    )
    for letter, (x, y, ha, va) in zip(sides, places, strict=False):
        axes.text(x, y, letter, size=0.8 * size, color="white", ha=ha, va=va, weight="bold", path_effects=rim)


def draw_regions(axes: Axes, regions: Sequence[Outline], size: float) -> None:
    """Their lines, and at the right end of each what is said of it, on the picture's side of its edge."""
    from matplotlib.patheffects import withStroke

    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    rim = [withStroke(linewidth=1.6, foreground="black")]
    for region in regions:
        xs, ys = zip(*region.points, strict=True)
        axes.plot(xs, ys, color=_DRAWN, linewidth=0.8, path_effects=rim, scalex=False, scaley=False)
        x, y = max(region.points, key=lambda point: point[0] - point[1])
        ha, va = "right" if x > (left + right) / 2 else "left", "top" if y < top + (bottom - top) / 8 else "bottom"
        words: dict[str, Any] = {
            "size": 0.8 * size,
            "color": _DRAWN,
            "ha": ha,
            "va": va,
            "parse_math": False,
            "clip_on": True,
        }
        axes.text(min(max(x, left), right), min(max(y, top), bottom), drawable(region.words), path_effects=rim, **words)


def _tall(axes: Axes) -> float:
    return float(axes.get_aspect())
