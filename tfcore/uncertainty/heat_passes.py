"""Heatmaps of some passes over one image: many at once on one tape, or method by method on the network of each pass.

The network of one pass drops the same units whatever goes through it, and however often. So a method that asks it
about many changed copies of an image, or walks back through it by rules of its own, explains the network of that pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from tfcore.explain.finite import finite_rows
from tfcore.explain.many import explain
from tfcore.explain.passes import formula_of
from tfcore.explain.runners import Ask, Progress
from tfcore.explain.tokens import as_map
from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.program import Program, Step, Values
from tfcore.models.scores import Target, score, signature
from tfcore.models.traced import Traced
from tfcore.registry import MethodSpec
from tfcore.uncertainty.dropout import Dropping, RandomNumbers
from tfcore.uncertainty.network import DropoutNetwork


class Dropout:
    """A dropout layer of one pass. Methods know it by its name: linear, and relevance passes through it."""

    def __init__(self, step: Step, stream: int, which: OnePass) -> None:
        self._step, self._stream, self._which = step, stream, which

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return Dropping(self._which.draws(), {self._step: self._stream})(self._step, *args, **kwargs)


class OnePass:
    """The network of the pass that :meth:`choose` names; what is traced for one pass serves all."""

    def __init__(self, network: DropoutNetwork) -> None:
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

    def draws(self) -> RandomNumbers:
        """The random numbers of the pass."""
        return RandomNumbers(tf.bitcast(self._key, tf.uint64), self._number.read_value(), tf.constant(1))


class Way(Protocol):
    """How a method comes to the maps of the passes."""

    def together(self, batch: np.ndarray) -> int:
        """How many passes are done at once."""

    def start(self, image: np.ndarray) -> Values:
        """What an image (1, H, W, C) needs once."""

    def maps(
        self, values: Values, image: np.ndarray, key: np.ndarray, first: int, rows: int, target: Target
    ) -> np.ndarray:
        """The maps (rows, h, w) of passes ``first`` … ``first + rows − 1``."""


@dataclass(frozen=True, eq=False)
class AtOnce:
    """A method that is a formula over a feature map and its gradient, for many passes on one tape."""

    network: DropoutNetwork
    ask: Ask
    # The feature map.
    watched: int

    def together(self, batch: np.ndarray) -> int:
        return self.network.together(batch)

    def start(self, image: np.ndarray) -> Values:
        return self.network.start(image)

    def maps(
        self, values: Values, image: np.ndarray, key: np.ndarray, first: int, rows: int, target: Target
    ) -> np.ndarray:
        return finite_rows(self._traced(values)(values, key, first, rows, target).numpy())

    def _traced(self, values: Values) -> Any:
        network, ask, watched = self.network, self.ask, self.watched
        model, program, formula = network.model, network.program, formula_of(ask)

        def run(given: Values, key: tf.Tensor, first: tf.Tensor, rows: tf.Tensor, target: Target) -> tf.Tensor:
            draws = RandomNumbers(key, first, rows)
            given = network.repeated(given, draws)
            with tf.GradientTape(watch_accessed_variables=False) as tape:

                def watch(step: Step, value: tf.Tensor) -> None:
                    if watched in step.outputs:
                        tape.watch(value)

                if watched in given:
                    tape.watch(given[watched])
                found = program.run(given, [program.output, watched], network.dropping(draws), watch)
                scores, _ = score(model, found[program.output], target)
            gradient = tape.gradient(scores, found[watched], unconnected_gradients="zero")
            return _shown(ask.spec, formula(as_map(found[watched], program), as_map(gradient, program), **ask.params))

        def make() -> Any:
            return Traced(run, [*network.signature(values), signature()])

        key = ("spread", network.insert, watched, ask.spec.name, *sorted(ask.params.items()))
        return model.compiled(key, make)


class OneByOne:
    """Any method, on the network of one pass after the other; ``progress`` is called within a pass, too."""

    def __init__(
        self, network: DropoutNetwork, method: str, layer: str, params: Mapping[str, Any], progress: Progress
    ) -> None:
        self._method, self._layer, self._params, self._progress = method, layer, params, progress
        self._one: OnePass = network.model.compiled(("one pass", network.insert), lambda: OnePass(network))

    def together(self, batch: np.ndarray) -> int:
        return 1

    def start(self, image: np.ndarray) -> Values:
        return {}

    def maps(
        self, values: Values, image: np.ndarray, key: np.ndarray, first: int, rows: int, target: Target
    ) -> np.ndarray:
        return np.concatenate([self._map(image, key, number, target) for number in range(first, first + rows)])

    def _map(self, image: np.ndarray, key: np.ndarray, number: int, target: Target) -> np.ndarray:
        self._one.choose(key, number)
        model = self._one.model
        return explain(model, image, self._method, self._layer, target, progress=self._progress, **self._params).native


def _shown(spec: MethodSpec, values: tf.Tensor) -> tf.Tensor:
    """Values per channel as the one map they are shown as (METHODS.md §3)."""
    if values.shape.rank == 3:
        return values
    return tf.reduce_max(tf.abs(values), -1) if spec.shown == "largest" else tf.reduce_sum(values, -1)
