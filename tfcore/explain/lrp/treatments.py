"""What every kind of layer does with relevance: linear layers follow a rule, the others are listed here.

A treatment takes what happened at a step and the relevance R of its output; it gives the relevance of each input
(``None`` where it gets none) and per image how much nobody received.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.explain.lrp.graph import gate_inputs
from tfcore.explain.lrp.linear import LINEAR, is_linear
from tfcore.explain.lrp.rules import per_image, stabilised
from tfcore.lazy import tf
from tfcore.models.kinds import KINDS, Does, kind_of
from tfcore.models.program import Program, Step

Tensor = Any


@dataclass(frozen=True, eq=False)
class Passed:
    """A step that has run: its inputs, its output, and the tape that saw it."""

    step: Step
    inputs: list[Tensor]
    output: Tensor
    tape: Any

    def slopes(self, arriving: Tensor) -> list[Tensor | None]:
        """The step's ordinary gradient."""
        found: list[Tensor | None] = self.tape.gradient(self.output, self.inputs, output_gradients=arriving)
        return found


@dataclass(frozen=True)
class Sharing:
    """How additions and poolings share: by positive contributions or by signed ones."""

    positive: bool
    epsilon: float


Shares = tuple[Sequence[Tensor | None], Tensor | None]
Treatment = Callable[[Passed, Tensor, Sharing], Shares]


def passed_on(_passed: Passed, relevance: Tensor, _sharing: Sharing) -> Shares:
    """What acts on each value by itself hands all of its relevance on: activations, norms, dropout."""
    return [relevance], None


def routed(passed: Passed, relevance: Tensor, _sharing: Sharing) -> Shares:
    """What only moves or picks values sends their relevance back where they came from; of a maximum, the winner."""
    return passed.slopes(relevance), None


def averaged(passed: Passed, relevance: Tensor, sharing: Sharing) -> Shares:
    """z-rule: every value of an average takes the share it contributes."""
    (x,), z = passed.inputs, passed.output
    denominator = stabilised(z, sharing.epsilon)
    shares = relevance / denominator
    (slope,) = passed.slopes(shares)
    return [x * slope], per_image(shares * (denominator - z))


def added(passed: Passed, relevance: Tensor, sharing: Sharing) -> Shares:
    """Split by contribution; where nothing contributes each summand takes the same, so the sum never changes."""
    tiny = sharing.epsilon / len(passed.inputs)
    if sharing.positive:
        parts = [tf.maximum(x, tiny) for x in passed.inputs]
    else:
        sign = tf.where(passed.output >= 0, tiny, -tiny)
        parts = [x + sign for x in passed.inputs]
    shares = relevance / functools.reduce(operator.add, parts)
    return [_as_wide_as(x, part * shares) for x, part in zip(passed.inputs, parts, strict=True)], None


def gated(program: Program, step: Step) -> Treatment:
    """All relevance follows the signal; the gate beside it is a constant."""
    gates = gate_inputs(program, step)
    signals = [number for number in step.inputs if number not in gates]
    if len(signals) != 1:
        raise HeatlensError(
            f"Layer {step.path!r} ({step.kind}) multiplies {len(step.inputs)} signals and none of them is a gate "
            "(made by a sigmoid or softmax, or of smaller shape), so relevance propagation cannot follow it; use "
            "grad-cam or integrated-gradients."
        )
    return lambda _passed, relevance, _sharing: (
        [relevance if number in signals else None for number in step.inputs],
        None,
    )


def attended(passed: Passed, relevance: Tensor, sharing: Sharing) -> Shares:
    """Attention is a constant that says how much of each value is gathered: z-rule over the values."""
    probs, values = passed.inputs
    gathered = tf.nn.relu(values) if sharing.positive else values
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(gathered)
        z = passed.step.operation(probs, gathered)
    denominator = stabilised(z, sharing.epsilon)
    shares = relevance / denominator
    slope = tape.gradient(z, gathered, output_gradients=shares)
    return [None, gathered * slope], per_image(shares * (denominator - z))


def learnt_beside(passed: Passed, relevance: Tensor, _sharing: Sharing) -> Shares:
    """What goes to a learnt token beside the patches is kept by it, like that of a bias."""
    (inputs,) = passed.slopes(relevance)
    return [inputs], per_image(relevance) - per_image(inputs)


def _as_wide_as(summand: Tensor, relevance: Tensor) -> Tensor:
    """Relevance of a summand that was repeated to fit the others: what all its copies got."""
    if summand.shape.is_compatible_with(relevance.shape):
        return relevance
    missing = relevance.shape.rank - summand.shape.rank
    repeated = list(range(missing))
    repeated += [
        axis + missing for axis, size in enumerate(summand.shape) if size == 1 and relevance.shape[axis + missing] != 1
    ]
    return tf.reshape(tf.reduce_sum(relevance, repeated), tf.shape(summand))


_TREATMENTS: Mapping[Does, Treatment] = {
    **dict.fromkeys((Does.ACTIVATES, Does.PASSES, Does.SCALES, Does.STANDARDISES, Does.NORMALISES), passed_on),
    **dict.fromkeys((Does.MOVES, Does.SELECTS, Does.PADS, Does.REPEATS, Does.JOINS), routed),
    **dict.fromkeys((Does.MAXIMISES, Does.PICKS), routed),
    **dict.fromkeys((Does.AVERAGES, Does.RESIZES), averaged),
    Does.ADDS: added,
    Does.GATHERS: attended,
    Does.PREPENDS: learnt_beside,
}
# With one tensor and constants these act on each value by itself.
_ARITHMETIC = (Does.ADDS, Does.MULTIPLIES, Does.COMBINES)


def supported() -> tuple[str, ...]:
    """The kinds of layers relevance can be propagated through."""
    known = {Does.MULTIPLIES, *_TREATMENTS}
    return tuple(sorted({*LINEAR, *(name for name, kind in KINDS.items() if kind.does in known)}))


def treatment(program: Program, step: Step) -> Treatment | None:
    """What to do at the step (``None``: follow the linear layer's rule), or a sentence where nothing is known."""
    does = kind_of(step.operation).does
    if getattr(step.operation, "data_format", "channels_last") == "channels_first":
        raise HeatlensError(
            f"Layer {step.path!r} ({step.kind}) puts the channels first, and relevance propagation takes them last; "
            "convert the model to channels_last."
        )
    if is_linear(step.operation):
        return None
    if does in _ARITHMETIC and len(step.inputs) == 1:
        return passed_on
    if does is Does.MULTIPLIES:
        return gated(program, step)
    if does in _TREATMENTS:
        return _TREATMENTS[does]
    raise HeatlensError(
        f"Relevance propagation has no rule for layer {step.path!r} ({step.kind}); it has rules for "
        f"{', '.join(supported())}. Use grad-cam or integrated-gradients instead."
    )


def heirs(step: Step, treat: Treatment | None, program: Program) -> set[int]:
    """The inputs of a step that can get relevance."""
    if kind_of(step.operation).does is Does.MULTIPLIES and treat is not passed_on:
        return set(step.inputs) - gate_inputs(program, step)
    return set(step.inputs[1:] if treat is attended else step.inputs)
