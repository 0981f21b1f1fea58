"""One forward and one backward pass for all gradient-based methods at all layers (METHODS.md §2).

The trunk up to the finest layer asked for runs forward only; the tail behind it runs on a tape that watches nothing
but the asked-for feature maps, so the gradient never touches a weight. The formulas over A and G are small functions
of their own, which no network is traced again for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from tfcore.explain.pieces import advance, cut_at, forward, images_per_pass, specs, start_values
from tfcore.explain.runners import Answer, Ask, Request, in_passes
from tfcore.explain.tokens import as_map
from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.program import Call, Step, Values, infer
from tfcore.models.reference import pooled
from tfcore.models.scores import Target, score, signature
from tfcore.models.traced import Traced
from tfcore.registry import Formula, MethodSpec, Runner, register

# A place in the network whose value and gradient are wanted: a layer, or None for the input.
Point = Step | None


@dataclass(frozen=True, eq=False)
class Pass:
    """Logits, the classes explained, and A and G = ∂S_c/∂A at each point."""

    logits: tf.Tensor
    targets: tf.Tensor
    activations: dict[Point, tf.Tensor]
    gradients: dict[Point, tf.Tensor]
    # Of the layer by which pictures are held against those learnt from (N, K); (N, 0) where nothing is known of them.
    features: tf.Tensor


def run(request: Request, asks: list[Ask], call: Call = infer) -> list[Answer]:
    """An answer to every ask from the same passes."""
    model = request.model
    points = points_of(asks)
    together = images_per_pass(model, request.batch, _first_cut(model, points))

    def one(batch: np.ndarray, target: Target) -> list[np.ndarray]:
        seen = differentiate(model, batch, target, points, call)
        maps = compute(asks, seen)
        return [tensor.numpy() for tensor in (seen.logits, seen.targets, seen.features, *(maps[ask] for ask in asks))]

    logits, settled, features, *found = in_passes(request, together, one)
    return [
        replace(answer(ask, values, logits, settled), features=features)
        for ask, values in zip(asks, found, strict=True)
    ]


def one_pass(spec: MethodSpec, run: Runner = run) -> Callable[[Formula], Formula]:
    """Enter a formula over (A, G), or (x, G) at the input, that shares the one pass of all its kind."""

    def enter(formula: Formula) -> Formula:
        register(replace(spec, formula=formula))(run)
        return formula

    return enter


def formula_of(ask: Ask) -> Formula:
    """What the ask makes of a pass."""
    assert ask.spec.formula is not None
    return ask.spec.formula


def answer(ask: Ask, values: np.ndarray, logits: np.ndarray, targets: np.ndarray, **facts: Any) -> Answer:
    """Maps as they are; values per channel together with the map they are shown as (METHODS.md §3)."""
    if values.ndim == 3:
        return Answer(values, logits, targets, facts=facts)
    shown = np.abs(values).max(-1) if ask.spec.shown == "largest" else values.sum(-1)
    return Answer(shown, logits, targets, values, facts)


def points_of(asks: Sequence[Ask]) -> list[Point]:
    """Where the asks look, each place once."""
    return list(dict.fromkeys(ask.layer for ask in asks))


def differentiate(
    model: Model, batch: np.ndarray, target: Target, points: Sequence[Point] = (None,), call: Call = infer
) -> Pass:
    """A and G at every point, in float32, for a batch that fits in one pass."""
    start = _first_cut(model, [*points, *_reference_layer(model)])
    values = advance(model, start_values(model, batch), 0, start)
    tail = model.compiled(("tail", call, model.reference is None, *points), lambda: _tail(model, values, points, call))
    logits, settled, features, activations, gradients = tail(values, target)
    by_point = [dict(zip(points, each, strict=True)) for each in (activations, gradients)]
    return Pass(logits, settled, by_point[0], by_point[1], features)


def _reference_layer(model: Model) -> list[Step]:
    return [] if model.reference is None else [model.program.step(model.feature_layer)]


def _first_cut(model: Model, points: Sequence[Point]) -> int:
    return min(cut_at(model.program, point) for point in points)


def _tail(model: Model, values: Values, points: Sequence[Point], call: Call) -> Any:
    """From what is alive at the first point to the logits, and back to every point."""
    program = model.program
    numbers = [program.input if point is None else point.output for point in points]
    watched = set(numbers)
    known = [step.output for step in _reference_layer(model)]

    def run(given: Values, target: Target) -> tuple[Any, ...]:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            for number in watched & given.keys():
                tape.watch(given[number])

            def watch(step: Step, value: tf.Tensor) -> None:
                if step.output in watched:
                    tape.watch(value)

            found = program.run(given, [program.output, *watched, *known], call=call, seen=watch)
            logits = tf.cast(found[program.output], tf.float32)
            # Each image's score depends on that image alone, so the gradient of the sum is the gradient of each.
            scores, settled = score(model, logits, target)
        features = pooled(found[known[0]]) if known else tf.zeros([tf.shape(logits)[0], 0])
        maps = [found[number] for number in numbers]
        gradients = tape.gradient(scores, maps, unconnected_gradients="zero")
        return logits, settled, features, *([as_map(each, program) for each in some] for some in (maps, gradients))

    return Traced(run, [specs(model, values), signature()])


def compute(asks: Sequence[Ask], seen: Pass) -> dict[Ask, tf.Tensor]:
    """What the formulas of all asks make of a pass, layer by layer."""
    found: dict[Ask, tf.Tensor] = {}
    for point in points_of(asks):
        here = [ask for ask in asks if ask.layer is point]
        settings = tuple((formula_of(ask), tuple(sorted(ask.params.items()))) for ask in here)
        maps = _formulas(settings)(seen.activations[point], seen.gradients[point])
        found.update(zip(here, maps, strict=True))
    return found


@lru_cache(maxsize=128)
def _formulas(settings: tuple[tuple[Formula, tuple[tuple[str, Any], ...]], ...]) -> Any:
    """Formulas over the same (A, G), traced once for all models and layers; what they have in common is done once."""

    def together(activation: tf.Tensor, gradient: tf.Tensor) -> list[tf.Tensor]:
        return [formula(activation, gradient, **dict(params)) for formula, params in settings]

    maps = tf.TensorSpec([None] * 4, tf.float32)
    return Traced(together, [maps, maps])


def predicted(request: Request) -> tuple[np.ndarray, Target]:
    """Logits of every image, and the target with the predicted class where none was asked for."""
    model = request.model
    if model.reference is not None:
        # The pass that tells what is unlike the training pictures.
        logits = request.seen[0]
        return logits, request.target.settled(score(model, logits, request.target)[1].numpy())

    def one(batch: np.ndarray, target: Target) -> list[np.ndarray]:
        logits = forward(model, batch)
        return [logits.numpy(), score(model, logits, target)[1].numpy()]

    unwatched = Request(model, request.batch, request.target)
    logits, classes = in_passes(unwatched, images_per_pass(model, request.batch), one)
    return logits, request.target.settled(classes)
