"""The coverage curve as a table and as a plot: accuracy against the share of pictures kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.figure.save import save
from tfcore.figure.style import INK, PALE, drawing
from tfcore.tables import write_table
from tfcore.uncertainty.coverage import Coverage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = ("left_out_by", "share_kept", "pictures", "accuracy", "low_95", "high_95", "limit", "inserted_dropout")
# From the colour maps for colour-blind readers; the line style tells them apart in grey, too.
_LINES = (("#0072b2", "-"), ("#d55e00", "--"))
_MM = 1 / 25.4


def rows(curves: Mapping[str, Coverage], insert: float | None = None) -> list[dict[str, Any]]:
    """One row per measure and share kept; ``insert`` is the rate of the dropout that was put in."""
    return [
        {
            "left_out_by": measure,
            "share_kept": float(share),
            "pictures": int(kept),
            "accuracy": float(accuracy),
            "low_95": float(low),
            "high_95": float(high),
            "limit": float(limit),
            "inserted_dropout": insert,
        }
        for measure, curve in curves.items()
        for share, kept, accuracy, low, high, limit in zip(
            curve.share, curve.kept, curve.accuracy, curve.low, curve.high, curve.limit, strict=True
        )
    ]


def save_table(
    curves: Mapping[str, Coverage], path: Path, insert: float | None = None, overwrite: bool = False
) -> Path:
    """The path of the CSV table."""
    return write_table(path, COLUMNS, rows(curves, insert), overwrite)


def save_plot(curves: Mapping[str, Coverage], path: Path, insert: float | None = None, overwrite: bool = False) -> Path:
    """The path of the plot, as PNG, TIFF, PDF or SVG by its ending."""
    with drawing():
        return save(plot(curves, insert), path, overwrite=overwrite)


def plot(curves: Mapping[str, Coverage], insert: float | None = None) -> Figure:
    """Accuracy against the share kept, one line per measure with its 95 % interval."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(85 * _MM, 65 * _MM), layout="constrained")
    axes = figure.add_subplot()
    for (measure, curve), (colour, style) in zip(curves.items(), _LINES, strict=False):
        axes.fill_between(curve.share, curve.low, curve.high, color=colour, alpha=0.12, linewidth=0)
        axes.plot(curve.share, curve.accuracy, style, color=colour, linewidth=1.2, label=f"by {measure}")
    everything = next(iter(curves.values()))
    axes.axhline(everything.accuracy[-1], color=PALE, linewidth=0.6, linestyle=":", label="left out at random")
    axes.set_xlim(1.0, 0.0)
    # Up to 1, and from no higher than 0.9: a model that errs once does not look as if it failed.
    axes.set_ylim(min(axes.get_ylim()[0], 0.9), 1.005)
    axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.set_xlabel("share of pictures kept, the surest first", fontsize=7, color=INK)
    axes.set_ylabel("accuracy", fontsize=7, color=INK)
    axes.tick_params(labelsize=6, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    inserted = "" if insert is None else f", dropout {insert:g} inserted"
    told = f"n = {everything.kept[-1]}, band: bootstrap 95 %{inserted}"
    axes.set_title(told, fontsize=7, color=PALE, loc="left")
    axes.legend(fontsize=6, frameon=False, loc="best")
    return figure
