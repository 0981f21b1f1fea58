"""Part by part of the network, what is left of the maps of a whole data set when that part has forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.reading import TOGETHER
from tfcore.evaluate.run import Evaluation, Params, named_layer
from tfcore.evaluate.sanity import ALIKE, changes
from tfcore.explain.runners import Progress, silent
from tfcore.registry import find

if TYPE_CHECKING:
    from tfcore.models.model import Model

RISE = "entropy rise"
_MEASURES = (*ALIKE, RISE)
Row = dict[str, Any]


@dataclass(frozen=True)
class Forgotten:
    """A method at a layer after a part was randomised: the mean over pictures, and its spread over random networks.

    ``n`` and ``left_out`` count maps: pictures times random networks. Left out are maps without evidence, and flat or
    small ones that the measure is not defined on.
    """

    method: str
    layer: str
    part: str
    measure: str
    mean: float | None
    sd: float | None
    n: int
    left_out: int


@dataclass(eq=False)
class _Sums:
    """Of one method at one layer, as pictures come: (seeds, parts) for each measure."""

    parts: tuple[str, ...]
    sums: dict[str, np.ndarray] = field(default_factory=dict)
    counts: dict[str, np.ndarray] = field(default_factory=dict)
    maps: int = 0

    def add(self, measured: Mapping[str, Any]) -> None:
        for name, each in measured.items():
            values = np.array(each, np.float64)
            kept = np.isfinite(values)
            self.sums[name] = self.sums.get(name, 0) + np.where(kept, values, 0)
            self.counts[name] = self.counts.get(name, 0) + kept
        self.maps += 1

    def rows(self, method: str, layer: str) -> list[Forgotten]:
        found = []
        for number, part in enumerate(self.parts):
            for name in _MEASURES:
                counts, sums = self.counts[name][:, number], self.sums[name][:, number]
                means = sums[counts > 0] / counts[counts > 0]
                mean = float(means.mean()) if len(means) else None
                sd = float(means.std(ddof=1)) if len(means) > 1 else None
                n = int(counts.sum())
                found.append(Forgotten(method, layer, part, name, mean, sd, n, self.maps * len(counts) - n))
        return found


def sanity_table(
    model: Model,
    data: Dataset | str | Path,
    methods: Sequence[str] = ("grad-cam",),
    layers: Sequence[str | None] = (None,),
    target: Any = None,
    randomise: str = "cascading",
    samples: int = 3,
    seed: int = 0,
    params: Params | None = None,
    limit: int | None = None,
    progress: Progress = silent,
) -> tuple[list[Forgotten], list[str]]:
    """A row per method, layer, part of the network and measure; and a sentence per picture that cannot be read.

    ``randomise`` is cascading, independent or efficient, ``samples`` the number of random networks; the rest is that
    of ``evaluate``.

    >>> sanity_table(model, "phantoms", ["grad-cam", "saliency"], limit=20)                 # doctest: +SKIP
    """
    settings = find("metric", "sanity").parse({"randomise": randomise, "samples": samples, "seed": seed})
    data = (data if isinstance(data, Dataset) else open_data(data)).drawn(limit, seed)
    return summed(changed(model, data, methods, layers, target, settings, params, progress))


def changed(
    model: Model,
    data: Dataset,
    methods: Sequence[str],
    layers: Sequence[str | None],
    target: Any,
    settings: Mapping[str, Any],
    params: Params | None = None,
    progress: Progress = silent,
) -> Iterator[Row]:
    """What became of the maps of each picture, by method, layer and measure (seeds, parts); or why it is not read."""
    for start in range(0, len(data), TOGETHER):
        some = data.with_samples(data.samples[start : start + TOGETHER])
        evaluation = Evaluation(model, some, methods, ["sanity"], layers, target, params, seed=settings["seed"])
        found: dict[str, list[Row]] = {}
        tell = partial(_told, progress, start, len(data))
        for images, batch, explained in evaluation.explained(tell):
            for (method, layer), explanation in explained.items():
                after = changes(images, explanation, settings)
                place = named_layer(method, layer, explanation)
                for index, (sample, empty) in enumerate(zip(batch.samples, explanation.degenerate, strict=True)):
                    values = {name: each[..., index] for name, each in {**after.alike, RISE: after.rise}.items()}
                    # A map without evidence has nothing to lose.
                    told = {name: np.where(empty, np.nan, each).tolist() for name, each in values.items()}
                    of = {"method": method, "layer": place, "parts": list(after.parts), "measured": told}
                    found.setdefault(sample.name, []).append(of)
        unread = iter(evaluation.unread)
        for sample in some:
            known = {"cells": found[sample.name]} if sample.name in found else {"error": next(unread)}
            yield {"path": sample.path, **known}


def _told(progress: Progress, before: int, total: int, done: int, _: int) -> None:
    progress(before + done, total)


def summed(rows: Iterable[Row]) -> tuple[list[Forgotten], list[str]]:
    """The table, and a sentence for each picture that is not in it."""
    found: dict[tuple[str, str], _Sums] = {}
    unread = []
    for row in rows:
        unread += [row["error"]] if "error" in row else []
        for of in row.get("cells", ()):
            found.setdefault((of["method"], of["layer"]), _Sums(tuple(of["parts"]))).add(of["measured"])
    if not found:
        raise HeatlensError(f"None of the pictures could be read; the first: {unread[0]}")
    return [row for key, sums in found.items() for row in sums.rows(*key)], unread
