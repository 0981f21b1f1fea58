"""How a raw map becomes colour: the one place where a heatmap is normalised, for the canvas and for every figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

import resources

if TYPE_CHECKING:
    from tfcore.results import Heat

Normalise = Literal["min-max", "from zero", "shared"]

COLOURS = ("viridis", "magma", "inferno", "cividis", "grey", "diverging")
NORMALISE: tuple[Normalise, ...] = ("min-max", "from zero", "shared")
NORMALISE_HELP = {
    "min-max": "each map from its own smallest to its own largest value",
    "from zero": "each map from zero to its own largest value",
    "shared": "all maps of the figure on one scale",
}


@dataclass(frozen=True)
class Display:
    """What the user set for looking: it changes the drawing, never the map."""

    colours: str = "viridis"
    opacity: float = 0.5
    normalise: Normalise = "min-max"
    # Outline where the map exceeds mean + this many standard deviations; None: no outline.
    outline: float | None = None

    def for_map(self, signed: bool) -> Display:
        """Signed maps are drawn with the diverging colours, whatever was picked for the others."""
        return replace(self, colours="diverging") if signed else self


@cache
def table(colours: str) -> np.ndarray:
    """256 RGB rows of a colour map."""
    with np.load(resources.path("colours.npz")) as tables:
        rows: np.ndarray = tables[colours]
    rows.setflags(write=False)
    return rows


def limits(maps: Iterable[np.ndarray], signed: bool, normalise: Normalise) -> tuple[float, float]:
    """The values at the two ends of the colour bar; symmetric about zero for signed maps.

    Give one map for a scale of its own, all of them for a shared one.
    """
    maps = list(maps)
    low = min(float(map.min()) for map in maps)
    high = max(float(map.max()) for map in maps)
    if signed:
        reach = max(abs(low), abs(high))
        low, high = -reach, reach
    elif normalise != "min-max":
        low = min(low, 0.0)
    # A constant map has no scale; an empty range would divide by zero.
    return (low, high) if high > low else (low, low + 1.0)


def scale_of(heat: Heat, shown: Iterable[Heat], normalise: Normalise) -> tuple[float, float]:
    """The ends of this map's colour bar when all the maps in ``shown`` are looked at together.

    One scale for all means all of a kind: signed maps are symmetric about zero, the others are not.
    """
    maps = [heat.map]
    if normalise == "shared" and not heat.degenerate:
        maps = [other.map for other in shown if other.signed == heat.signed and not other.degenerate]
    return limits(maps, heat.signed, normalise)


def coloured(map: np.ndarray, colours: str, low: float, high: float) -> np.ndarray:
    """The map as (H, W, 3) uint8 colours between its limits."""
    steps = np.clip((map - low) * (255.0 / (high - low)), 0, 255)
    return table(colours)[steps.astype(np.uint8)]
