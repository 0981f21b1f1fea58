"""What ``calibrate`` found, as files: the figures, the bins, and the reliability diagram."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from tfcore.figure.save import save
from tfcore.figure.style import COLOURS, PALE, drawing
from tfcore.files import make_folder
from tfcore.marks import PROGRAM, version
from tfcore.results import Calibrated, Calibration
from tfcore.tables import write_table
from tfcore.told import write_json
from tfcore.training.report.plots import calm, sheet, short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RECORD, BINS, DIAGRAM = "calibration.json", "reliability.csv", "reliability.svg"
FILES = (RECORD, BINS, DIAGRAM)
# Of the answers themselves, whichever class they name, the class is empty.
_COLUMNS = ("class", "calibrated", "from", "to", "pictures", "confidence", "accuracy")
_DPI, _ACROSS = 72, 4


def write_calibrated(found: Calibrated, folder: Path, overwrite: bool = False) -> list[Path]:
    """Each file whole or not at all."""
    make_folder(folder)
    files = [write_json(folder / RECORD, {PROGRAM: version(), **found.as_dict()}, overwrite)]
    files.append(write_table(folder / BINS, list(_COLUMNS), _rows(found), overwrite))
    with drawing():
        return [*files, save(diagram(found), folder / DIAGRAM, _DPI, overwrite)]


def diagram(found: Calibrated) -> Figure:
    """How often answers of each confidence are right, and how often each class is the truth: on the diagonal as often
    as they say. Bars are as the network answers, points after the temperature, held out.
    """
    shown = found.diagrams
    across = min(_ACROSS, len(shown))
    down = -(-len(shown) // across)
    figure, axes = sheet(2.9 * across, 3.1 * down, across, down)
    for (name, before, after), axis in zip(shown, axes, strict=False):
        _draw(axis, before, after)
        own, other = (f"probability of {short(name)}", f"share that is {short(name)}") if name else _OF_ANSWERS
        gain = "" if after is None else f" → {after.ece:.3f}"
        axis.set(xlabel=own, ylabel=other)
        axis.set_title(f"{short(name) or 'all answers'}: ECE {before.ece:.3f}{gain}", fontsize=10)
    for axis in axes[len(shown) :]:
        axis.remove()
    what = "bars: as it answers" if found.after is None else "bars: as it answers; points: calibrated, held out"
    figure.suptitle(f"{short(found.model)} on {short(found.on)}, {found.n} pictures ({what})", fontsize=11)
    return figure


def _draw(axis: Axes, before: Calibration, after: Calibration | None) -> None:
    calm(axis)
    filled = before.count > 0
    left, width = before.edges[:-1][filled], np.diff(before.edges)[filled]
    axis.bar(left, before.accuracy[filled], width, align="edge", color=COLOURS[0], alpha=0.75, linewidth=0)
    axis.plot([0, 1], [0, 1], color=PALE, linewidth=1, zorder=3)
    if after is not None:
        axis.plot(after.confidence, after.accuracy, "o", color=COLOURS[1], markersize=4)
    axis.set(xlim=(0, 1), ylim=(0, 1))


def _rows(found: Calibrated) -> Iterator[dict[str, object]]:
    """Bin by bin, of the answers and of each class; as the network answers, then calibrated."""
    for name, *states in found.diagrams:
        for calibrated, bins in zip(("no", "yes"), states, strict=True):
            if bins is not None:
                numbers = zip(bins.edges[:-1], bins.edges[1:], bins.count, bins.confidence, bins.accuracy, strict=True)
                for low, high, count, *shares in numbers:
                    told = (name, calibrated, float(low), float(high), int(count), *map(_share, shares))
                    yield dict(zip(_COLUMNS, told, strict=True))


def _share(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)


_OF_ANSWERS = ("probability of the answer", "share that is right")
