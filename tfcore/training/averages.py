"""The mean of the latest weights: it learns nothing itself, and swings less than any of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from tfcore.lazy import keras, tf


class Averages:
    """a ← m·a + (1 − m)·w after step t = 1, 2 …, with m = min(1 − 1/span, (1 + t)/(10 + t)): of what learns, and of
    batch norm's statistics.

    Early on they look back on few steps, so that the first weights are soon forgotten. A span of 0 averages nothing.
    Not those of Keras's optimisers, which take the place of the weights whenever ``fit`` returns.
    """

    def __init__(self, network: keras.Model, span: float) -> None:
        layers = network._flatten_layers(include_self=False)
        norms = [each for each in layers if isinstance(each, keras.layers.BatchNormalization) and each.trainable]
        statistics = [variable for norm in norms for variable in norm.non_trainable_variables]
        self._learning = [*network.trainable_variables, *statistics] if span else []
        self._means = [tf.Variable(np.asarray(variable), trainable=False) for variable in self._learning]
        self._done = tf.Variable(0.0, trainable=False)
        self._most = 1 - 1 / max(span, 1)
        self._take = tf.function(self._taken, autograph=False)

    @property
    def variables(self) -> list[Any]:
        """What a run that goes on needs."""
        return [self._done, *self._means] if self._means else []

    def step(self) -> None:
        """Take the weights as they are now into the mean."""
        if self._means:
            self._take()

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The network has the mean for its weights until the block ends."""
        learning = [np.asarray(variable) for variable in self._learning]
        try:
            self._assign(self._means)
            yield
        finally:
            self._assign(learning)

    def _assign(self, values: list[Any]) -> None:
        for variable, value in zip(self._learning, values, strict=True):
            variable.assign(value)

    def _taken(self) -> None:
        done = self._done.assign_add(1)
        share = 1 - tf.minimum(self._most, (1 + done) / (10 + done))
        for mean, variable in zip(self._means, self._learning, strict=True):
            mean.assign_add(share * (tf.convert_to_tensor(variable.value) - mean))
