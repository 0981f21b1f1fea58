"""``of_explanation``: how much a heatmap changes when the dropout does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain import needs, scores
from tfcore.explain.passes import predicted
from tfcore.explain.resize import to_input
from tfcore.explain.runners import Ask, Progress, Request, silent
from tfcore.explain.tokens import as_map
from tfcore.lazy import LazyModule
from tfcore.models.layers import resolve
from tfcore.models.program import Step, Values
from tfcore.registry import Spec, catalogue, find, function
from tfcore.uncertainty.draws import Draws, key_of
from tfcore.uncertainty.moments import Moments
from tfcore.uncertainty.ranks import Ranks
from tfcore.uncertainty.rounds import in_rounds
from tfcore.uncertainty.settings import checked
from tfcore.uncertainty.thinned import Thinned, thinned

if TYPE_CHECKING:
    import tensorflow as tf

    from tfcore.models.model import Model
else:
    tf = LazyModule("tensorflow")

_GRADIENTS = "tfcore.explain.passes:run"


@dataclass(frozen=True, eq=False)
class Spread:
    """A method's heatmaps of N images over T passes, for a class that stays the same."""

    method: str
    layer: str
    params: dict[str, Any]
    # (N, H, W): mean and standard deviation (1/T) of the raw maps at the size of the input.
    mean: np.ndarray
    sd: np.ndarray
    # (N, h, w): mean of the raw maps at the size of the layer.
    native: np.ndarray
    # (N,): mean Spearman rank correlation between two passes; 1 is the same order everywhere, NaN undefined.
    agreement: np.ndarray
    # (N,): passes whose map was the same value everywhere: it has no ranks and is left out of ``agreement``.
    flat: np.ndarray
    targets: np.ndarray
    passes: int
    seed: int
    inserted: bool
    insert: float | None
    left_inactive: tuple[str, ...]
    signed: bool
    seconds: float


def of_explanation(
    model: Model,
    batch: Any,
    method: str = "grad-cam",
    layer: str | None = None,
    target: Any = None,
    passes: int = 100,
    seed: int = 0,
    insert: float | None = None,
    progress: Progress = silent,
    **params: Any,
) -> Spread:
    """Mean and spread of a gradient method's heatmap over passes with dropout on, and how alike the passes are.

    ``target`` is by default the class predicted with dropout off, the same in all passes. The passes are those of
    :func:`tfcore.uncertainty` for the same seed.
    """
    began = time.perf_counter()
    passes, seed, insert = checked(passes, seed, insert)
    ask = _ask(model, method, layer, params)
    batch = model.checked(batch)
    watched = model.program.input if ask.layer is None else ask.layer.output
    network = thinned(model, insert, [watched])
    _, targets = predicted(Request(model, batch, scores.targets(model, target, len(batch))))
    keys = [key_of(image, seed) for image in batch]
    size = batch.shape[1:3]

    def start(index: int) -> Values:
        return network.start(batch[index : index + 1])

    def some(values: Values, index: int, first: int, rows: int) -> _Part:
        numbers = [tf.constant(each) for each in (keys[index], first, rows, targets[index])]
        return _Part.of(_maps(network, ask, watched, values)(values, *numbers).numpy(), size)

    parts, done = in_rounds(len(batch), passes, network.together(batch), start, some, progress)
    return Spread(
        method=ask.spec.name,
        layer=ask.layer.path if ask.layer else "input",
        params=dict(ask.params),
        mean=np.stack([part.maps.mean for part in parts]).astype(np.float32),
        sd=np.sqrt(np.stack([part.maps.variance for part in parts])).astype(np.float32),
        native=np.stack([part.native.mean for part in parts]).astype(np.float32),
        agreement=np.array([part.ranks.correlation for part in parts]),
        flat=np.array([part.ranks.flat for part in parts]),
        targets=targets[: len(parts)],
        passes=done,
        seed=seed,
        inserted=insert is not None,
        insert=insert,
        left_inactive=network.left_inactive,
        signed=ask.spec.signed,
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


def _ask(model: Model, method: str, layer: str | None, params: dict[str, Any]) -> Ask:
    spec = find("method", method)
    if spec.extra.get("runner") != _GRADIENTS:
        able = ", ".join(each.name for each in catalogue("method") if each.extra.get("runner") == _GRADIENTS)
        raise HeatlensError(f"The spread of {method} under dropout cannot be computed; choose one of {able}.")
    parsed = spec.parse(params)
    if "layer" not in spec.needs:
        return Ask(spec, parsed, None)
    step = resolve(model.program, layer)
    needs.check(spec, model.program, step)
    return Ask(spec, parsed, step)


def _maps(network: Thinned, ask: Ask, watched: int, values: Values) -> Any:
    """The traced passes: (starting values, key, first pass, number of passes, class) → maps (passes, h, w)."""
    model, program, formula = network.model, network.program, function(ask.spec)

    def run(given: Values, key: tf.Tensor, first: tf.Tensor, rows: tf.Tensor, target: tf.Tensor) -> tf.Tensor:
        draws = Draws(key, first, rows)
        given = network.repeated(given, draws)
        with tf.GradientTape(watch_accessed_variables=False) as tape:

            def watch(step: Step, value: tf.Tensor) -> None:
                if watched in step.outputs:
                    tape.watch(value)

            if watched in given:
                tape.watch(given[watched])
            found = program.run(given, [program.output, watched], network.dropping(draws), watch)
            score, _ = scores.score(found[program.output], tf.fill([rows], target))
        gradient = tape.gradient(score, found[watched], unconnected_gradients="zero")
        return _shown(ask.spec, formula(as_map(found[watched]), as_map(gradient), **ask.params))

    def make() -> Any:
        signature = [*network.signature(values), tf.TensorSpec([], tf.int32)]
        return tf.function(run, input_signature=signature, autograph=False)

    key = ("spread", network.insert, watched, ask.spec.name, *sorted(ask.params.items()))
    return model.compiled(key, make)


def _shown(spec: Spec, values: tf.Tensor) -> tf.Tensor:
    """Values per channel as the one map they are shown as (METHODS.md §3)."""
    if values.shape.rank == 3:
        return values
    return tf.reduce_max(tf.abs(values), -1) if spec.extra.get("shown") == "largest" else tf.reduce_sum(values, -1)
