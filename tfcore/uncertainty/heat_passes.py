"""Heatmaps of some passes over one image: many at once on one tape, or method by method on the network of each pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from tfcore.explain import scores
from tfcore.explain.many import explain
from tfcore.explain.passes import formula_of
from tfcore.explain.runners import Ask, Progress
from tfcore.explain.tokens import as_map
from tfcore.lazy import tf
from tfcore.models.program import Step, Values
from tfcore.registry import MethodSpec
from tfcore.uncertainty.draws import Draws
from tfcore.uncertainty.one_pass import OnePass
from tfcore.uncertainty.thinned import Thinned


class Way(Protocol):
    """How a method comes to the maps of the passes."""

    def together(self, batch: np.ndarray) -> int:
        """How many passes are done at once."""

    def start(self, image: np.ndarray) -> Values:
        """What an image (1, H, W, C) needs once."""

    def maps(
        self, values: Values, image: np.ndarray, key: np.ndarray, first: int, rows: int, target: int
    ) -> np.ndarray:
        """The maps (rows, h, w) of passes ``first`` … ``first + rows − 1``."""


@dataclass(frozen=True, eq=False)
class AtOnce:
    """A method that is a formula over a feature map and its gradient, for many passes on one tape."""

    network: Thinned
    ask: Ask
    # The feature map.
    watched: int

    def together(self, batch: np.ndarray) -> int:
        return self.network.together(batch)

    def start(self, image: np.ndarray) -> Values:
        return self.network.start(image)

    def maps(
        self, values: Values, image: np.ndarray, key: np.ndarray, first: int, rows: int, target: int
    ) -> np.ndarray:
        numbers = [tf.constant(each) for each in (key, first, rows, target)]
        found: np.ndarray = self._traced(values)(values, *numbers).numpy()
        return found

    def _traced(self, values: Values) -> Any:
        network, ask, watched = self.network, self.ask, self.watched
        model, program, formula = network.model, network.program, formula_of(ask)

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
                score, _ = scores.score(model, found[program.output], tf.fill([rows], target))
            gradient = tape.gradient(score, found[watched], unconnected_gradients="zero")
            return _shown(ask.spec, formula(as_map(found[watched], program), as_map(gradient, program), **ask.params))

        def make() -> Any:
            signature = [*network.signature(values), tf.TensorSpec([], tf.int32)]
            return tf.function(run, input_signature=signature, autograph=False)

        key = ("spread", network.insert, watched, ask.spec.name, *sorted(ask.params.items()))
        return model.compiled(key, make)


class OneByOne:
    """Any method, on the network of one pass after the other; ``progress`` is called within a pass, too."""

    def __init__(
        self, network: Thinned, method: str, layer: str, params: Mapping[str, Any], progress: Progress
    ) -> None:
        self._method, self._layer, self._params, self._progress = method, layer, params, progress
        self._one: OnePass = network.model.compiled(("one pass", network.insert), lambda: OnePass(network))

    def together(self, batch: np.ndarray) -> int:
        return 1

    def start(self, image: np.ndarray) -> Values:
        return {}

    def maps(
        self, values: Values, image: np.ndarray, key: np.ndarray, first: int, rows: int, target: int
    ) -> np.ndarray:
        return np.concatenate([self._map(image, key, number, target) for number in range(first, first + rows)])

    def _map(self, image: np.ndarray, key: np.ndarray, number: int, target: int) -> np.ndarray:
        self._one.choose(key, number)
        model = self._one.model
        return explain(model, image, self._method, self._layer, int(target), self._progress, **self._params).native


def _shown(spec: MethodSpec, values: tf.Tensor) -> tf.Tensor:
    """Values per channel as the one map they are shown as (METHODS.md §3)."""
    if values.shape.rank == 3:
        return values
    return tf.reduce_max(tf.abs(values), -1) if spec.shown == "largest" else tf.reduce_sum(values, -1)
