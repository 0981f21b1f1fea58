"""Two heatmaps against each other: where they differ, and how alike the order of their values is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tfcore.results import Box, Heat

# Between the names of two methods: no method's own name holds it.
LESS = " − "


@dataclass(frozen=True)
class Difference:
    """The first map less the second, each min-max normalised, and the rank correlation of the two."""

    # Signed: positive where the first map says more. Its method and layer name both.
    heat: Heat
    # Spearman's; NaN where a map is the same everywhere, or the two see no part of the picture in common.
    correlation: float


def difference(first: Heat, second: Heat) -> Difference:
    """Both maps compared on the input grid of the first, where both networks see the picture."""
    other = sampled(second, first.box, first.map.shape)
    common = np.isfinite(other)
    apart = np.where(common, min_max(first.map) - min_max(other), 0).astype(np.float32)
    heat = replace(
        first,
        method=_names(first, second),
        layer=first.layer if first.layer == second.layer else f"{first.layer}{LESS}{second.layer}",
        stage=first.stage if first.stage == second.stage else "",
        params={},
        map=apart,
        native=apart,
        signed=True,
        degenerate=not apart.any(),
        seconds=0.0,
        note="difference of two min-max normalised heatmaps",
    )
    return Difference(heat, spearman(first.map[common], other[common]))


def _names(first: Heat, second: Heat) -> str:
    """Both methods; of one method alone, what else it is that differs."""
    if first.method != second.method:
        return f"{first.method}{LESS}{second.method}"
    models = [heat.model.replace("\\", "/").rpartition("/")[2] for heat in (first, second)]
    places = [heat.stage or heat.place for heat in (first, second)]
    apart = models if models[0] != models[1] else places
    return f"{first.method} ({LESS.join(apart)})"


def spearman(first: np.ndarray, second: np.ndarray) -> float:
    """Spearman's rank correlation of two arrays of one size; ties share their mean rank.

    >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 15.0]))
    0.5
    """
    if not first.size:
        return float("nan")
    a, b = (ranks - ranks.mean() for ranks in (_ranks(first), _ranks(second)))
    norm = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / norm if norm else float("nan")


def sampled(heat: Heat, box: Box, shape: tuple[int, ...]) -> np.ndarray:
    """The map read between its values at the cell centres of another network's input; NaN where it has none."""
    rows, columns = heat.map.shape
    v = (box.y + (np.arange(shape[0]) + 0.5) * box.height / shape[0] - heat.box.y) / heat.box.height * rows - 0.5
    u = (box.x + (np.arange(shape[1]) + 0.5) * box.width / shape[1] - heat.box.x) / heat.box.width * columns - 0.5
    across = _between(heat.map.T, u).T
    read = _between(across, v)
    read[(v < -0.5) | (v > rows - 0.5)] = np.nan
    read[:, (u < -0.5) | (u > columns - 0.5)] = np.nan
    return read


def min_max(map: np.ndarray) -> np.ndarray:
    """Stretched to 0 … 1; a map that is the same everywhere is zero. Holes (NaN) stay holes."""
    seen = map[np.isfinite(map)]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 0.0)
    stretched: np.ndarray = (map.astype(np.float64) - low) / (high - low if high > low else 1.0)
    return stretched


def _between(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The rows at these positions, between their two neighbours."""
    at = np.clip(at, 0, len(values) - 1)
    before = np.minimum(at.astype(int), max(len(values) - 2, 0))
    after = np.minimum(before + 1, len(values) - 1)
    share = (at - before)[:, None]
    mixed: np.ndarray = (1 - share) * values[before] + share * values[after]
    return mixed


def _ranks(values: np.ndarray) -> np.ndarray:
    _, places, counts = np.unique(values.ravel(), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: np.ndarray = (last - (counts - 1) / 2)[places]
    return ranks
