"""``maximise``: pictures that a filter or a class would like to see most (002 §4; METHODS.md §8)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.inside.climb import Climb, Goal, Watch, unwatched
from tfcore.inside.looks import activations
from tfcore.lazy import tf
from tfcore.models.layers import resolve
from tfcore.models.scores import of_classes, score, target_of
from tfcore.pictures.many import Left, windows
from tfcore.registry.maximising import PARAMS, SWEPT
from tfcore.results.maximised import Maximised

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Pixels of a picture for a network that takes any size.
SIDE = 128
# Pictures whose mean is taken.
_MEAN_OF = 200


def maximise(
    model: Model,
    layer: str | None = None,
    filter: int | Sequence[int] | None = None,
    target: Any = None,
    data: Any = None,
    sweep: tuple[str, Sequence[float]] | None = None,
    size: tuple[int, int] | None = None,
    watch: Watch = unwatched,
    **params: Any,
) -> Maximised:
    """Pictures that raise the mean activation of each ``filter`` of the layer, or the score of a ``target`` class.

    They are climbed from noise by Adam. In every step the picture is moved (``jitter``) and turned (``rotation``), and
    ``tv``, ``l2`` and ``style`` are taken off; 0 switches each of them off. ``data``, a data set, its folder or the
    mean picture itself (H, W, C) as the network eats it, is what ``style`` holds the pictures to; without data it says
    nothing. ``sweep`` is a name among ``jitter``, ``rotation``, ``tv``, ``l2``, ``style`` with values for one picture
    each (002, figure 13).

    >>> tfcore.maximise(model, "stage4", filter=[0, 7], basis="waves").levels              # doctest: +SKIP
    """
    began = time.perf_counter()
    settings = {param.name: param.parse(params.pop(param.name, param.default)) for param in PARAMS}
    if params:
        known = ", ".join(param.name for param in PARAMS)
        raise HeatlensError(f"maximise has no settings {', '.join(params)}; it has {known}.")
    goal, shape = _goal(model, layer, filter, target), _shape(model, size)
    swept = {} if sweep is None else {sweep[0]: _swept(goal, *sweep)}
    names = tuple(f"{name} {value:g}" for name, values in swept.items() for value in values) or goal.names
    wanted = any(swept.get("style", [settings["style"]]))
    mean, best, note = _of_data(model, data, shape, goal)
    if wanted and mean is None:
        note = "no data were named, so the style term says nothing"
    climb = Climb(model, goal, settings, swept, shape, mean)
    found = climb.climbed(watch)
    return Maximised(
        layer="" if goal.step is None else goal.step.path,
        names=names,
        model=model.source or model.name,
        hashes={"model": model.card.sha256 or model.weights_hash},
        weights=model.weights,
        params={**settings, **swept},
        best_picture=best if best is None else np.broadcast_to(best, len(names)),
        note=note,
        seconds=time.perf_counter() - began,
        **found,
    )


def _goal(model: Model, layer: str | None, filter: int | Sequence[int] | None, target: Any) -> Goal:
    """What is to be raised, one picture for each."""
    if target is not None:
        if filter is not None:
            raise HeatlensError("A filter and a target were given; name one of them.")
        several = isinstance(target, Sequence) and not isinstance(target, str)
        wanted = list(target) if several else [target]
        classes = target_of(model, np.zeros((len(wanted), 1, 1, 1)), wanted).classes
        if (classes < 0).any():
            raise HeatlensError(f"Of a made picture nothing is predicted; name a class: {', '.join(model.classes)}.")
        return Goal(None, classes, tuple(model.classes[index] for index in classes))
    step = resolve(model.program, layer)
    filters = np.atleast_1d(np.array([] if filter is None else filter, int))
    count = int(step.shape[-1] or 0)
    if not len(filters) or not all(0 <= index < count for index in filters):
        said = ", ".join(map(str, filters)) or "nothing"
        raise HeatlensError(
            f"{step.path} has the filters 0 to {count - 1}, and {said} was asked for; name some of them."
        )
    return Goal(step, filters, tuple(f"filter {index}" for index in filters))


def _swept(goal: Goal, name: str, values: Sequence[float]) -> list[Any]:
    """The values of a setting, checked."""
    if name not in SWEPT:
        raise HeatlensError(f"{name!r} cannot be swept; choose one of {', '.join(SWEPT)}.")
    if len(goal.index) != 1:
        raise HeatlensError("A sweep is of one filter or class; name one.")
    param = next(param for param in PARAMS if param.name == name)
    if not values:
        raise HeatlensError(f"The sweep of {name} has no values; give some.")
    return [param.parse(value) for value in values]


def _shape(model: Model, size: tuple[int, int] | None) -> tuple[int, int, int]:
    """Height, width and channels of the pictures."""
    height, width, channels = model.input_shape
    said = size or (model.card.input_shape[0] or SIDE, model.card.input_shape[1] or SIDE)
    return height or said[0], width or said[1], int(channels or 1)


def _of_data(
    model: Model, data: Any, shape: tuple[int, int, int], goal: Goal
) -> tuple[np.ndarray | None, np.ndarray | None, str]:
    """The mean picture as the network eats it, the most that any picture brings about, and what is to be known."""
    if data is None or isinstance(data, np.ndarray):
        if data is not None and data.shape != shape:
            raise HeatlensError(f"The mean picture has the shape {data.shape}; give one of {shape}.")
        return data, None, ""
    opened = data if isinstance(data, Dataset) else open_data(data)
    drawn = np.random.default_rng(0).permutation(len(opened))[:_MEAN_OF]
    total, count, best = np.zeros(shape), 0, np.full(len(goal.index), -np.inf, np.float32)
    for window in windows([opened.samples[index] for index in drawn], model.prepare_with_boxes, 8, reading.picture):
        inputs = [one.input for one in window if not isinstance(one, Left) and one.input.shape == shape]
        if inputs:
            total, count = total + np.sum(inputs, 0), count + len(inputs)
            best = np.maximum(best, _brought_about(model, goal, np.stack(inputs)).max(0))
    if not count:
        raise HeatlensError(
            f"{opened.root} holds no picture of {shape[0]} × {shape[1]} pixels; style needs their mean."
        )
    mean = (total / count).astype(np.float32)
    return mean, best, f"style is that of the mean of {count} pictures of {opened.root}"


def _brought_about(model: Model, goal: Goal, batch: np.ndarray) -> np.ndarray:
    """(n, F): what is to be raised, as the pictures have it."""
    if goal.step is not None:
        means: np.ndarray = activations(model, [goal.step])(batch)[0].mean((1, 2))[:, goal.index]
        return means
    logits = model.logits(batch)
    classes = [score(model, tf.constant(logits), of_classes(np.full(len(batch), index)))[0] for index in goal.index]
    return np.stack(classes, 1)
