"""Batch norms that belong to a linear layer: z ↦ scale·z + shift is part of the layer's own weights.

The network itself is never touched: the folded weights exist only inside the backward pass, where the linear layer
shares its relevance by them and the batch norm hands on what it gets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tfcore.explain.lrp.graph import consumers, producers
from tfcore.explain.lrp.linear import Part, is_linear, parts, read
from tfcore.lazy import tf
from tfcore.models.kinds import Does, function_of, kind_of
from tfcore.models.program import Program, Step, infer

Tensor = Any
TOLERANCE = 1e-4
# Side of the noise picture for networks that take any size.
_SIDE = 96


@dataclass(frozen=True, eq=False)
class Fold:
    """The batch norms before and after a linear layer that become part of it."""

    before: Step | None = None
    after: Step | None = None

    def into(self, own: list[Part]) -> list[Part]:
        """The layer's parts with the batch norms in their weights."""
        if self.before is not None:
            own = [own[0].of_scaled(*_scale_and_shift(self.before.operation)), *own[1:]]
        if self.after is not None:
            own = [*own[:-1], own[-1].scaled(*_scale_and_shift(self.after.operation))]
        return own


def folds(program: Program, shape: Sequence[int | None]) -> dict[Step, Fold]:
    """Every linear layer with batch norms that fold into it, checked on a picture of noise of that shape."""
    made, reads = producers(program), consumers(program)
    taken: set[Step] = set()
    found: dict[Step, Fold] = {}
    for step in program.steps:
        if not is_linear(step.operation):
            continue
        before = made.get(step.inputs[0])
        after = reads[step.output][0] if len(reads[step.output]) == 1 else None
        before = before if before and _is_norm(before) and before not in taken and _exact_behind_norm(step) else None
        # No activation stands between the layer and what follows it.
        plain = function_of(step.operation) == "linear" and step.output != program.output
        after = after if after and _is_norm(after) and plain else None
        if before or after:
            found[step] = Fold(before, after)
            taken.update(norm for norm in (after,) if norm)
    noise = tf.random.stateless_normal([1, *(size or _SIDE for size in shape)], seed=(0, 0))
    return _unchanged(program, found, noise) if found else {}


def _unchanged(program: Program, found: Mapping[Step, Fold], noise: Tensor) -> dict[Step, Fold]:
    """The folds that give what the layers gave one after the other."""
    values: dict[int, Tensor] = {program.input: noise}
    good: dict[Step, Fold] = {}
    ends = {(fold.after or step).output: (step, fold) for step, fold in found.items()}

    def call(step: Step, *args: Any, **kwargs: Any) -> Any:
        value = infer(step, *args, **kwargs)
        values[step.output] = value
        if step.output in ends:
            folded, fold = ends[step.output]
            start = fold.before.inputs[0] if fold.before else folded.inputs[0]
            again = values[start]
            for part in fold.into(parts(folded.operation)):
                again = part(again)
            if fold.after is None and folded.operation.activation is not None:
                again = folded.operation.activation(again)
            error, size = tf.reduce_max(tf.abs(again - value)), tf.reduce_max(tf.abs(value))
            if error <= TOLERANCE * tf.maximum(size, 1e-30):
                good[folded] = fold
        return value

    program.run({program.input: noise}, [program.output], call)
    return good


def _is_norm(step: Step) -> bool:
    axis = getattr(step.operation, "axis", None)
    return kind_of(step.operation).does is Does.STANDARDISES and axis in (-1, len(step.shape) - 1)


def _exact_behind_norm(step: Step) -> bool:
    """Zeros padded behind the batch norm are not what it makes of zeros before it."""
    layer, form = step.operation, kind_of(step.operation).form
    if form == "dense":
        return True
    unpadded = form == "convolution" and (layer.padding == "valid" or set(layer.kernel_size) == {1})
    return unpadded and layer.groups == 1


def _scale_and_shift(norm: Any) -> tuple[Tensor, Tensor]:
    scale = tf.math.rsqrt(read(norm.moving_variance) + norm.epsilon)
    if norm.scale:
        scale *= read(norm.gamma)
    shift = -read(norm.moving_mean) * scale
    if norm.center:
        shift += read(norm.beta)
    return scale, shift
