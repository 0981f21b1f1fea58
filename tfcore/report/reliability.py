"""What ``calibrate`` found, as files: the figures, the bins, and the reliability diagram."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from tfcore.figure.save import save
from tfcore.figure.style import COLOURS, INK, PALE, drawing
from tfcore.files import make_folder
from tfcore.marks import PROGRAM, version
from tfcore.results import Calibrated, Calibration
from tfcore.tables import write_table
from tfcore.told import write_json
from tfcore.training.report.plots import calm, sheet

RECORD, BINS, DIAGRAM = "calibration.json", "reliability.csv", "reliability.svg"
FILES = (RECORD, BINS, DIAGRAM)
_COLUMNS = ("from", "to", "pictures", "confidence", "accuracy")
_DPI = 72


def write_calibrated(found: Calibrated, folder: Path, overwrite: bool = False) -> list[Path]:
    """Each file whole or not at all."""
    make_folder(folder)
    files = [write_json(folder / RECORD, {PROGRAM: version(), **found.as_dict()}, overwrite)]
    files.append(write_table(folder / BINS, list(_COLUMNS), _rows(found.before), overwrite))
    with drawing():
        return [*files, save(diagram(found), folder / DIAGRAM, _DPI, overwrite)]


def diagram(found: Calibrated) -> Figure:
    """How often answers of each confidence are right: on the diagonal they are as often right as they say."""
    figures = [("as it answers", found.before), ("calibrated", found.after)]
    shown = [(name, each) for name, each in figures if each is not None]
    figure, axes = sheet(3.1 * len(shown), 3.3, len(shown))
    for (name, each), place in zip(shown, axes, strict=True):
        calm(place)
        filled = each.count > 0
        width = np.diff(each.edges)
        place.bar(
            each.edges[:-1][filled],
            each.accuracy[filled],
            width[filled],
            align="edge",
            color=COLOURS[0],
            alpha=0.75,
            linewidth=0,
        )
        # What stands below its bar's confidence is overconfidence.
        place.plot(each.confidence[filled], each.accuracy[filled], "o", color=INK, markersize=3)
        place.plot([0, 1], [0, 1], color=PALE, linewidth=1, zorder=3)
        place.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability of the answer", ylabel="share that is right")
        place.set_title(f"{name}: ECE {each.ece:.3f}, NLL {each.nll:.3f}")
    figure.suptitle(f"{found.model} on {found.on}, {found.n} pictures")
    return figure


def _rows(bins: Calibration) -> list[dict[str, object]]:
    numbers = zip(bins.edges[:-1], bins.edges[1:], bins.count, bins.confidence, bins.accuracy, strict=True)
    return [
        dict(zip(_COLUMNS, (float(low), float(high), int(count), *map(_share, shares)), strict=True))
        for low, high, count, *shares in numbers
    ]


def _share(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)
