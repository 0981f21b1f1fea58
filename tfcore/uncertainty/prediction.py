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
from tfcore.results import Box, Insert, Structures, Sureness
from tfcore.uncertainty.dropout import RandomNumbers, key_of
from tfcore.uncertainty.network import DropoutNetwork, dropout_network
from tfcore.uncertainty.passes import Moments, checked, in_rounds
from tfcore.uncertainty.structures import MASKS, packed, shared_of, structures_of


def uncertainty(
    model: Model,
    batch: Any,
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    progress: Progress = silent,
) -> Sureness:
    """How sure the network is of each image of the batch, from many passes with its dropout on.

    ``insert`` puts dropout of that rate after each stage, for networks without; ``"noise 0.1"`` puts noise on the
    picture instead, of that share of its range, as is done with every black box. ``progress`` may raise ``Cancelled``;
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
    # (passes, C); per pixel the masks of the first passes, (passes, S, bytes of bits).
    each: np.ndarray

    @classmethod
    def of(cls, *tensors: tf.Tensor) -> _Part:
        count, mean, squares, entropies, votes, each = (tensor.numpy() for tensor in tensors)
        moments = Moments(int(count), mean.astype(np.float64), squares.astype(np.float64))
        return cls(moments, entropies.astype(np.float64), votes.astype(np.float64), _kept(each))

    def __add__(self, other: _Part) -> _Part:
        each = np.concatenate([self.each, other.each])
        if each.ndim == 3:
            each = each[:MASKS]
        return _Part(self.given + other.given, self.entropies + other.entropies, self.votes + other.votes, each)


def _kept(each: np.ndarray) -> np.ndarray:
    return packed(each[:MASKS]) if each.dtype == bool else each


def _passes(network: DropoutNetwork, values: Values) -> Any:
    """The traced passes: (starting values, key, first pass, number of passes) → the tensors of a :class:`_Part`."""
    model, program, outputs = network.model, network.program, network.model.outputs
    drawn = _structures(model).values()
    # (C, S): which classes a structure is made of.
    made_of = np.array([[index in inside for inside in drawn] for index in range(len(model.classes))], np.float32)

    def run(given: Values, key: tf.Tensor, first: tf.Tensor, rows: tf.Tensor) -> list[tf.Tensor]:
        draws = RandomNumbers(key, first, rows)
        found = program.run(network.repeated(given, draws), [program.output], call=network.dropping(draws))
        samples = outputs.answers(tf.cast(found[program.output], tf.float32))
        # From the first pass on, so that equal passes have a variance of exactly zero.
        apart = samples - samples[:1]
        mean, votes = tf.reduce_mean(apart, 0), outputs.votes(samples)
        return [
            rows,
            samples[0] + mean,
            tf.reduce_sum((apart - mean) ** 2, 0),
            tf.reduce_sum(outputs.entropy(samples), 0),
            tf.reduce_sum(votes, 0),
            samples if samples.shape.rank == 2 else tf.tensordot(votes, made_of, 1) > 0,
        ]

    def make() -> Any:
        return model.traced(run, network.signature(values))

    return model.compiled(("passes", network.insert, outputs.threshold, tuple(values)), make)


def _result(network: DropoutNetwork, parts: list[_Part], passes: int, seed: int, seconds: float) -> Sureness:
    model = network.model
    mean = np.stack([part.given.mean for part in parts])
    variance: np.ndarray = np.stack([part.given.variance for part in parts])
    entropy = model.outputs.entropy_of(mean)
    expected = np.stack([part.entropies for part in parts]) / passes
    votes: np.ndarray = np.stack([part.votes for part in parts]) / passes
    # Rounding aside it cannot be negative.
    mutual: np.ndarray = np.maximum(entropy - expected, 0.0)
    structures = samples = None
    if mean.ndim > 2:
        structures = Structures(tuple(_structures(model)), np.stack([shared_of(part.each) for part in parts]))
        # Millions of places, of which nobody reads the eighth digit.
        places = (variance.mean(-1), entropy, mutual, votes)
        variance, entropy, mutual, votes = (each.astype(np.float32) for each in places)
    else:
        samples = np.stack([part.each for part in parts])
    return Sureness(
        classes=model.classes,
        mean=mean.astype(np.float32),
        variance=variance,
        entropy=entropy,
        mutual_information=mutual,
        votes=votes,
        samples=samples,
        structures=structures,
        passes=passes,
        seed=seed,
        insert=network.insert,
        left_inactive=network.left_inactive,
        largest_entropy=model.outputs.largest_entropy(len(model.classes)),
        model=model.source or model.name,
        weights=model.weights,
        seconds=seconds,
    )


def _structures(model: Model) -> dict[str, tuple[int, ...]]:
    return structures_of(model.classes, model.drawn)


def sureness_of(model: Model, picture: Picture, found: Sureness, box: Box, index: int) -> Sureness:
    """What image ``index`` of the batch got, with the facts that name its origin; masks in mm² where that is known."""
    if not np.isfinite(found.mean[index]).all():
        raise HeatlensError(f"{picture.path}: passes of {model.name} answer with NaN or infinity; it was left out.")
    own = found[index]
    if own.structures is not None:
        place = box.width * box.height / math.prod(own.entropy.shape)
        unit = "px" if picture.spacing is None else "mm²"
        sized = replace(own.structures, place=place * math.prod(picture.spacing or (1.0,)), unit=unit)
        own = replace(own, structures=sized)
    return replace(own, path=str(picture.path), box=box, hashes=hashes_of(model, picture))
