"""``evaluate``: every picture explained by every method at every layer, and every map measured by every metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.images import Images
from tfcore.evaluate.marks import is_marked
from tfcore.evaluate.metric import Outcome, runner
from tfcore.evaluate.reading import Batch, batches, chosen, mean_input
from tfcore.evaluate.table import Table, table
from tfcore.explain.explanation import Explanation
from tfcore.explain.many import explain_many
from tfcore.explain.runners import Progress, silent
from tfcore.registry import Spec, find

if TYPE_CHECKING:
    from tfcore.models.model import Model

Params = Mapping[str, Mapping[str, Any]]
Found = dict[tuple[str, str, str], list[tuple[str, Outcome]]]


def evaluate(
    model: Model,
    data: Dataset | str | Path,
    methods: Sequence[str] = ("grad-cam",),
    metrics: Sequence[str] = ("iou",),
    layers: Sequence[str | None] = (None,),
    target: Any = None,
    params: Params | None = None,
    limit: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Table:
    """How well each method does at each layer by each metric, with the number of every image behind it.

    ``data`` is a data set (``tfcore.data.open_data``) or its folder; ``layers`` and ``target`` are those of
    ``explain_many``, ``"aggregate"`` included; ``params`` holds parameters by the name of a method or metric.
    ``limit`` takes that many pictures at random. ``seed`` settles these and the bootstrap intervals.

    >>> print(evaluate(model, "phantoms", ["grad-cam"], ["iou"], ["stage4"]).as_text())    # doctest: +SKIP
    """
    methods, metrics, params = _named("method", methods), _named("metric", metrics), params or {}
    measures = [(spec, spec.parse(params.get(spec.name, {}))) for spec in (find("metric", name) for name in metrics)]
    data = chosen(data if isinstance(data, Dataset) else open_data(data), limit, seed)
    _check_marks(data, [spec for spec, _ in measures])
    mean = mean_input(model, data.samples) if any("data mean" in spec.needs for spec, _ in measures) else None
    of_methods = {name: given for name, given in params.items() if name in methods}
    found: Found = {}
    unread: list[str] = []
    for batch in batches(model, data, unread):
        inputs = np.stack(batch.inputs)
        explained = explain_many(model, inputs, methods, layers, target, of_methods)
        _measure(Images(model, inputs, batch.marks, mean, list(explained.values())), batch, explained, measures, found)
        # Every row has an outcome for each picture so far.
        progress(len(unread) + len(next(iter(found.values()))), len(data))
    if not found:
        raise HeatlensError(f"{data.root}: none of the {len(data)} pictures could be read; the first: {unread[0]}")
    facts = _facts(model, data, target, params, seed)
    return table(found, {spec.name: spec.extra["better"] for spec, _ in measures}, seed, unread, facts)


def _measure(
    images: Images,
    batch: Batch,
    explained: Mapping[tuple[str, str | None], Explanation],
    measures: Sequence[tuple[Spec, dict[str, Any]]],
    found: Found,
) -> None:
    """Add the outcomes of a batch."""
    names = [sample.name for sample in batch.samples]
    for (method, layer), explanation in explained.items():
        asked = layer if layer is not None and find("method", method).has_layers else explanation.layer
        for spec, settings in measures:
            outcomes = runner(spec)(images, explanation, spec, settings)
            found.setdefault((method, asked, spec.name), []).extend(zip(names, outcomes, strict=True))


def _named(kind: Any, names: Sequence[str]) -> list[str]:
    """Each name once, checked before anything is read."""
    if isinstance(names, str) or not names:
        raise HeatlensError(f"No {kind}s were named; give a list of names (see 'heatlens {kind}s').")
    return [find(kind, name).name for name in dict.fromkeys(names)]


def _check_marks(data: Dataset, specs: Sequence[Spec]) -> None:
    needy = [spec.name for spec in specs if {"mask", "box"} & set(spec.needs)]
    if needy and not any(map(is_marked, data)):
        raise HeatlensError(
            f"{data.root} has no masks, and {', '.join(needy)} cannot do without; name a table with a column of masks, "
            "a COCO file, or metrics such as average-drop."
        )


def _facts(model: Model, data: Dataset, target: Any, params: Params, seed: int) -> dict[str, Any]:
    return {
        "model": model.source or model.name,
        "model_sha256": model.card.sha256 or model.weights_hash,
        "data": str(data.root),
        "pictures": len(data),
        "target": "predicted" if target is None else str(target),
        "params": {name: dict(given) for name, given in params.items()},
        "seed": seed,
    }
