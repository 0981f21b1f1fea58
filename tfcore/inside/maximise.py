"""``maximise``: pictures that a filter or a class would like to see most (002 §4; METHODS.md §8)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.inside.climb import Climb, Goal, Watch, unwatched
from tfcore.inside.dissect import steps_of
from tfcore.inside.looks import activations
from tfcore.lazy import tf
from tfcore.models.layers import resolve
from tfcore.models.scores import of_classes, score, target_of
from tfcore.pictures.many import Left, windows
from tfcore.registry.maximising import (
    EACH,
    EFFECT,
    FIGURES,
    LAYERS,
    PARAMS,
    PENALISE,
    SWEEPS,
    SWEPT,
    SWEPT_FROM_LITTLE_TO_MUCH,
)
from tfcore.results.maximised import Maximised

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Pixels of a picture for a network that takes any size.
SIDE = 128
# Pictures whose mean is taken.
_MEAN_OF = 200


def maximise(
    model: Model,
    layer: str | Sequence[str] | None = None,
    filter: int | Sequence[int] | None = None,
    target: Any = None,
    data: Any = None,
    sweep: tuple[str, Sequence[float]] | None = None,
    size: tuple[int, int] | None = None,
    figure: str = EACH,
    watch: Watch = unwatched,
    **params: Any,
) -> Maximised:
    """Pictures that raise the mean activation of each ``filter`` of the layer, or the score of a ``target`` class.

    They are climbed from noise by Adam. In every step the picture is moved (``jitter``) and turned (``rotation``), and
    ``tv``, ``l2`` and ``style`` are taken off; 0 switches each of them off. ``data``, a data set, its folder or the
    mean picture itself (H, W, C) as the network eats it, is what ``style`` holds the pictures to; without data it says
    nothing. ``sweep`` is a name among ``jitter``, ``rotation``, ``tv``, ``l2``, ``style`` with values for one picture
    each.

    ``figure`` makes those of 002: ``"effect"`` each picture twice, free and held by all of these (6); ``"layers"`` one
    filter of each of several layers, by default the ends of the stages, ``"all"`` for every feature map, the filter
    drawn by ``seed`` where none is named (12); ``"sweeps"`` one filter with ``jitter``, ``style`` and ``tv`` swept as
    in the paper (13).

    >>> tfcore.maximise(model, "stage4", filter=[0, 7], basis="waves").levels              # doctest: +SKIP
    """
    began = time.perf_counter()
    settings = {param.name: param.parse(params.pop(param.name, param.default)) for param in PARAMS}
    if params:
        known = ", ".join(param.name for param in PARAMS)
        raise HeatlensError(f"maximise has no settings {', '.join(params)}; it has {known}.")
    if figure not in FIGURES:
        raise HeatlensError(f"figure = {figure!r} is not known; choose one of {', '.join(FIGURES)}.")
    shape = _shape(model, size)
    if figure == LAYERS:
        goals = _of_each_layer(model, layer, filter, target, settings["seed"])
    else:
        goals = [_goal(model, layer, filter, target)]
    mean, best, note = _of_data(model, data, shape, goals, lambda: watch(0, settings["steps"], None))
    asked = [_asked(goal, figure, sweep, settings, mean is not None) for goal in goals]
    if mean is None and any(any(one.swept.get("style", [settings["style"]])) for one in asked):
        note = "no data were named, so the style term says nothing"
    climbs = [Climb(model, one.goal, settings, one.swept, shape, mean) for one in asked]
    total, parts = sum(climb.total for climb in climbs), list[dict[str, Any]]()
    for number, climb in enumerate(climbs):
        before = sum(each.total for each in climbs[:number])

        def watched(done: int, _: int, levels: np.ndarray | None, before: int = before) -> None:
            so_far = [part["levels"] for part in parts]
            watch(before + done, total, None if levels is None else np.concatenate([*so_far, levels]))

        parts.append(climb.climbed(watched))
    return Maximised(
        layer="" if len(goals) > 1 or goals[0].step is None else goals[0].step.path,
        names=tuple(name for one in asked for name in one.goal.names),
        model=model.source or model.name,
        hashes={"model": model.hash},
        weights=model.weights,
        params={**settings, "figure": figure, **asked[0].swept},
        best_picture=None
        if best is None
        else np.concatenate([each[one.of] for each, one in zip(best, asked, strict=True)]),
        note=note,
        seconds=time.perf_counter() - began,
        beside=asked[0].beside,
        penalties={name: np.concatenate([part["penalties"][name] for part in parts]) for name in PENALISE},
        **{name: np.concatenate([part[name] for part in parts]) for name in parts[0] if name != "penalties"},
    )


@dataclass(frozen=True, eq=False)
class _Asked:
    """A climb: its goal picture by picture, which of those asked for each is, and the settings that differ."""

    goal: Goal
    of: np.ndarray
    swept: Mapping[str, Sequence[Any]]
    beside: int = 0


def _asked(
    goal: Goal, figure: str, sweep: tuple[str, Sequence[float]] | None, settings: Mapping[str, Any], with_data: bool
) -> _Asked:
    """What is climbed for a figure."""
    if figure == EFFECT:
        of, swept = (
            np.repeat(range(len(goal.index)), 2),
            {name: [0, settings[name]] * len(goal.index) for name in SWEPT},
        )
        names = tuple(f"{name}, {how}" for name in goal.names for how in ("free", "held"))
        return _Asked(Goal(goal.step, goal.index[of], names), of, swept, beside=2)
    if figure != SWEEPS and sweep is None:
        return _Asked(goal, np.arange(len(goal.index)), {})
    if len(goal.index) != 1:
        raise HeatlensError("A sweep is of one filter or class; name one.")
    rows = dict([sweep] if sweep is not None else SWEPT_FROM_LITTLE_TO_MUCH.items())
    if not with_data and sweep is None:
        # It would be the same picture again and again.
        del rows["style"]
    each = [(name, value) for name, values in rows.items() for value in _swept(name, values)]
    swept = {name: [value if one == name else settings[name] for one, value in each] for name in rows}
    of, names = np.zeros(len(each), int), tuple(f"{name} {value:g}" for name, value in each)
    return _Asked(Goal(goal.step, goal.index[of], names), of, swept, beside=len(each) // len(rows))


def _of_each_layer(
    model: Model, layer: str | Sequence[str] | None, filter: int | Sequence[int] | None, target: Any, seed: int
) -> list[Goal]:
    """One goal a layer, from the input to the output."""
    if target is not None:
        raise HeatlensError("A class has no layers; name filters, or leave them to chance.")
    steps, random = [*steps_of(model, layer).values()], np.random.default_rng(seed)
    goals = []
    for step in sorted(steps, key=model.program.steps.index):
        drawn = int(random.integers(int(step.shape[-1] or 1)))
        goal = _goal(model, step.path, drawn if filter is None else filter, None)
        goals.append(replace(goal, names=tuple(f"{step.path} · {name}" for name in goal.names)))
    return goals


def _goal(model: Model, layer: str | Sequence[str] | None, filter: int | Sequence[int] | None, target: Any) -> Goal:
    """What is to be raised, one picture for each."""
    if layer is not None and not isinstance(layer, str):
        layer, *more = layer
        if more:
            raise HeatlensError(f"Several layers were named, which only figure = {LAYERS!r} takes; name one.")
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


def _swept(name: str, values: Sequence[float]) -> list[Any]:
    """The values of a setting, checked."""
    if name not in SWEPT:
        raise HeatlensError(f"{name!r} cannot be swept; choose one of {', '.join(SWEPT)}.")
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
    model: Model, data: Any, shape: tuple[int, int, int], goals: Sequence[Goal], begun: Callable[[], None]
) -> tuple[np.ndarray | None, list[np.ndarray] | None, str]:
    """The mean picture as the network eats it, the most that any picture brings about, and what is to be known."""
    if data is None or isinstance(data, np.ndarray):
        if data is not None and data.shape != shape:
            raise HeatlensError(f"The mean picture has the shape {data.shape}; give one of {shape}.")
        return data, None, ""
    opened = data if isinstance(data, Dataset) else open_data(data)
    drawn = np.random.default_rng(0).permutation(len(opened))[:_MEAN_OF]
    total, count, best = np.zeros(shape), 0, [np.full(len(goal.index), -np.inf, np.float32) for goal in goals]
    for window in windows([opened.samples[index] for index in drawn], model.prepare_with_boxes, 8, reading.picture):
        begun()
        inputs = [one.input for one in window if not isinstance(one, Left) and one.input.shape == shape]
        if inputs:
            total, count, batch = total + np.sum(inputs, 0), count + len(inputs), np.stack(inputs)
            best = [
                np.maximum(most, _brought_about(model, goal, batch).max(0))
                for most, goal in zip(best, goals, strict=True)
            ]
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
