"""The plots of a run: learning curves, confusion matrix, ROC curves. Colour is for data alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.figure.style import COLOURS, INK, PALE, drawable, drawing, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LETTERS = 22


def curves(rows: Sequence[Mapping[str, Any]], best: int, metric: str = "accuracy") -> Figure:
    """Loss and another figure of training and validation over the epochs; the kept epoch is marked."""
    from matplotlib.ticker import MaxNLocator

    with drawing():
        figure, (left, right) = sheet(7.2, 2.9, 2)
        epochs = [row["epoch"] for row in rows]
        for axes, name in ((left, "loss"), (right, metric)):
            for key, colour, label in ((name, COLOURS[0], "training"), (f"val_{name}", COLOURS[1], "validation")):
                axes.plot(epochs, [row[key] for row in rows], color=colour, label=label, marker=".", lw=1.4, ms=4)
            axes.axvline(best, color=PALE, lw=0.8, ls=(0, (3, 3)), zorder=0)
            axes.set_xlabel("epoch")
            axes.set_ylabel(name)
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
            calm(axes)
        changed = [row["epoch"] for row in rows if row["stage"] == "fine-tuning"]
        if changed:
            for axes in (left, right):
                axes.axvspan(changed[0] - 0.5, changed[-1] + 0.5, color=PALE, alpha=0.1, lw=0, zorder=0)
        low, _ = left.get_ylim()
        left.set_ylim(bottom=min(0.0, low))
        right.set_ylim(top=1.02)
        left.legend(frameon=False, fontsize=8)
        for axes in (left, right):
            axes.annotate(
                f"epoch {best} kept",
                (best, 1.01),
                xycoords=("data", "axes fraction"),
                fontsize=7,
                color=PALE,
                ha="center",
            )
    return figure


def confusion(counts: Sequence[Sequence[int]], classes: Sequence[str]) -> Figure:
    """Rows are the true classes, columns the predicted ones; shade is the share of the row, the number the count."""
    table = np.array(counts)
    share = table / np.maximum(table.sum(1, keepdims=True), 1)
    names = [short(name) for name in classes]
    with drawing():
        side = max(3.2, 1.5 + 0.5 * len(classes))
        figure, (axes,) = sheet(side + 0.5, side, 1)
        image = axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
        size = 9 if len(classes) <= 8 else 6
        for (row, column), count in np.ndenumerate(table):
            ink = "white" if share[row, column] > 0.6 else INK
            axes.text(column, row, f"{count}", ha="center", va="center", color=ink, fontsize=size)
        ticks = np.arange(len(classes))
        slanted = max(map(len, names)) > 8 or len(classes) > 6
        axes.set_xticks(
            ticks,
            names,
            rotation=35 if slanted else 0,
            ha="right" if slanted else "center",
            rotation_mode="anchor" if slanted else "default",
        )
        axes.set_yticks(ticks, names)
        axes.set_xlabel("predicted")
        axes.set_ylabel("true")
        axes.tick_params(length=0, labelsize=8)
        axes.spines[:].set_visible(False)
        bar = figure.colorbar(image, ax=axes, fraction=0.046, pad=0.03)
        bar.set_label("share of the true class", fontsize=8)
        bar.ax.tick_params(labelsize=7, length=2)
        bar.outline.set_visible(False)
    return figure


def roc_curves(curves: Sequence[Mapping[str, Any] | None], classes: Sequence[str]) -> Figure:
    """Each class against the others, with the area under its curve."""
    with drawing():
        figure, (axes,) = sheet(3.9, 3.7, 1)
        axes.plot([0, 1], [0, 1], color=PALE, lw=0.8, ls=(0, (3, 3)))
        for number, (name, curve) in enumerate(zip(classes, curves, strict=True)):
            if curve is not None:
                style = ("-", "--", ":")[number // len(COLOURS) % 3]
                axes.plot(
                    curve["false"],
                    curve["true"],
                    style,
                    color=COLOURS[number % len(COLOURS)],
                    lw=1.5,
                    label=f"{short(name)}, AUC {curve['auc']:.3f}",
                    clip_on=False,
                )
        axes.set_xlabel("false positive rate")
        axes.set_ylabel("true positive rate")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.set_aspect("equal")
        calm(axes)
        if any(curve is not None for curve in curves):
            axes.legend(frameon=False, fontsize=7.5 if len(classes) <= 8 else 5, loc="lower right")
    return figure


def sheet(width: float, height: float, columns: int, rows: int = 1) -> tuple[Figure, list[Axes]]:
    """An empty figure in inches with its axes, row by row."""
    from matplotlib.figure import Figure

    figure = Figure((width, height), layout="constrained", facecolor="white")
    return figure, list(figure.subplots(rows, columns, squeeze=False).ravel())


def calm(axes: Axes) -> None:
    """Few and pale lines around what is drawn."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(PALE)
    axes.tick_params(colors=INK, labelsize=8, length=3, color=PALE)
    axes.xaxis.label.set_fontsize(9)
    axes.yaxis.label.set_fontsize(9)


def short(name: str) -> str:
    """A name that fits below an axis, drawn as it is written."""
    return drawable(shortened(name, _LETTERS)).replace("$", r"\$")
