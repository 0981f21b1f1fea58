"""``evaluate``: every picture explained by every method at every layer, and every map measured by every metric."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.images import Images
from tfcore.evaluate.marks import is_marked
from tfcore.evaluate.metric import Outcome
from tfcore.evaluate.reading import Batch, batches, chosen, mean_input
from tfcore.evaluate.table import Table, Value, table, value
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import WHY
from tfcore.explain.many import explain_many
from tfcore.explain.runners import Progress, silent
from tfcore.models.scores import target_of
from tfcore.registry import MetricSpec, find, function

if TYPE_CHECKING:
    from tfcore.models.model import Model

Params = Mapping[str, Mapping[str, Any]]
Explained = Mapping[tuple[str, str | None], Explanation]
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
    evaluation = Evaluation(model, data, methods, metrics, layers, target, params, limit, seed)
    for _ in evaluation.measured(progress):
        pass
    return evaluation.table()


class Evaluation:
    """The same step by step, so that what is measured can be kept as it comes. What cannot be is said at once."""

    def __init__(
        self,
        model: Model,
        data: Dataset | str | Path,
        methods: Sequence[str] = ("grad-cam",),
        metrics: Sequence[str] = ("iou",),
        layers: Sequence[str | None] = (None,),
        target: Any = None,
        params: Params | None = None,
        limit: int | None = None,
        seed: int = 0,
    ) -> None:
        self._methods, metrics, params = _named("method", methods), _named("metric", metrics), params or {}
        named = (find("metric", name) for name in metrics)
        self._measures = [(spec, spec.parse(params.get(spec.name, {}))) for spec in named]
        self._data = chosen(data if isinstance(data, Dataset) else open_data(data), limit, seed)
        _check_marks(self._data, [spec for spec, _ in self._measures])
        self._model, self._layers, self._target, self._params, self._seed = model, layers, target, params, seed
        self._found: Found = {}
        self._unread: list[str] = []
        self._done = 0

    def measured(self, progress: Progress = silent) -> Iterator[list[Value]]:
        """The number of every picture by one method, layer and metric after the other."""
        for images, batch, explained in self.explained(progress):
            yield from self._measured(images, batch, explained)

    def explained(self, progress: Progress = silent) -> Iterator[tuple[Images, Batch, Explained]]:
        """Batch by batch, the pictures and every explanation of them."""
        model, data = self._model, self._data
        needs_mean = any("data mean" in spec.needs for spec, _ in self._measures)
        mean = mean_input(model, data.samples) if needs_mean else None
        of_methods = {name: given for name, given in self._params.items() if name in self._methods}

        def check(*_: int) -> None:
            progress(len(self._unread) + self._done, len(data))

        def explain(model: Model, inputs: np.ndarray, target: Any) -> Explained:
            return explain_many(model, inputs, self._methods, self._layers, target, of_methods, check)

        def again(model: Model, inputs: np.ndarray, targets: np.ndarray) -> list[Explanation]:
            return [*explain(model, inputs, target_of(model, inputs, self._target).settled(targets)).values()]

        for batch in batches(model, data, self._unread):
            inputs = np.stack(batch.inputs)
            found = explain(model, inputs, self._target)
            labels = _labels(model, batch)
            explained = [*found.values()]
            yield Images(model, inputs, batch.marks, mean, explained, {}, labels, again, check), batch, found
            self._done += len(inputs)
            check()

    def _measured(self, images: Images, batch: Batch, explained: Explained) -> Iterator[list[Value]]:
        names = [sample.name for sample in batch.samples]
        for (method, layer), explanation in explained.items():
            asked = named_layer(method, layer, explanation)
            for spec, settings in self._measures:
                # An answer or a map that is not finite has a reason of its own.
                why = explanation.facts.get(WHY, [""] * len(names))
                measured = function(spec)(images, explanation, settings)
                outcomes = [
                    (name, str(reason) or outcome) for name, reason, outcome in zip(names, why, measured, strict=True)
                ]
                self._found.setdefault((method, asked, spec.name), []).extend(outcomes)
                yield [value(name, method, asked, spec.name, outcome) for name, outcome in outcomes]

    def table(self, interrupted: bool = False) -> Table:
        """What was measured so far; ``interrupted`` goes into its facts."""
        if not self._found:
            data, unread = self._data, self._unread
            raise HeatlensError(f"{data.root}: none of the {len(data)} pictures could be read; the first: {unread[0]}")
        better = {spec.name: spec.better_with(settings) for spec, settings in self._measures}
        facts = _facts(self._model, self._data, self._target, self._params, self._seed)
        if interrupted:
            facts["interrupted"] = True
        return table(self._found, better, self._seed, self._unread, facts)

    @property
    def unread(self) -> Sequence[str]:
        """A sentence for each picture that could not be read so far."""
        return self._unread

    @property
    def begun(self) -> bool:
        """Whether there is a number or a reason of any picture."""
        return bool(self._found)


def named_layer(method: str, layer: str | None, explanation: Explanation) -> str:
    """The layer as it was asked for, else the one that was taken."""
    return layer if layer is not None and find("method", method).has_layers else explanation.layer


def _named(kind: Any, names: Sequence[str]) -> list[str]:
    """Each name once, checked before anything is read."""
    if isinstance(names, str) or not names:
        raise HeatlensError(f"No {kind}s were named; give a list of names (see 'heatlens {kind}s').")
    return [find(kind, name).name for name in dict.fromkeys(names)]


def _check_marks(data: Dataset, specs: Sequence[MetricSpec]) -> None:
    needy = [spec.name for spec in specs if {"mask", "box"} & set(spec.needs)]
    if needy and not any(map(is_marked, data)):
        raise HeatlensError(
            f"{data.root} has no masks, and {', '.join(needy)} cannot do without; name a table with a column of masks, "
            "a COCO file, or metrics such as average-drop."
        )


def _labels(model: Model, batch: Batch) -> np.ndarray:
    """The class of the model that each picture is labelled with, −1 where there is none."""
    number = {name: index for index, name in enumerate(model.classes)}
    return np.array([number.get(sample.label or "", -1) for sample in batch.samples])


def _facts(model: Model, data: Dataset, target: Any, params: Params, seed: int) -> dict[str, Any]:
    return {
        "model": model.source or model.name,
        "weights": model.weights,
        "model_sha256": model.card.sha256 or model.weights_hash,
        "data": str(data.root),
        "pictures": len(data),
        "target": "predicted" if target is None else str(target),
        "params": {name: dict(given) for name, given in params.items()},
        "seed": seed,
    }
