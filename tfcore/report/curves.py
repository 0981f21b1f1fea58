"""Mean curves with their intervals: for the page as lines of an SVG that takes its colours from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tfcore.registry import INPUT

if TYPE_CHECKING:
    from tfcore.evaluate.files import MeanCurve
    from tfcore.evaluate.table import Table

WIDTH, HEIGHT = 300, 170
# Lines of one plot that can be told apart.
MOST = 8


@dataclass(frozen=True, eq=False)
class Line:
    """A method's mean curve, and its 95 % interval (2, K) where there is one."""

    name: str
    x: np.ndarray
    mean: np.ndarray
    band: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Plot:
    """The methods' lines of one metric, layer and model, on one pair of axes."""

    metric: str
    title: str
    lines: Sequence[Line]

    @cached_property
    def ends(self) -> tuple[float, float, float, float]:
        """Lowest and highest value, first and last place."""
        values = np.concatenate(
            [each.ravel() for line in self.lines for each in (line.mean, line.band) if each is not None]
        )
        places = np.concatenate([line.x for line in self.lines])
        return float(values.min()), float(values.max()), float(places.min()), float(places.max())

    @property
    def ticks(self) -> tuple[str, ...]:
        low, high, *_ = self.ends
        # Nothing is read from a scale that is a millionth of its height.
        return tuple(f"{0.0 if abs(value) < 1e-6 * (high - low) else value:.3g}" for value in self.ends)

    def svg(self) -> list[tuple[str, str, str]]:
        """Of each line its name, its points and those around its band."""
        low, high, first, last = self.ends

        def placed(x: np.ndarray, y: np.ndarray) -> list[str]:
            across = (x - first) / ((last - first) or 1) * WIDTH
            down = HEIGHT - (y - low) / ((high - low) or 1) * HEIGHT
            return [f"{a:.1f},{b:.1f}" for a, b in zip(across, down, strict=True)]

        def around(x: np.ndarray, band: np.ndarray | None) -> list[str]:
            return [] if band is None else [*placed(x, band[1]), *placed(x, band[0])[::-1]]

        return [
            (line.name, " ".join(placed(line.x, line.mean)), " ".join(around(line.x, line.band))) for line in self.lines
        ]


def plots(table: Table) -> list[Plot]:
    """A plot per metric, model and layer with a line per method; methods at their one layer are in each."""
    groups: dict[tuple[str, str, str], dict[str, MeanCurve]] = {}
    for (model, method, layer, metric), curve in table.curves.items():
        groups.setdefault((metric, model, layer), {})[method] = curve
    for (metric, model, layer), lines in [*groups.items()]:
        others = [key for key in groups if key[:2] == (metric, model) and key[2] != INPUT]
        if layer == INPUT and others:
            del groups[metric, model, layer]
            for key in others:
                groups[key] |= lines
    several = len(table.models) > 1
    order = list(table.metrics)
    return [
        Plot(
            metric,
            " · ".join([metric, layer, *([model] if several else [])]),
            [Line(name, each.x, each.mean, each.band) for name, each in [*groups[metric, model, layer].items()][:MOST]],
        )
        for metric, model, layer in sorted(groups, key=lambda key: (order.index(key[0]), key[1]))
    ]
