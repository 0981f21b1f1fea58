"""``uncertainty``: many passes through the part of the network that changes, added up as they come."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.heat import hashes_of
from tfcore.explain.runners import Progress, silent
from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.program import Values
from tfcore.pictures import Picture
from tfcore.results import Box, Sureness
from tfcore.uncertainty.dropout import RandomNumbers, key_of
from tfcore.uncertainty.network import DropoutNetwork, dropout_network
from tfcore.uncertainty.passes import Moments, checked, in_rounds


def uncertainty(
    model: Model,
    batch: Any,
    passes: int = 100,
    seed: int = 0,
    insert: float | None = None,
    progress: Progress = silent,
) -> Sureness:
    """How sure the network is of each image of the batch, from many passes with its dropout on.

    ``insert`` puts dropout of that rate after each stage, for networks without. ``progress`` may raise ``Cancelled``;
    what is done by then comes back. An image gets the same numbers alone, in a batch, and in every run.

    >>> tfcore.uncertainty(model, batch).entropy                                            # doctest: +SKIP
    """
    began = time.perf_counter()
    passes, seed, insert = checked(passes, seed, insert)
    batch = model.checked(batch)
    network = dropout_network(model, insert)
    together = network.together(batch)
    keys = [key_of(image, seed) for image in batch]

    def start(index: int) -> Values:
        return network.start(batch[index : index + 1], rounds=math.ceil(passes / together))

    def some(values: Values, index: int, first: int, rows: int) -> _Part:
        run = _passes(network, values)
        return _Part.of(*run(values, tf.constant(keys[index]), tf.constant(first), tf.constant(rows)))

    parts, done = in_rounds(len(batch), passes, together, start, some, progress)
    return _result(network, parts, done, seed, time.perf_counter() - began)


@dataclass(frozen=True, eq=False)
class _Part:
    """Some passes of one image."""

    given: Moments
    # Mean entropy of a pass, and share of votes, times the number of passes.
    entropies: np.ndarray
    votes: np.ndarray
    # (passes, C); None per pixel.
    samples: np.ndarray | None

    @classmethod
    def of(cls, *tensors: tf.Tensor) -> _Part:
        count, mean, squares, entropies, votes, *samples = (tensor.numpy() for tensor in tensors)
        moments = Moments(int(count), mean.astype(np.float64), squares.astype(np.float64))
        return cls(moments, entropies.astype(np.float64), votes.astype(np.float64), samples[0] if samples else None)

    def __add__(self, other: _Part) -> _Part:
        samples = None
        if self.samples is not None and other.samples is not None:
            samples = np.concatenate([self.samples, other.samples])
        return _Part(self.given + other.given, self.entropies + other.entropies, self.votes + other.votes, samples)


def _passes(network: DropoutNetwork, values: Values) -> Any:
    """The traced passes: (starting values, key, first pass, number of passes) → the tensors of a :class:`_Part`."""
    model, program, outputs = network.model, network.program, network.model.outputs

    def run(given: Values, key: tf.Tensor, first: tf.Tensor, rows: tf.Tensor) -> list[tf.Tensor]:
        draws = RandomNumbers(key, first, rows)
        found = program.run(network.repeated(given, draws), [program.output], call=network.dropping(draws))
        samples = outputs.answers(tf.cast(found[program.output], tf.float32))
        # From the first pass on, so that equal passes have a variance of exactly zero.
        apart = samples - samples[:1]
        mean = tf.reduce_mean(apart, 0)
        sums = [
            rows,
            samples[0] + mean,
            tf.reduce_sum((apart - mean) ** 2, 0),
            tf.reduce_sum(outputs.entropy(samples), 0),
            tf.reduce_sum(outputs.votes(samples), 0),
        ]
        return [*sums, samples] if samples.shape.rank == 2 else sums

    def make() -> Any:
        return tf.function(run, input_signature=network.signature(values), autograph=False)

    return model.compiled(("passes", network.insert, tuple(values)), make)


def _result(network: DropoutNetwork, parts: list[_Part], passes: int, seed: int, seconds: float) -> Sureness:
    model = network.model
    mean = np.stack([part.given.mean for part in parts])
    variance = np.stack([part.given.variance for part in parts])
    entropy = model.outputs.entropy_of(mean)
    expected = np.stack([part.entropies for part in parts]) / passes
    samples = [part.samples for part in parts if part.samples is not None]
    return Sureness(
        classes=model.classes,
        mean=mean.astype(np.float32),
        variance=variance if samples else variance.mean(-1),
        entropy=entropy,
        # Rounding aside it cannot be negative.
        mutual_information=np.maximum(entropy - expected, 0.0),
        votes=np.stack([part.votes for part in parts]) / passes,
        samples=np.stack(samples) if samples else None,
        passes=passes,
        seed=seed,
        insert=network.insert,
        left_inactive=network.left_inactive,
        largest_entropy=model.outputs.largest_entropy(len(model.classes)),
        model=model.source or model.name,
        weights=model.weights,
        seconds=seconds,
    )


def sureness_of(model: Model, picture: Picture, found: Sureness, box: Box, index: int) -> Sureness:
    """What image ``index`` of the batch got, with the facts that name its origin."""
    if not np.isfinite(found.mean[index]).all():
        raise HeatlensError(f"{picture.path}: passes of {model.name} answer with NaN or infinity; it was left out.")
    return replace(found[index], path=str(picture.path), box=box, hashes=hashes_of(model, picture))
