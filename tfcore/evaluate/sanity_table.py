"""Part by part of the network, what is left of the maps of a whole data set when that part has forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset
from tfcore.errors import HeatlensError
from tfcore.evaluate.run import Evaluation, Params, named_layer
from tfcore.evaluate.sanity import ALIKE, Randomised, changes
from tfcore.explain.runners import Progress, silent
from tfcore.registry import find

if TYPE_CHECKING:
    from tfcore.models.model import Model

RISE = "entropy rise"
_MEASURES = (*ALIKE, RISE)


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

    def add(self, changed: Randomised, empty: np.ndarray) -> None:
        for name, values in {**changed.alike, RISE: changed.rise}.items():
            kept = np.isfinite(values) & ~empty
            self.sums[name] = self.sums.get(name, 0) + np.where(kept, values, 0).sum(-1)
            self.counts[name] = self.counts.get(name, 0) + kept.sum(-1)
        self.maps += len(empty)

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
    evaluation = Evaluation(model, data, methods, ["sanity"], layers, target, params, limit, seed)
    found: dict[tuple[str, str], _Sums] = {}
    for images, _, explained in evaluation.explained(progress):
        for (method, layer), explanation in explained.items():
            changed = changes(images, explanation, settings)
            key = method, named_layer(method, layer, explanation)
            found.setdefault(key, _Sums(changed.parts)).add(changed, explanation.degenerate)
    if not found:
        raise HeatlensError(f"None of the pictures could be read; the first: {evaluation.unread[0]}")
    return [row for key, sums in found.items() for row in sums.rows(*key)], [*evaluation.unread]
