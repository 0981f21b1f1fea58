"""Curves as lines of an SVG that takes its colours from the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfcore.evaluate.files import drawn
from tfcore.evaluate.statistics import intervals
from tfcore.registry import INPUT

if TYPE_CHECKING:
    from tfcore.evaluate.metric import Curve
    from tfcore.evaluate.table import Table

WIDTH, HEIGHT = 300, 170
# Lines of one plot that can be told apart.
MOST = 8


@dataclass(frozen=True)
class Line:
    """A mean curve and the band of its 95 % interval, as points of an SVG."""

    name: str
    points: str
    band: str


@dataclass(frozen=True)
class Plot:
    """Lines on one pair of axes, with what stands at their ends."""

    title: str
    lines: Sequence[Line]
    low: str
    high: str
    first: str
    last: str


def plots(table: Table) -> list[Plot]:
    """A plot per metric, model and layer with a line per method; methods at their one layer are in each."""
    groups: dict[tuple[str, str, str], dict[str, list[tuple[str, Curve]]]] = {}
    for (model, method, layer, metric), some in drawn(table).items():
        groups.setdefault((metric, model, layer), {})[method] = some
    for (metric, model, layer), lines in [*groups.items()]:
        others = [key for key in groups if key[:2] == (metric, model) and key[2] != INPUT]
        if layer == INPUT and others:
            del groups[metric, model, layer]
            for key in others:
                groups[key] |= lines
    several = len(table.models) > 1
    order = list(table.metrics)
    return [
        _plot(" · ".join([metric, layer, *([model] if several else [])]), groups[metric, model, layer], table)
        for metric, model, layer in sorted(groups, key=lambda key: (order.index(key[0]), key[1]))
    ]


def _plot(title: str, lines: Mapping[str, Sequence[tuple[str, Curve]]], table: Table) -> Plot:
    patients = table.patients
    found = {}
    for method, some in list(lines.items())[:MOST]:
        y = np.stack([curve.y for _, curve in some])
        owners = [patients.get(picture, picture) for picture, _ in some] if patients else None
        between = intervals(y, table.facts.get("seed", 0), owners) if len(y) > 1 else None
        found[method] = np.asarray(some[0][1].x, float), y.mean(0), between
    ends = [values for _, mean, band in found.values() for values in (mean, *(() if band is None else band))]
    low, high = min(each.min() for each in ends), max(each.max() for each in ends)
    first, last = min(x[0] for x, _, _ in found.values()), max(x[-1] for x, _, _ in found.values())

    def placed(x: np.ndarray, y: np.ndarray) -> list[str]:
        across = (x - first) / ((last - first) or 1) * WIDTH
        down = HEIGHT - (y - low) / ((high - low) or 1) * HEIGHT
        return [f"{a:.1f},{b:.1f}" for a, b in zip(across, down, strict=True)]

    drawn_lines = [
        Line(
            method,
            " ".join(placed(x, mean)),
            "" if band is None else " ".join([*placed(x, band[1]), *placed(x, band[0])[::-1]]),
        )
        for method, (x, mean, band) in found.items()
    ]
    return Plot(title, drawn_lines, *(f"{value:.3g}" for value in (low, high, first, last)))
