"""DeepLIFT: how much each pixel's difference from a baseline contributes to the score's (METHODS.md §3).

Image and baseline run through the network together. Linear layers pass contributions on by their weights (linear
rule); a nonlinearity passes them on by Δoutput/Δinput (rescale rule) in place of its slope.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcore.explain.baselines import baseline_of
from tfcore.explain.completeness import completeness
from tfcore.explain.gradients import FAMILY
from tfcore.explain.params import BASELINE
from tfcore.explain.passes import answer
from tfcore.explain.pieces import images_per_pass
from tfcore.explain.pointwise import Function, changed, with_slopes
from tfcore.explain.runners import Answer, Ask, Request, in_passes
from tfcore.lazy import tf, tree
from tfcore.models.kinds import Does, kind_of
from tfcore.models.model import Model
from tfcore.models.program import Step, infer
from tfcore.models.scores import Target, score, signature
from tfcore.models.traced import Traced
from tfcore.registry import MethodSpec, register

# Below this difference of inputs Δoutput/Δinput is the slope.
_SMALL = 1e-6


@register(
    MethodSpec(
        "deeplift",
        family=FAMILY,
        summary="Contributions relative to a baseline, in one backward pass: shares that add up to the score",
        params=(BASELINE,),
        signed=True,
    )
)
def deeplift(request: Request, asks: list[Ask]) -> list[Answer]:
    """(x − b) ⊙ multipliers of the score; the facts tell whether they are complete."""
    model = request.model
    traced = model.compiled("deeplift", lambda: _trace(model))
    # Image and baseline, each with its outputs and its multipliers.
    together = max(1, images_per_pass(model, request.batch, 0) // 4)
    answers = []
    for ask in asks:

        def one(batch: np.ndarray, target: Target, name: str = ask.params["baseline"]) -> list[np.ndarray]:
            base = np.ascontiguousarray(baseline_of(model, batch, name))
            return [found.numpy() for found in traced(batch, base, target)]

        logits, settled, values, differences = in_passes(request, together, one)
        answers.append(answer(ask, values, logits, settled, **completeness(values, differences)))
    return answers


def _trace(model: Model) -> Any:
    program = model.program

    def run(batch: tf.Tensor, base: tf.Tensor, target: Target) -> tuple[tf.Tensor, ...]:
        both = tf.concat([batch, base], 0)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(both)
            logits = tf.cast(program.run({program.input: both}, [program.output], _CALL)[program.output], tf.float32)
            ours, theirs = tf.split(logits, 2)
            scores, settled = score(model, ours, target)
        multipliers, _ = tf.split(tape.gradient(scores, both), 2)
        values = multipliers * (batch - base)
        return ours, settled, values, scores - score(model, theirs, target.settled(settled))[0]

    return Traced(run, [model.signature, model.signature, signature()])


def rescaled(_name: str, function: Function) -> Function:
    """The function with the multiplier Δoutput/Δinput in place of its slope."""

    def rescale(value: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(value)
            result = function(value)
        slope = tape.gradient(result, value)
        multiplier = _quotient(_difference(result), _difference(value), otherwise=slope)
        return with_slopes(result, (multiplier, value))

    return rescale


def _pool_rescaled(step: Step, *args: Any, **kwargs: Any) -> Any:
    """Max-pooling: the difference of the maxima belongs to the image's winner, or to the baseline's where that is lost.

    The image's winner is at most as far from its baseline as the maxima are apart, unless the baseline's maximum is
    the larger one and lies elsewhere; taking the baseline's winner then keeps every multiplier between 0 and 1.
    """

    @tf.custom_gradient
    def pool(value: tf.Tensor) -> tuple[tf.Tensor, Any]:
        image, base = tf.split(value, 2)
        with tf.autodiff.ForwardAccumulator(image, base) as forward:
            ours = infer(step, image, **kwargs)
        # The baseline's value where the image has its maximum: moving along the baseline moves the winner alone.
        base_at_ours = forward.jvp(ours)
        # Two gradients are taken from the one tape.
        with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
            tape.watch(value)
            result = infer(step, value, **kwargs)
        theirs = tf.split(result, 2)[1]
        ours_takes = tf.cast((ours >= theirs) | (base_at_ours >= theirs), value.dtype)

        def backward(incoming: tf.Tensor) -> tf.Tensor:
            share = tf.split(incoming, 2)[0] * (ours - theirs)
            routed = tape.gradient(result, value, tf.concat([share * ours_takes, share * (1 - ours_takes)], 0))
            contribution = tf.concat([tf.add_n(tf.split(routed, 2))] * 2, 0)
            return _quotient(contribution, _difference(value), otherwise=tape.gradient(result, value, incoming))

        return result, backward

    return pool(*args)


def _product_rescaled(step: Step, *args: Any, **kwargs: Any) -> Any:
    """A product Δ(ab) = b̄·Δa + ā·Δb with the means ā, b̄ over image and baseline."""
    result = infer(step, *args, **kwargs)
    # A layer is given a list, a bare operation one after the other; numbers and constants pass like any weight.
    factors = tree.flatten((args, kwargs))
    if len(factors) != 2 or len(step.arguments.keras_tensors) != 2:
        return result
    first, second = factors
    return with_slopes(result, (_mean(second), first), (_mean(first), second))


def _quotient(change: tf.Tensor, difference: tf.Tensor, otherwise: tf.Tensor) -> tf.Tensor:
    """change / difference, and something else where the difference is too small to divide by."""
    small = tf.abs(difference) < _SMALL
    return tf.where(small, otherwise, change / tf.where(small, tf.ones_like(difference), difference))


def _difference(both: tf.Tensor) -> tf.Tensor:
    ours, theirs = tf.split(both, 2)
    return tf.concat([ours - theirs] * 2, 0)


def _mean(both: tf.Tensor) -> tf.Tensor:
    ours, theirs = tf.split(both, 2)
    return tf.concat([(ours + theirs) / 2] * 2, 0)


_RULES = {Does.MAXIMISES: _pool_rescaled, Does.MULTIPLIES: _product_rescaled}


def _by_what_it_does(step: Step, *args: Any, **kwargs: Any) -> Any:
    return _RULES.get(kind_of(step.operation).does, infer)(step, *args, **kwargs)


_CALL = changed(rescaled, otherwise=_by_what_it_does)
