"""Masks on paper and as files: lines around classes over a picture, and a PNG of the classes' numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure.cuts import AXES
from tfcore.figure.style import COLOURS, drawable
from tfcore.files import written_whole
from tfcore.marks import marked_png
from tfcore.pictures.address import PLANES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tfcore.results import Mask


def colour_of(index: int) -> str:
    """The colour of a class, on the screen and in every figure."""
    return COLOURS[index % len(COLOURS)]


def draw_mask(axes: Axes, mask: Mask, size: float) -> None:
    """A line around each class but the first, and what the colours mean in the lower right corner."""
    from matplotlib.lines import Line2D
    from matplotlib.patheffects import withStroke

    found = [index for index in range(1, len(mask.classes)) if mask.inside(index).any()]
    # From the edge of the picture on there is nothing: a line ends along it.
    height, width = mask.labels.shape
    x, y = np.arange(-1, width + 1) + 0.5, np.arange(-1, height + 1) + 0.5
    for index in found:
        inside = np.pad(mask.inside(index), 1).astype(float)
        lines = axes.contour(x, y, inside, levels=[0.5], colors=[colour_of(index)], linewidths=0.8)
        lines.set_path_effects([withStroke(linewidth=1.5, foreground="black")])
    if found:
        keys = [Line2D([], [], color=colour_of(index), label=drawable(mask.classes[index]), lw=1.2) for index in found]
        axes.legend(handles=keys, loc="lower right", fontsize=0.8 * size, framealpha=0.85, handlelength=1.2)


def cut_mask(masks: Mapping[int, Mask], counts: Mapping[str, int], base: str, plane: str, index: int) -> Mask | None:
    """Slice ``index`` of ``plane`` through what is drawn on slices of ``base``, by their numbers: a line of each.

    Sizes, pieces and Dice are those of the slice that was asked first. Nothing where nothing is drawn yet.
    """
    first = next(iter(masks.values()), None)
    if first is None or plane == base:
        return None
    many, place = counts[base], counts[plane] - 1 - index
    across = AXES[base][0] == PLANES.index(plane)

    def through(of: Callable[[Mask], np.ndarray | None]) -> np.ndarray | None:
        lines = {number: found for number, mask in masks.items() if (found := of(mask)) is not None}
        if not lines:
            return None
        cut: dict[int, np.ndarray] = {
            many - 1 - number: found[..., place] if across else found[..., place, :] for number, found in lines.items()
        }
        some = next(iter(cut.values()))
        stacked = np.zeros((*some.shape[:-1], many, some.shape[-1]), some.dtype)
        for row, line in cut.items():
            if line.shape == some.shape:
                stacked[..., row, :] = line
        return np.swapaxes(stacked, -1, -2) if AXES[plane][0] == PLANES.index(base) else stacked

    labels = through(lambda mask: mask.labels)
    assert labels is not None
    return replace(
        first,
        labels=labels,
        truth=through(lambda mask: mask.truth),
        each=through(lambda mask: mask.each),
        true_each=through(lambda mask: mask.true_each),
    )


def save_mask(labels: np.ndarray, path: Path, overwrite: bool = False) -> None:
    """A PNG in which every pixel is the number of its class."""
    import cv2

    _, png = cv2.imencode(".png", labels)
    with written_whole(path, overwrite) as temporary:
        temporary.write_bytes(marked_png(png.tobytes()))
