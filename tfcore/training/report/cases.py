"""The plots of a run that segments: how well each case was found, and what that looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure.style import COLOURS, PALE, drawable, drawing
from tfcore.training.report.plots import calm, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Shown:
    """A slice: grey levels (H, W), the classes found in it and the true ones."""

    levels: np.ndarray
    found: np.ndarray
    truth: np.ndarray


def grey(levels: np.ndarray) -> np.ndarray:
    """Of several channels the last, in which (FLAIR) most of a tumour is seen; of colours their mean."""
    if levels.ndim == 2:
        return levels
    return np.asarray(levels[..., -1] if levels.shape[-1] == 4 else levels.mean(-1))


def spread(of_region: Mapping[str, Sequence[float]]) -> Figure:
    """The Dice of every case, region by region."""
    with drawing():
        figure, (axes,) = sheet(1.6 + 1.1 * len(of_region), 3.0, 1)
        draw = np.random.default_rng(0)
        for place, (name, values) in enumerate(of_region.items()):
            beside = place + draw.uniform(-0.18, 0.18, len(values))
            axes.plot(beside, values, ".", color=COLOURS[place % len(COLOURS)], ms=5, alpha=0.6, label=name)
            axes.plot([place - 0.3, place + 0.3], [np.median(values)] * 2, color=PALE, lw=1.4)
        axes.set_xticks(range(len(of_region)), [drawable(name) for name in of_region])
        axes.set_ylim(-0.02, 1.02)
        axes.set_ylabel("Dice")
        calm(axes)
    return figure


def examples(shown: Mapping[str, Shown], names: Sequence[str]) -> Figure:
    """Slices beside each other, each as it is and with what was found (filled) and is true (outlined)."""
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    colours = [COLOURS[index % len(COLOURS)] for index in range(len(names))]
    with drawing():
        figure, axes = sheet(2.5 * len(shown), 5.4, len(shown), 2)
        for number, (title, one) in enumerate(shown.items()):
            above, below = axes[number], axes[number + len(shown)]
            for each in (above, below):
                each.imshow(one.levels, cmap="gray", vmin=0, vmax=255)
                each.set_axis_off()
            above.set_title(drawable(title), fontsize=7)
            filled = np.ma.masked_equal(one.found, 0)
            below.imshow(filled, cmap=ListedColormap(colours), vmin=-0.5, vmax=len(names) - 0.5, alpha=0.5)
            for index in range(1, len(names)):
                if (one.truth == index).any():
                    below.contour(one.truth == index, [0.5], colors=[colours[index]], linewidths=1.0)
        legend = [Patch(color=colours[index], label=drawable(name)) for index, name in enumerate(names) if index]
        figure.legend(handles=legend, loc="outside lower center", ncols=4, frameon=False, fontsize=8)
    return figure
