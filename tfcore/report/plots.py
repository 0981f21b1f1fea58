"""The plots of an evaluation as files of their own, as a paper takes them: ranks, means and curves per metric."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure.save import save
from tfcore.figure.style import COLOURS, INK, PALE, drawable, drawing
from tfcore.report import tables
from tfcore.report.curves import Plot
from tfcore.training.report.plots import calm, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.evaluate.table import Table
    from tfcore.report.tables import Grid

FOLDER = "plots"
# Inches: a line of text, a column of numbers, a panel of curves.
_LINE, _COLUMN, _PANEL = 0.2, 0.62, (2.9, 2.2)
_ACROSS = 4
# Of lines and text this says only how large a sheet may be.
_DPI = 72


def write_plots(table: Table, curves: Sequence[Plot], folder: Path, overwrite: bool = False) -> list[Path]:
    """An SVG for each, in a folder beside the page."""
    with drawing():
        return [save(figure, folder / FOLDER / f"{name}.svg", _DPI, overwrite) for name, figure in _all(table, curves)]


def _all(table: Table, curves: Sequence[Plot]) -> Iterator[tuple[str, Figure]]:
    yield "ranks", shaded(tables.matrix(table))
    if (agreement := tables.agreement(table)) is not None:
        yield "agreement", shaded(agreement)
    for metric in table.metrics:
        yield metric, means(table, metric)
    for metric, some in groupby(curves, key=lambda plot: plot.metric):
        yield f"{metric}-curves", panels([*some])


def shaded(grid: Grid) -> Figure:
    """A table with its shades, as the page has it."""
    from matplotlib.colors import LinearSegmentedColormap

    shades = np.array([[np.nan if cell.shade is None else cell.shade for cell in cells] for _, cells in grid.rows])
    colours = LinearSegmentedColormap.from_list("shades", [COLOURS[1], "white", COLOURS[0]])
    names = [drawable(name) for name, _ in grid.rows]
    width = 0.075 * max(map(len, names)) + _COLUMN * len(grid.columns) + 0.4
    figure, (axes,) = sheet(width, 1.3 + _LINE * len(names), 1)
    axes.imshow(0.45 * shades, cmap=colours, vmin=-1, vmax=1, aspect="auto")
    for down, (_, cells) in enumerate(grid.rows):
        for across, cell in enumerate(cells):
            words = f"{cell.text}  ({cell.small})" if cell.small else cell.text
            weight = "bold" if cell.best else "normal"
            axes.text(across, down, words, ha="center", va="center", fontsize=6, fontweight=weight, color=INK)
    axes.set_xticks(range(len(grid.columns)), grid.columns, rotation=35, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(length=0, labelsize=7, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    return figure


def means(table: Table, metric: str) -> Figure:
    """The mean of every model, method and layer with its interval; layers of a method together."""
    rows = [row for row in table.rows if row.metric == metric and row.mean is not None]
    several = len(table.models) > 1
    figure, (axes,) = sheet(5.2, 0.8 + _LINE * max(1, len(rows)), 1)
    methods = [*dict.fromkeys(row.method for row in rows)]
    for place, row in enumerate(rows):
        colour, low, mean, high = COLOURS[methods.index(row.method) % len(COLOURS)], row.low, row.mean, row.high
        axes.plot([mean or 0.0], [place], "o", color=colour, ms=3.5)
        if low is not None and high is not None:
            axes.plot([low, high], [place, place], color=colour, lw=1.2)
    names = [" · ".join([row.method, row.layer, *([row.model] if several else [])]) for row in rows]
    axes.set_yticks(range(len(rows)), map(drawable, names))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel(f"{metric}, {table.metrics[metric]} is better")
    calm(axes)
    axes.grid(axis="x", color=PALE, alpha=0.2, lw=0.6)
    return figure


def panels(plots: Sequence[Plot]) -> Figure:
    """The curves of one metric, a panel per layer and model on axes of one height."""
    across = min(_ACROSS, len(plots))
    down = math.ceil(len(plots) / across)
    figure, every = sheet(_PANEL[0] * across, _PANEL[1] * down + 0.4, across, down)
    methods = [*dict.fromkeys(line.name for plot in plots for line in plot.lines)]
    for axes, plot in zip(every, plots, strict=False):
        for line in plot.lines:
            colour = COLOURS[methods.index(line.name) % len(COLOURS)]
            axes.plot(line.x, line.mean, color=colour, lw=1.2, label=line.name)
            if line.band is not None:
                axes.fill_between(line.x, *line.band, color=colour, alpha=0.13, lw=0)
        axes.set_ylim(min(plot.ends[0] for plot in plots), max(plot.ends[1] for plot in plots))
        axes.set_title(drawable(plot.title), fontsize=8, color=INK)
        calm(axes)
    for axes in every[len(plots) :]:
        axes.set_axis_off()
    known = {text: line for axes in every for line, text in zip(*axes.get_legend_handles_labels(), strict=True)}
    figure.legend(known.values(), known, loc="outside lower center", ncols=4, frameon=False, fontsize=7)
    return figure
