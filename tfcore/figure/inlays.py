"""What lies on or in a cell of a composition: a part seen larger, words with arrows, bars of the prediction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tfcore.figure import words
from tfcore.figure.cells import Row, draw
from tfcore.figure.display import table
from tfcore.figure.style import COLOURS, drawable, fitted, line_height, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tfcore.figure.composed import Spot
    from tfcore.figure.composition import Cell, Note
    from tfcore.figure.page import Page
    from tfcore.results import Heat

# Of the width of a cell.
_INSET = 0.42
_FRAME = "#ffd23c"
# Millimetres that the dark rim of words takes.
_RIM = 0.6
# Classes that have a bar.
_MOST = 6
# Of the height of a line, where lines stand close.
_TIGHT = 0.85


def draw_inset(drawn: Page, axes: Axes, row: Row, cell: Cell, spot: Spot, size: float) -> None:
    """The part in the corner farthest from where it lies, both framed alike."""
    from matplotlib.patches import Rectangle

    assert cell.inset is not None
    left, top, right, bottom = cell.inset
    corner = left * row.width, top * row.height
    wide, high = (right - left) * row.width, (bottom - top) * row.height
    axes.add_patch(Rectangle(corner, wide, high, fill=False, edgecolor=_FRAME, linewidth=0.7))
    part = replace(row, seen=cell.inset, spacing=None, sides="")
    width = _INSET * min(spot.width, spot.height)
    height = width * part.aspect
    x, y = spot.x, spot.y
    middle = (left + right) / 2 - (row.seen[0] + row.seen[2]) / 2, (top + bottom) / 2 - (row.seen[1] + row.seen[3]) / 2
    x += 0.0 if middle[0] > 0 else spot.width - width
    y += 0.0 if middle[1] > 0 else spot.height - height
    inner = drawn.axes_at(x, y, width, height, "inset")
    draw(inner, part, cell.show, width, size)
    inner.add_patch(
        Rectangle((0, 0), 1, 1, transform=inner.transAxes, fill=False, edgecolor=_FRAME, linewidth=1.4, clip_on=True)
    )


def draw_notes(axes: Axes, row: Row, notes: Sequence[Note], spot: Spot, size: float) -> None:
    """Words where they were put, moved in from the edges that they would reach over, and from them arrows to what they
    are about.
    """
    from matplotlib.patheffects import withStroke

    rim = [withStroke(linewidth=1.6, foreground="black")]
    left, top, right, bottom = row.seen
    for note in notes:
        x = _within(note.at[0], (left, right), (width(drawable(note.text), size) + _RIM) / spot.width)
        at = x * row.width, _within(note.at[1], (top, bottom), line_height(size) / spot.height) * row.height
        how: dict[str, Any] = {"size": size, "color": "white", "parse_math": False, "path_effects": rim}
        how |= {"ha": "center", "va": "center", "annotation_clip": False}
        end = at
        if note.to is not None:
            how["arrowprops"] = {
                "arrowstyle": "-|>",
                "color": "white",
                "linewidth": 0.9,
                "path_effects": rim,
                "shrinkB": 0,
            }
            end = note.to[0] * row.width, note.to[1] * row.height
        said = axes.annotate(drawable(note.text), end, at, **how)
        # No cell reaches into another one.
        for thing in filter(None, (said, said.arrow_patch)):
            thing.set(clip_on=True, clip_box=axes.bbox)


def _within(middle: float, ends: tuple[float, float], share: float) -> float:
    """Where what takes that share of what is seen stands in it whole; where it was put, if that is elsewhere."""
    (low, high), half = ends, share / 2 * (ends[1] - ends[0])
    if not low <= middle <= high:
        return middle
    return (low + high) / 2 if share > 1 else min(max(middle, low + half), high - half)


def draw_prediction(drawn: Page, heat: Heat, spot: Spot, size: float, colours: tuple[str, str]) -> None:
    """A bar for each class with its probability, the most probable first, as many as there is room for; of a network
    that draws, its shares.
    """
    values = heat.shares if heat.shares is not None else words.class_probabilities(heat)
    order = sorted(range(len(values)), key=lambda index: -float(values[index]))
    order = order[: min(_MOST, max(int(spot.height / (2 * _TIGHT * line_height(size))), 1))]
    line = min(line_height(size), spot.height / (2 * max(len(order), 1)))
    for number, index in enumerate(order):
        y = spot.y + 2 * number * line
        said = f"{words.class_name(heat, index)} {float(values[index]):.2f}"
        drawn.say(spot.x, y + 0.75 * line, fitted(drawable(said), spot.width, size), size, colours[0])
        axes = drawn.axes_at(spot.x, y + line, spot.width, 0.6 * line, "plain")
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.set_aspect("auto")
        axes.set_axis_off()
        colour = COLOURS[1] if index == heat.target else COLOURS[0]
        axes.barh(0.5, float(values[index]), height=1.0, color=colour)


def draw_curve(drawn: Page, heat: Heat, spot: Spot, size: float, colours: tuple[str, str]) -> None:
    """How the probability falls while the hottest cells give way to the mean of the picture, and cells at random."""
    ink, pale = colours
    curve = heat.verdict.curve if heat.verdict is not None else None
    if heat.verdict is None or curve is None:
        why = "no verdict on this map" if heat.verdict is None else heat.verdict.why.get("curve", "no deletion curve")
        said = fitted(drawable(why), spot.width, size)
        drawn.say(spot.x + spot.width / 2, spot.y + spot.height / 2, said, size, pale, ha="center")
        return
    line = line_height(size)
    axes = drawn.axes_at(spot.x, spot.y, spot.width, spot.height - line, "plain")
    axes.set(xlim=(0, len(curve) - 1), ylim=(0, 1))
    axes.set_aspect("auto")
    axes.set_axis_off()
    axes.plot([0, 0, len(curve) - 1], [1, 0, 0], color=pale, linewidth=0.6, clip_on=False)
    for other in () if heat.verdict.random_curves is None else heat.verdict.random_curves:
        axes.plot(other, color=pale, linewidth=0.5)
    axes.plot(curve, color=COLOURS[1], linewidth=1.0)
    y, end = spot.y + spot.height - 0.2 * line, spot.x + spot.width
    drawn.say(spot.x, y, fitted("p, hottest cells first", 0.6 * spot.width, size), size, ink)
    drawn.say(end, y, fitted("at random", 0.35 * spot.width, size), size, pale, ha="right")


def draw_lying_bar(
    drawn: Page,
    colours: str,
    place: tuple[float, float, float, float],
    numbers: Sequence[str],
    size: float,
    ink: str,
) -> None:
    """Colours from left to right, in a place of x, y, width and height, and their numbers below."""
    from tfcore.figure.pixels import show

    axes = drawn.axes_at(*place, "plain")
    show(axes, table(colours)[None], (0, 1, 0, 1), interpolation="smooth")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_aspect("auto")
    axes.set_axis_off()
    y = place[1] + place[3] + 0.8 * line_height(size)
    for share, number, side in zip((0, 0.5, 1), numbers, ("left", "center", "right"), strict=True):
        drawn.say(place[0] + share * place[2], y, number, size, ink, ha=side)
