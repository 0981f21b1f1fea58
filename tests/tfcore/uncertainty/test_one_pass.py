"""A network with the dropout of one pass frozen in."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
import pytest

from tests.tfcore.uncertainty import networks
from tfcore.explain.pieces import forward
from tfcore.models.model import Model
from tfcore.uncertainty.dropout import key_of
from tfcore.uncertainty.heat_passes import OnePass
from tfcore.uncertainty.network import dropout_network
from tfcore.uncertainty.prediction import uncertainty


@pytest.mark.parametrize(
    "make", [networks.branched, networks.nested, lambda: networks.sequential(keras.layers.AlphaDropout(0.4))]
)
def test_it_says_what_the_passes_say_and_the_same_to_every_copy(make: Callable[[], Model]) -> None:
    model, batch = make(), networks.images(1)
    samples = uncertainty(model, batch, passes=3, seed=5).probabilities
    assert samples is not None
    one = OnePass(dropout_network(model, None))
    for number in (2, 0, 1):
        one.choose(key_of(batch[0], 5), number)
        said = model.outputs.probabilities(forward(one.model, np.repeat(batch, 3, 0)).numpy())
        np.testing.assert_allclose(said, np.repeat(samples[number], 3, 0), atol=1e-6)


def test_the_model_itself_stays_as_it_was() -> None:
    model, batch = networks.branched(), networks.images(1)
    before = model.predict(batch)
    one = OnePass(dropout_network(model, None))
    one.choose(key_of(batch[0], 0), 0)
    assert not np.array_equal(model.outputs.probabilities(forward(one.model, batch).numpy()), before)
    np.testing.assert_array_equal(model.predict(batch), before)
