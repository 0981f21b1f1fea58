"""Relevance layer by layer, from the output to the pixels, out of one run (METHODS.md §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.engine.protocol import Heat, RelevanceStrip
from tfcore.errors import HeatlensError
from tfcore.explain.resize import to_input
from tfcore.models.layers import feature_maps, grid_of, stages
from tfcore.registry import Spec, catalogue, find

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.models.model import Model

INPUT = "input"
# More pictures than this are no strip; of a deep network's layers so many are taken, evenly.
_MOST = 24


def relevance_strip(
    context: Context,
    model: str,
    picture: str,
    method: str,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    every: bool = False,
    trust: bool = False,
) -> RelevanceStrip:
    """Relevance of one picture at the end of every stage (``every``: at every feature map) and at the pixels."""
    from tfcore.explain import explain
    from tfcore.explain.heat import heat_of
    from tfcore.pictures import read

    keeps_relevance(find("method", method))
    opened = context.models.get(model, trust)
    context.check()
    shown = read(picture)
    batch, boxes = opened.prepare_with_boxes([shown])
    paths = layers_of(opened, every)
    settings = {**(params or {}), "keep": ",".join(paths)}
    found = explain(opened, batch, method, None, target, progress=context.progress, **settings)
    end = heat_of(opened, shown, found, boxes[0], 0)
    relevances = [found.relevance(path)[0] for path in paths]
    return RelevanceStrip(
        path=end.path,
        method=end.method,
        target=end.target,
        classes=end.classes,
        total=end.facts["relevance_at_output"],
        heats=(*map(_laid(end, batch.shape[1:3]), paths, relevances), end),
        sums=(*(float(one.sum(dtype=np.float64)) for one in relevances), end.facts["relevance_at_input"]),
    )


def keeps_relevance(spec: Spec) -> None:
    """A sentence where the method passes no relevance down to the pixels."""
    if not _keeps(spec):
        able = ", ".join(one.name for one in catalogue("method") if _keeps(one))
        raise HeatlensError(f"{spec.name} keeps no relevance layer by layer; choose one of {able}.")


def _keeps(spec: Spec) -> bool:
    return any(param.name == "keep" for param in spec.params)


def layers_of(model: Model, every: bool) -> list[str]:
    """The layers of the strip, the one nearest to the output first."""
    paths = [layer.path for layer in feature_maps(model.program)]
    ends = [step.path for step in stages(model.program).values()]
    if not every:
        return sorted(ends, key=paths.index, reverse=True)
    places = np.linspace(0, len(paths) - 1, min(_MOST, len(paths))).round().astype(int)
    return [paths[place] for place in dict.fromkeys(places.tolist())][::-1]


def _laid(end: Heat, size: Sequence[int]) -> Any:
    """From a layer and its relevance to the heat that shows it: channels summed, signed."""

    def heat(path: str, relevance: np.ndarray) -> Heat:
        native = _as_map(relevance).sum(-1)
        return replace(
            end,
            layer=path,
            native=native,
            map=to_input(native[None], *size)[0],
            signed=True,
            degenerate=not native.any(),
            facts={},
        )

    return heat


def _as_map(relevance: np.ndarray) -> np.ndarray:
    """(h, w, K); tokens (T, K) are laid on their grid, the class token left out."""
    if relevance.ndim == 3:
        return relevance
    side = grid_of((None, *relevance.shape))
    return relevance[len(relevance) - side * side :].reshape(side, side, -1)
