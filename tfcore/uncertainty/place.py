"""What every pass says of one place of a picture, of a network that answers for every pixel."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcore.explain.runners import Progress, silent
from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.program import Values
from tfcore.models.scores import check_positions
from tfcore.results import Insert
from tfcore.uncertainty.dropout import RandomNumbers, key_of
from tfcore.uncertainty.network import DropoutNetwork, dropout_network
from tfcore.uncertainty.passes import checked


def at_place(
    model: Model,
    batch: Any,
    row: int,
    column: int,
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    progress: Progress = silent,
) -> np.ndarray:
    """(passes, C): the probabilities at a place of the answer to the one image of the batch.

    The passes are those of :func:`tfcore.uncertainty` for the same seed.
    """
    passes, seed, insert = checked(passes, seed, insert)
    check_positions(model)
    batch = model.checked(batch)
    network = dropout_network(model, insert)
    start, key = network.start(batch[:1]), tf.constant(key_of(batch[0], seed))
    run, together = _passes(network, start), network.together(batch)
    found = []
    for first in range(0, passes, together):
        progress(first, passes)
        rows = min(together, passes - first)
        found.append(run(start, key, tf.constant(first), tf.constant(rows), tf.constant([row, column])).numpy())
    return np.concatenate(found)


def _passes(network: DropoutNetwork, values: Values) -> Any:
    model, program = network.model, network.program

    def run(given: Values, key: tf.Tensor, first: tf.Tensor, rows: tf.Tensor, place: tf.Tensor) -> tf.Tensor:
        draws = RandomNumbers(key, first, rows)
        found = program.run(network.repeated(given, draws), [program.output], call=network.dropping(draws))
        return model.outputs.answers(tf.cast(found[program.output][:, place[0], place[1]], tf.float32))

    def make() -> Any:
        where = tf.TensorSpec([2], tf.int32)
        return model.traced(run, [*network.signature(values), where])

    return model.compiled(("passes at a place", network.insert, tuple(values)), make)
