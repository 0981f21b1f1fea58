from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.tfcore.uncertainty import networks
from tfcore.models.loading import load_model
from tfcore.models.program import program
from tfcore.uncertainty.dropout import Dropping, RandomNumbers, active, key_of
from tfcore.uncertainty.prediction import uncertainty

RATE = 0.3


def dropped(layer: keras.layers.Layer, value: np.ndarray, rows: int) -> np.ndarray:
    """A value (…) after that many passes through the layer."""
    model = keras.Sequential([keras.Input(value.shape), layer])
    steps = program(model)
    draws = RandomNumbers(tf.constant(11, tf.uint64), tf.constant(0), tf.constant(rows))
    given = {steps.input: tf.constant(value[None])}
    call = Dropping(draws, {step: number for number, step in enumerate(active(steps))})
    return steps.run(given, [steps.output], call=call)[steps.output].numpy()


def test_dropout_keeps_the_mean_and_its_rate() -> None:
    found = dropped(keras.layers.Dropout(RATE), np.ones((50,), np.float32), 2000)
    assert (found == 0).mean() == pytest.approx(RATE, abs=0.006)
    np.testing.assert_allclose(found[found > 0], 1 / (1 - RATE), rtol=1e-6)


@pytest.mark.parametrize(
    ("layer", "shape", "axes"),
    [
        (keras.layers.SpatialDropout1D, (5, 40), (1,)),
        (keras.layers.SpatialDropout2D, (4, 3, 40), (1, 2)),
        (keras.layers.SpatialDropout3D, (2, 4, 3, 40), (1, 2, 3)),
    ],
)
def test_spatial_dropout_drops_whole_channels(layer: type, shape: tuple[int, ...], axes: tuple[int, ...]) -> None:
    found = dropped(layer(RATE), np.ones(shape, np.float32), 300)
    assert found.shape == (300, *shape)
    assert (found == found.max(axes, keepdims=True)).all()
    assert (found == 0).mean() == pytest.approx(RATE, abs=0.02)


def test_a_noise_shape_ties_axes_together() -> None:
    found = dropped(keras.layers.Dropout(RATE, noise_shape=(None, 1, 1, 1)), np.ones((4, 3, 5), np.float32), 2000)
    assert (found == found[:, :1, :1, :1]).all()
    assert (found == 0).mean() == pytest.approx(RATE, abs=0.05)


def test_gaussian_dropout_multiplies_by_noise_around_one() -> None:
    found = dropped(keras.layers.GaussianDropout(RATE), np.full((50,), 2.0, np.float32), 2000) / 2
    assert found.mean() == pytest.approx(1, abs=0.01)
    assert found.std() == pytest.approx(np.sqrt(RATE / (1 - RATE)), abs=0.01)


def test_alpha_dropout_keeps_mean_and_variance() -> None:
    value = np.random.default_rng(0).standard_normal(3000).astype(np.float32)
    found = dropped(keras.layers.AlphaDropout(RATE), value, 100)
    assert found.mean() == pytest.approx(value.mean(), abs=0.04)
    assert found.std() == pytest.approx(1, abs=0.04)
    # As many units as the rate says are at the limit, whatever they were.
    assert (np.abs(found - found.min(0)) < 1e-5).mean() > RATE - 0.05


def test_infinite_values_are_dropped_to_zero_too() -> None:
    found = dropped(keras.layers.Dropout(0.5), np.full((8,), np.inf, np.float32), 50)
    assert set(np.unique(found)) == {0.0, np.inf}


def test_a_pass_has_the_same_numbers_wherever_a_round_begins() -> None:
    key, shape = tf.constant(7, tf.uint64), tf.constant([3, 5])

    def drawn(first: int, rows: int) -> list[np.ndarray]:
        draws = RandomNumbers(key, tf.constant(first), tf.constant(rows))
        return [draws.kept(shape, 0.5, 2).numpy(), draws.normal(shape, 2).numpy()]

    for whole, begun, rest in zip(drawn(0, 20), drawn(0, 3), drawn(3, 17), strict=True):
        np.testing.assert_array_equal(whole, np.concatenate([begun, rest]))
        assert len(np.unique(whole.reshape(20, -1), axis=0)) == 20


def test_layers_passes_images_and_seeds_draw_independently() -> None:
    shape = tf.constant([4000])

    def drawn(key: np.ndarray, stream: int, first: int) -> np.ndarray:
        return RandomNumbers(tf.constant(key), tf.constant(first), tf.constant(1)).normal(shape, stream).numpy()[0]

    one, other = networks.images(2)
    base = drawn(key_of(one, 0), 0, 0)
    for different in (
        drawn(key_of(other, 0), 0, 0),
        drawn(key_of(one, 1), 0, 0),
        drawn(key_of(one, 0), 1, 0),
        drawn(key_of(one, 0), 0, 1),
    ):
        assert abs(np.corrcoef(base, different)[0, 1]) < 0.06


def test_a_layer_called_twice_draws_twice() -> None:
    image = keras.Input((60,))
    shared = keras.layers.Dropout(0.5)
    network = keras.Model(image, keras.layers.Subtract()([shared(image), shared(image)]))
    steps = program(network)
    draws = RandomNumbers(tf.constant(1, tf.uint64), tf.constant(0), tf.constant(4))
    call = Dropping(draws, {step: number for number, step in enumerate(active(steps))})
    assert len(call.streams) == 2
    assert steps.run({steps.input: tf.ones((4, 60))}, [steps.output], call=call)[steps.output].numpy().any()


def test_half_precision_stays_half_precision() -> None:
    layers = keras.layers
    dense = layers.Dense(3, dtype="float32")
    body = [layers.Flatten(), layers.Dense(8, dtype="mixed_float16"), layers.Dropout(0.5, dtype="mixed_float16")]
    model = load_model(keras.Sequential([keras.Input(networks.SHAPE), *body, dense]))
    found = uncertainty(model, networks.images(1), passes=5)
    assert np.isfinite(found.mean).all()
    assert (found.variance > 0).all()


def test_dropout_hidden_in_attention_is_named_as_left_off() -> None:
    layers = keras.layers
    image = keras.Input(networks.SHAPE)
    tokens = layers.Reshape((64, 3))(image)
    attended = layers.MultiHeadAttention(1, 2, dropout=0.5, name="attention")(tokens, tokens)
    pooled = layers.Dropout(0.2)(layers.GlobalAveragePooling1D()(attended))
    model = load_model(keras.Model(image, layers.Dense(2)(pooled)))
    assert uncertainty(model, networks.images(1), passes=2).left_inactive == ("attention",)
