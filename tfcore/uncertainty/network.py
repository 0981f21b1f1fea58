"""A network laid out for many passes: what is computed once per image, and what every pass computes anew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.pieces import advance, images_per_pass, is_long, specs, start_values
from tfcore.lazy import keras, tf
from tfcore.models.layers import stages
from tfcore.models.model import Model
from tfcore.models.program import Program, Step, Values
from tfcore.models.traced import Traced
from tfcore.results import Insert
from tfcore.results.prediction import NOISE
from tfcore.uncertainty.dropout import ON_PICTURE, Dropping, RandomNumbers, active, is_dropout, left_inactive
from tfcore.uncertainty.passes import SIGMA, noise_in

# Passes whose largest layer is small go together in larger numbers: each call costs more than they do.
_LIGHT = 1 << 22
_MOST_PASSES = 128


@dataclass(frozen=True, eq=False)
class DropoutNetwork:
    """A network whose dropout is on. ``watched`` are values that every pass must see anew (to differentiate at them).

    ``insert`` is the rate of the dropout put in after each stage, ``None`` where the network's own is enough.
    """

    model: Model
    program: Program
    insert: Insert
    watched: tuple[int, ...] = ()

    @cached_property
    def streams(self) -> dict[Step, int]:
        """The active dropout layers with the number of their random stream."""
        return {step: number for number, step in enumerate(active(self.program))}

    @cached_property
    def left_inactive(self) -> tuple[str, ...]:
        """The random layers that stay switched off."""
        return left_inactive(self.program)

    @cached_property
    def anew(self) -> list[Step]:
        """The steps that every pass computes: the active dropout layers, and what depends on them or on ``watched``."""
        changing = set(self.watched)
        found = []
        for step in self.program.between([self.program.input], [self.program.output, *self.watched]):
            if step in self.streams or changing.intersection(step.inputs):
                changing.update(step.outputs)
                found.append(step)
        return found

    @cached_property
    def once(self) -> tuple[int, ...]:
        """The values with which a pass starts."""
        made = {value for step in self.anew for value in step.outputs}
        read = {self.program.output, *self.watched}.union(*(step.inputs for step in self.anew))
        return tuple(sorted(read - made))

    @cached_property
    def cut(self) -> int:
        """The number of the model's own steps before the first one that passes compute anew."""
        own = {step.path for step in self.model.program.steps}
        before = self.program.steps[: self.program.steps.index(self.anew[0])] if self.anew else self.program.steps
        return sum(step.path in own for step in before)

    def together(self, batch: np.ndarray) -> int:
        """How many passes of one image go through together."""
        side = max(batch.shape[1:3])
        largest = max((math.prod(size or side for size in step.shape[1:]) for step in self.anew), default=1)
        usual = images_per_pass(self.model, batch, self.cut if self.watched else None)
        return max(usual, min(_MOST_PASSES, _LIGHT // largest))

    def start(self, image: np.ndarray, rounds: int = 2) -> Values:
        """What is computed once for one image (1, H, W, C).

        Where a single round of passes follows, the image itself: a short network goes through in one call with them.
        """
        values = start_values(self.model, image)
        if is_long(self.program):
            values = advance(self.model, values, 0, self.cut)
        elif rounds == 1:
            return values
        if not set(self.once) <= values.keys():
            values = self.model.compiled(("once", self.insert, self.watched), lambda: self._branches(values))(values)
        return {number: values[number] for number in self.once}

    def _branches(self, values: Values) -> Any:
        def run(given: Values) -> Values:
            return self.program.run(given, self.once)

        return Traced(run, [specs(self.model, values)])

    def repeated(self, start: Values, draws: RandomNumbers) -> Values:
        """The starting values for all passes; those that only dropout reads are spread by their masks."""
        start = self.program.run(start, self.once)
        return {
            number: value if number in self.single else _repeat(value, draws.rows) for number, value in start.items()
        }

    @cached_property
    def single(self) -> frozenset[int]:
        """The starting values that only dropout reads."""
        read = {value for step in self.anew if step not in self.streams for value in step.inputs}
        return frozenset(self.once) - {self.program.output, *self.watched} - read

    def dropping(self, draws: RandomNumbers) -> Dropping:
        """The call that steps are run with."""
        return Dropping(draws, self.streams, self.single)

    def signature(self, start: Values) -> list[Any]:
        """Of a function that takes starting values, key, first pass and number of passes."""
        return [specs(self.model, start), tf.TensorSpec([], tf.uint64), *[tf.TensorSpec([], tf.int32)] * 2]


def _repeat(value: tf.Tensor, rows: tf.Tensor) -> tf.Tensor:
    return tf.broadcast_to(value, tf.concat([[rows], tf.shape(value)[1:]], 0))


def dropout_network(model: Model, insert: Insert, watched: Sequence[int] = ()) -> DropoutNetwork:
    """The network ready for passes, or a sentence that says why it has none to make."""
    model.outputs.check_probabilities("Test-time dropout")
    insert = put_in(model, insert)
    made: DropoutNetwork = model.compiled(
        ("dropout network", insert, model.outputs.threshold, *watched),
        lambda: _dropout_network(model, insert, tuple(watched)),
    )
    return made


def put_in(model: Model, insert: Insert) -> Insert:
    """What passes differ by: of a black box noise on the picture, since nothing can be put into it."""
    if model.box is None or isinstance(insert, str):
        return insert
    if insert is not None:
        raise HeatlensError(
            f"{model.name} is a black box, into which no dropout can be put; ask it with noise on the picture "
            "(insert='noise 0.1', --input-noise 0.1)."
        )
    return f"{NOISE} {SIGMA.default:g}"


def _dropout_network(model: Model, insert: Insert, watched: tuple[int, ...]) -> DropoutNetwork:
    if (sigma := noise_in(insert)) is not None:
        return DropoutNetwork(model, with_noise(model.program, model.input_shape, sigma), insert, watched)
    if isinstance(insert, float):
        return DropoutNetwork(model, with_dropout(model.program, insert), insert, watched)
    if not any(is_dropout(step) for step in model.program.steps):
        raise HeatlensError(
            f"The model {model.name} has no dropout layer, so every pass would be the same; put dropout in for the "
            "passes (insert=0.2, --insert-dropout 0.2) or noise on it (insert='noise 0.1', --input-noise 0.1), "
            "or choose a model that was trained with dropout."
        )
    return DropoutNetwork(model, model.program, insert, watched)


def with_noise(program: Program, input_shape: tuple[int | None, ...], sigma: float) -> Program:
    """The program with noise on the picture; all that read the picture read that."""
    new = 1 + max(program.input, *(value for step in program.steps for value in step.outputs))
    noise = _put(keras.layers.GaussianNoise(sigma), ON_PICTURE, (None, *input_shape), program.input, new)
    steps = [noise, *(_reading(step, {program.input: new}) for step in program.steps)]
    return Program(tuple(steps), program.input, program.output)


def with_dropout(program: Program, rate: float) -> Program:
    """The program with dropout after each stage; the model itself stays as it is."""
    ends = {step.output: step for step in stages(program).values()}
    if not ends:
        raise HeatlensError(
            "The model has no feature map with height and width, so there is no stage to put dropout after; "
            "choose a model that was trained with dropout."
        )
    numbers = [program.input, *(value for step in program.steps for value in step.outputs)]
    after: dict[int, int] = {}
    steps = []
    for step in program.steps:
        steps.append(_reading(step, after))
        if step.output in ends:
            after[step.output] = new = max(numbers) + 1 + len(after)
            steps.append(_put(keras.layers.Dropout(rate), f"{step.path}+dropout", step.shape, step.output, new))
    return Program(tuple(steps), program.input, after.get(program.output, program.output))


def _reading(step: Step, after: dict[int, int]) -> Step:
    """The step with the thinned values where there are such."""
    if not set(step.inputs) & after.keys():
        return step
    return replace(
        step,
        inputs=tuple(after.get(number, number) for number in step.inputs),
        stands_for={tensor: after.get(number, number) for tensor, number in step.stands_for.items()},
    )


def _put(layer: Any, path: str, shape: tuple[int | None, ...], reads: int, output: int) -> Step:
    placeholder = keras.KerasTensor(shape)
    layer(placeholder)
    return Step(
        path=path,
        operation=layer,
        inputs=(reads,),
        outputs=(output,),
        shape=shape,
        arguments=layer._inbound_nodes[0].arguments,
        stands_for={id(placeholder): reads},
    )
