"""What the loop is fed with: batches of pictures, or of the features that a frozen base made of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from tfcore.data.pipeline import Pipeline
from tfcore.lazy import tf


class Feed(Protocol):
    """Batches (input, target) of one side."""

    targets: np.ndarray
    steps: int

    def epoch(self, number: int) -> tf.data.Dataset:
        """The batches of that epoch: the same for the same number."""


class Pictures:
    """Batches of a pipeline."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.targets = pipeline.targets
        self.steps = pipeline.steps

    def epoch(self, number: int) -> tf.data.Dataset:
        self.pipeline.epoch = number
        return self.pipeline.data


class Features:
    """Batches of features kept in memory; shuffled anew every epoch where a seed is given."""

    def __init__(self, values: np.ndarray, targets: np.ndarray, batch: int, seed: int | None = None) -> None:
        self.targets = targets
        self.steps = -(-len(targets) // batch)
        self._values, self._batch, self._seed = values, batch, seed

    def epoch(self, number: int) -> tf.data.Dataset:
        order = np.arange(len(self.targets))
        if self._seed is not None:
            order = np.random.default_rng([self._seed, number]).permutation(order)

        def batches() -> Iterator[tuple[np.ndarray, np.ndarray]]:
            for start in range(0, len(order), self._batch):
                rows = order[start : start + self._batch]
                yield self._values[rows], self.targets[rows]

        kinds = tuple(tf.TensorSpec([None, *each.shape[1:]], each.dtype) for each in (self._values, self.targets))
        made = tf.data.Dataset.from_generator(batches, output_signature=kinds)
        return made.apply(tf.data.experimental.assert_cardinality(self.steps)).prefetch(2)
