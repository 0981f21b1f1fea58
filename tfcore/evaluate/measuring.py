"""``measure``: one metric on pictures and maps that one already has; the same code that ``evaluate`` runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.evaluate.images import Images
from tfcore.evaluate.marks import Marked, components
from tfcore.evaluate.metric import Outcome, read
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import WHY
from tfcore.explain.many import explain
from tfcore.models.scores import score, target_of
from tfcore.registry import MetricSpec, find, function

if TYPE_CHECKING:
    from tfcore.models.model import Model


@dataclass(frozen=True, eq=False)
class Measured:
    """The number of each picture (N,) and its curve (N, K), NaN where left out, and how many were for which reason."""

    values: np.ndarray
    curves: np.ndarray | None
    left_out: Mapping[str, int]


def measure(
    metric: str,
    model: Model | None = None,
    batch: Any = None,
    maps: Any = None,
    *,
    target: Any = None,
    masks: Any = None,
    boxes: Any = None,
    mean: Any = None,
    method: str | None = None,
    layer: str | None = None,
    given: Mapping[str, Any] | None = None,
    **params: Any,
) -> Measured:
    """A metric of heatmaps (N, H, W), or of those of a method, for pictures as the network eats them.

    ``masks`` (N, H, W) or ``boxes`` (N, 4: left, top, right, bottom) say what is marked, ``mean`` (C,) is that of the
    data, by default of the batch. ``given`` holds arrays in place of what the metric would draw.

    >>> measure("deletion", model, batch, maps, target=1).curves                            # doctest: +SKIP
    """
    spec = find("metric", metric)
    settings = spec.parse(params)
    if maps is None and method is None:
        raise HeatlensError(f"{metric} was given neither maps nor a method; give one of them.")
    _check(spec, model, batch, maps if method is None else None, masks, boxes)
    if model is not None and batch is not None:
        batch = model.checked(batch)
    if method is None or model is None:
        found, again = _as_explained(model, batch, np.asarray(maps, np.float32), target), None
    else:
        found, again = explain(model, batch, method, layer, target), partial(_again, method, layer, target)
    count = len(found.maps)
    average = None if batch is None else batch.mean((0, 1, 2)) if mean is None else np.asarray(mean, np.float32)
    _check_given(batch, average, given or {})
    arrays = {name: np.asarray(value) for name, value in (given or {}).items()}
    # Metrics of maps alone never look at the model.
    images = Images(model, batch, _marked(masks, boxes, count), average, [found], arrays, again=again)  # type: ignore[arg-type]
    why = found.facts.get(WHY, [""] * count)
    outcomes = [str(reason) or each for reason, each in zip(why, function(spec)(images, found, settings), strict=True)]
    return _written_up(outcomes)


def _again(
    method: str, layer: str | None, target: Any, model: Model, batch: np.ndarray, targets: np.ndarray
) -> list[Explanation]:
    return [explain(model, batch, method, layer, target_of(model, batch, target).settled(targets))]


def _check(spec: MetricSpec, model: Any, batch: Any, maps: Any, masks: Any, boxes: Any) -> None:
    """A sentence for what the metric lacks."""
    marks = {"mask", "box"} & set(spec.needs)
    if marks and masks is None and boxes is None:
        raise HeatlensError(f"{spec.name} needs to know what is marked; give masks or boxes.")
    if "box" not in spec.needs and marks and masks is None:
        raise HeatlensError(f"{spec.name} needs masks; boxes are for box-iou alone.")
    if maps is not None and {"channel weights", "method"} & set(spec.needs):
        raise HeatlensError(f"{spec.name} asks the method itself; give method= (and layer=) in place of maps.")
    if (set(spec.needs) - marks or maps is None) and (model is None or batch is None):
        raise HeatlensError(f"{spec.name} needs a model and a batch of pictures; give both.")
    if maps is not None:
        shape = np.shape(maps)
        wanted = {np.shape(each)[: len(shape)] for each in (batch, masks) if each is not None}
        if len(shape) != 3 or wanted - {shape} or (boxes is not None and np.shape(boxes) != (shape[0], 4)):
            raise HeatlensError(
                f"The maps have the shape {shape}; give one (H, W) for each picture, mask and box, at their size."
            )


def _check_given(batch: Any, mean: Any, given: Mapping[str, Any]) -> None:
    """A sentence for arrays that are not one for each picture, pixel and channel."""
    if batch is None:
        return
    if np.shape(mean) != batch.shape[-1:]:
        raise HeatlensError(f"mean has the shape {np.shape(mean)}; give {batch.shape[-1]} values, one per channel.")
    for name, array in given.items():
        shape = np.shape(array)
        if shape[:1] != batch.shape[:1] or (len(shape) > 2 and shape != batch.shape[: len(shape)]):
            raise HeatlensError(f"given[{name!r}] has the shape {shape}, which does not fit pictures of {batch.shape}.")


def _as_explained(model: Model | None, batch: Any, maps: np.ndarray, target: Any) -> Explanation:
    """Maps as if a method had found them."""
    logits, classes = np.zeros((len(maps), 0), np.float32), np.zeros(len(maps), np.int32)
    if model is not None and batch is not None:
        logits = model.logits(batch)
        classes = score(model, logits, target_of(model, batch, target))[1].numpy()
    finite = np.isfinite(maps).all((1, 2))
    facts = {} if finite.all() else {WHY: np.where(finite, "", "the map is not finite")}
    maps = np.where(finite[:, np.newaxis, np.newaxis], maps, 0)
    return Explanation("", "", {}, maps, maps, None, logits, classes, 0.0, bool((maps < 0).any()), facts)


def _marked(masks: Any, boxes: Any, count: int) -> list[Marked | str]:
    if masks is None and boxes is None:
        return ["no mask"] * count
    shown = [None] * count if masks is None else [np.asarray(mask, bool) for mask in masks]
    edges = [components(mask) for mask in shown] if boxes is None else [_drawn(box) for box in boxes]  # type: ignore[arg-type]
    return [
        Marked(np.zeros((1, 1), bool) if mask is None else mask, box) for mask, box in zip(shown, edges, strict=True)
    ]


def _drawn(box: Any) -> tuple[tuple[float, float, float, float], ...]:
    """The box, if it holds anything."""
    left, top, right, bottom = map(float, box)
    return ((left, top, right, bottom),) if right > left and bottom > top else ()


def _written_up(outcomes: list[Outcome]) -> Measured:
    numbers, reasons, curves = zip(*map(read, outcomes), strict=True)
    left_out = Counter(reason for number, reason in zip(numbers, reasons, strict=True) if number is None)
    length = next((len(curve.y) for curve in curves if curve is not None), 0)
    drawn = [np.full(length, np.nan) if curve is None else curve.y for curve in curves]
    values = np.array([np.nan if number is None else number for number in numbers], np.float64)
    return Measured(values, np.stack(drawn) if length else None, dict(left_out))
