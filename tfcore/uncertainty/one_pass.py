"""One pass as a network of its own: the same units are dropped whatever goes through it, and however often.

So a method that asks the network about many changed copies of an image, or walks back through it by rules of its own,
explains the network of that pass.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.program import Program, Step
from tfcore.uncertainty.draws import Draws
from tfcore.uncertainty.dropout import Dropping
from tfcore.uncertainty.thinned import Thinned

if TYPE_CHECKING:
    import numpy as np


class Dropout:
    """A dropout layer of one pass. Methods know it by its name: linear, and relevance passes through it."""

    def __init__(self, step: Step, stream: int, which: OnePass) -> None:
        self._step, self._stream, self._which = step, stream, which

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return Dropping(self._which.draws(), {self._step: self._stream})(self._step, *args, **kwargs)


class OnePass:
    """The network of the pass that :meth:`choose` names; what is traced for one pass serves all."""

    def __init__(self, network: Thinned) -> None:
        self._network = network
        # GPUs keep no unsigned numbers in variables.
        self._key, self._number = tf.Variable(0, dtype=tf.int64), tf.Variable(0, dtype=tf.int32)

    @cached_property
    def model(self) -> Model:
        """The network with the dropout of the pass in place of chance."""
        program, streams = self._network.program, self._network.streams
        steps = tuple(
            replace(step, operation=Dropout(step, streams[step], self)) if step in streams else step
            for step in program.steps
        )
        return self._network.model.running(Program(steps, program.input, program.output))

    def choose(self, key: np.ndarray, number: int) -> None:
        """Pass ``number`` of the image that the key stands for, as :func:`tfcore.uncertainty` draws it."""
        self._key.assign(key.view("int64"))
        self._number.assign(number)

    def draws(self) -> Draws:
        """The random numbers of the pass."""
        return Draws(tf.bitcast(self._key, tf.uint64), self._number.read_value(), tf.constant(1))
