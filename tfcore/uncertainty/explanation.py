"""``of_explanation``: how much a heatmap changes when the dropout does."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.aggregate import JOIN
from tfcore.explain.many import asks_of
from tfcore.explain.passes import predicted
from tfcore.explain.passes import run as gradient_pass
from tfcore.explain.resize import to_input
from tfcore.explain.runners import Progress, Request, silent
from tfcore.models.model import Model
from tfcore.models.program import Values
from tfcore.models.scores import target_of
from tfcore.registry import INPUT, function
from tfcore.results import HeatSpread, Insert
from tfcore.uncertainty.dropout import key_of
from tfcore.uncertainty.heat_passes import AtOnce, OneByOne, Way
from tfcore.uncertainty.network import dropout_network
from tfcore.uncertainty.passes import Moments, Ranks, checked, in_rounds


def of_explanation(
    model: Model,
    batch: Any,
    method: str = "grad-cam",
    layer: str | None = None,
    target: Any = None,
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    progress: Progress = silent,
    region: Any = None,
    settings: Mapping[str, Any] | None = None,
    **params: Any,
) -> HeatSpread:
    """Mean and spread of a method's heatmap over passes with dropout on, and how alike the passes are.

    ``settings`` are parameters of the method as ``params`` are, also one that is called as something here (``seed``).
    ``target`` is by default the class predicted with dropout off, the same in all passes. The passes are those of
    :func:`tfcore.uncertainty` for the same seed. Methods of a single gradient do many passes at once; any other is run
    anew for each pass, which takes as long as it does.
    """
    began = time.perf_counter()
    passes, seed, insert = checked(passes, seed, insert)
    asks = asks_of(model, method, layer, {**params, **(settings or {})})
    spec, used = asks[0].spec, asks[0].params
    place = JOIN.join(ask.layer.path if ask.layer else INPUT for ask in asks)
    batch = model.checked(batch)
    watched = [model.program.input if ask.layer is None else ask.layer.output for ask in asks]
    if model.box is not None:
        raise HeatlensError(
            f"{model.name} is a black box, whose heatmaps are estimates already; the error of each pixel stands beside "
            "them. How sure it is of its answer is asked without a heatmap."
        )
    network = dropout_network(model, insert, watched)
    _, settled = predicted(Request(model, batch, target_of(model, batch, target, region)))
    keys = [key_of(image, seed) for image in batch]
    size = batch.shape[1:3]
    last = (0, 1)

    def tell(done: int, total: int) -> None:
        nonlocal last
        last = done, total
        progress(done, total)

    way: Way
    if len(asks) == 1 and function(spec) is gradient_pass:
        way = AtOnce(network, asks[0], *watched)
    else:
        # Slow methods can be cancelled within a pass, too.
        way = OneByOne(network, spec.name, place, used, lambda *_: progress(*last))

    def start(index: int) -> Values:
        return way.start(batch[index : index + 1])

    def some(values: Values, index: int, first: int, rows: int) -> _Part:
        image = batch[index : index + 1]
        return _Part.of(way.maps(values, image, keys[index], first, rows, settled.one(index)), size)

    parts, done = in_rounds(len(batch), passes, way.together(batch), start, some, tell)
    return HeatSpread(
        method=spec.name,
        layer=place,
        params=dict(used),
        classes=model.classes,
        mean=np.stack([part.maps.mean for part in parts]).astype(np.float32),
        sd=np.sqrt(np.stack([part.maps.variance for part in parts])).astype(np.float32),
        native=np.stack([part.native.mean for part in parts]).astype(np.float32),
        agreement=np.array([part.ranks.correlation for part in parts]),
        flat=np.array([part.ranks.flat for part in parts]),
        targets=settled.classes[: len(parts)],
        passes=done,
        seed=seed,
        insert=insert,
        left_inactive=network.left_inactive,
        signed=spec.signed and len(asks) == 1,
        model=model.source or model.name,
        weights=model.weights,
        seconds=time.perf_counter() - began,
    )


@dataclass(frozen=True, eq=False)
class _Part:
    """Some passes of one image."""

    native: Moments
    maps: Moments
    ranks: Ranks

    @classmethod
    def of(cls, native: np.ndarray, size: tuple[int, ...]) -> _Part:
        return cls(Moments.of(native), Moments.of(to_input(native, *size)), Ranks.of(native))

    def __add__(self, other: _Part) -> _Part:
        return _Part(self.native + other.native, self.maps + other.maps, self.ranks + other.ranks)
