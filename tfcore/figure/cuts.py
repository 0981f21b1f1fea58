"""The heat of all slices of one plane, cut along another: a line of every map makes a row or a column of the cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tfcore.pictures.address import PLANES
from tfcore.results import Box, Heat

# Along which axes of the volume (right, front, head) the columns and the rows of each plane go, both backwards.
AXES = {"axial": (0, 1), "coronal": (0, 2), "sagittal": (1, 2)}


def cut(heats: Mapping[int, Heat], counts: Mapping[str, int], base: str, plane: str, index: int) -> Heat | None:
    """Slice ``index`` of ``plane`` through the heats of slices of ``base``, by their numbers; 0 where there is none.

    Nothing where no slice has heat, or the network looked at no part of the cut. The map keeps the resolution of the
    maps it is cut from.
    """
    found = {number: heat for number, heat in heats.items() if not heat.degenerate}
    first = next(iter(found.values()), None)
    if first is None or plane == base:
        return None
    stacked, fixed = PLANES.index(base), PLANES.index(plane)
    many, place = counts[base], counts[plane] - 1 - index + 0.5
    across = AXES[base][0] == fixed
    lines = {number: _line(heat, across, place) for number, heat in found.items() if _alike(heat, first)}
    kept = {number: line for number, line in lines.items() if line is not None}
    if not kept:
        return None
    map = np.zeros((many, len(next(iter(kept.values())))), np.float32)
    for number, line in kept.items():
        map[many - 1 - number] = line
    start, length = (first.box.y, first.box.height) if across else (first.box.x, first.box.width)
    box = Box(start, 0, length, many)
    if AXES[plane][0] == stacked:
        map, box = np.ascontiguousarray(map.T), Box(0, start, many, length)
    said = f"cut through the heat of {len(kept)} of {many} {base} slices"
    made = {"cut": f"{base} slices", "slices": f"{len(kept)}/{many}", "of": made_of({n: found[n] for n in kept})}
    empty = not map.any()
    return replace(first, map=map, native=map, box=box, degenerate=empty, seconds=0.0, made=made, note=said)


def made_of(heats: Mapping[int, Heat]) -> list[list[int]]:
    """What is needed to make the heats of some slices again: number, target, and place in how large a batch."""
    return [[number, heat.target, *heat.batch] for number, heat in heats.items()]


def _alike(heat: Heat, first: Heat) -> bool:
    return heat.map.shape == first.map.shape and heat.box == first.box


def _line(heat: Heat, across: bool, place: float) -> np.ndarray | None:
    """The map along one row of the picture (``across``: one column), between its two nearest."""
    map, box = (heat.map.T, (heat.box.x, heat.box.width)) if across else (heat.map, (heat.box.y, heat.box.height))
    at = (place - box[0]) / box[1] * len(map) - 0.5
    if not -0.5 <= at <= len(map) - 0.5:
        return None
    at = min(max(at, 0.0), len(map) - 1.0)
    before = min(int(at), max(len(map) - 2, 0))
    after = min(before + 1, len(map) - 1)
    mixed: np.ndarray = (1 - (at - before)) * map[before] + (at - before) * map[after]
    return mixed
