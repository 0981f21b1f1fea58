from __future__ import annotations

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfcore
from tests.shared import telling
from tests.tfcore.uncertainty import networks
from tfcore.errors import HeatlensError
from tfcore.models.loading import load_model
from tfcore.models.model import Model
from tfcore.uncertainty.dropout import RandomNumbers, key_of
from tfcore.uncertainty.network import DropoutNetwork, dropout_network
from tfcore.uncertainty.prediction import _passes, uncertainty

KINDS = {
    "sequential": lambda: networks.sequential(keras.layers.Dropout(0.5)),
    "branched": networks.branched,
    "nested": networks.nested,
    "per pixel": networks.per_pixel,
}


def test_mean_and_variance_are_those_of_all_masks_weighed_by_their_chance() -> None:
    rate, passes = 0.3, 6000
    image = np.array([0.5, -1.0, 2.0, 1.5], np.float32).reshape(1, 1, 1, 4)
    weights = np.array([[1.0, -0.5], [0.5, 1.0], [-1.0, 0.4], [0.3, -1.2]], np.float32)
    layers = keras.layers
    network = keras.Sequential([keras.Input((1, 1, 4)), layers.Flatten(), layers.Dropout(rate), layers.Dense(2)])
    network.layers[-1].set_weights([weights, np.zeros(2, np.float32)])
    network.add(layers.Softmax())

    chances, values = [], []
    for mask in itertools.product([0, 1], repeat=4):
        logits = (image.ravel() * mask / (1 - rate)) @ weights
        values.append(np.exp(logits) / np.exp(logits).sum())
        chances.append(np.prod([1 - rate if kept else rate for kept in mask]))
    chances, values = np.array(chances), np.array(values)
    mean = chances @ values
    variance = chances @ (values - mean) ** 2
    fourth = chances @ (values - mean) ** 4
    entropies = -(values * np.log(values)).sum(1)

    found = uncertainty(load_model(network), image, passes)
    assert np.all(np.abs(found.mean[0] - mean) < 4 * np.sqrt(variance / passes))
    assert np.all(np.abs(found.variance[0] - variance) < 4 * np.sqrt((fourth - variance**2) / passes))
    total = -(mean * np.log(mean)).sum()
    assert found.entropy[0] == pytest.approx(total, abs=0.02)
    assert found.mutual_information[0] == pytest.approx(total - chances @ entropies, abs=0.02)
    assert found.votes[0] == pytest.approx([chances @ (values.argmax(1) == c) for c in (0, 1)], abs=0.03)


def test_the_figures_are_those_of_the_kept_passes() -> None:
    found = uncertainty(networks.branched(), networks.images(2), passes=70)
    passes = found.probabilities
    assert passes is not None
    assert passes.shape == (70, 2, 3)
    np.testing.assert_allclose(found.mean, passes.mean(0), atol=1e-6)
    # Equation 9b as it is printed, class by class.
    np.testing.assert_allclose(found.variance, (passes.astype(float) ** 2).mean(0) - passes.mean(0) ** 2, atol=1e-6)
    np.testing.assert_allclose(found.intervals[..., 1], np.quantile(passes, 0.95, axis=0))
    np.testing.assert_allclose(found.votes.sum(-1), 1)
    expected = -(passes * np.log(passes)).sum(-1).mean(0)
    np.testing.assert_allclose(found.entropy - expected, found.mutual_information, atol=1e-6)


def test_dropout_of_rate_zero_has_no_variance() -> None:
    model = networks.sequential(keras.layers.Dropout(0.0))
    found = uncertainty(model, networks.images(2), passes=40)
    assert not found.variance.any()
    np.testing.assert_allclose(found.mean, model.predict(networks.images(2)), atol=1e-6)


def test_batch_norm_stays_as_it_is_and_at_inference() -> None:
    model = networks.nested()
    before = [weight.numpy() for weight in model.keras.weights]
    uncertainty(model, networks.images(2), passes=5)
    for old, new in zip(before, model.keras.weights, strict=True):
        np.testing.assert_array_equal(old, new.numpy())
    # Were batch norm to use the batch's own statistics, the passes of one image would depend on each other.
    many = uncertainty(model, networks.images(1), passes=9).probabilities
    np.testing.assert_allclose(uncertainty(model, networks.images(1), passes=2).probabilities, many[:2], atol=1e-6)


@pytest.mark.parametrize("kind", telling(["branched", "per pixel"], KINDS))
def test_an_image_gets_the_same_numbers_alone_and_in_a_batch(kind: str) -> None:
    model, batch = KINDS[kind](), networks.images(16)
    together = uncertainty(model, batch, passes=6, seed=5)
    for index in (0, 7, 15):
        alone = uncertainty(model, batch[index : index + 1], passes=6, seed=5)
        for name in ("mean", "variance", "entropy", "mutual_information", "votes"):
            np.testing.assert_array_equal(getattr(alone, name)[0], getattr(together, name)[index])


def test_another_seed_draws_other_masks() -> None:
    model, batch = networks.branched(), networks.images(1)
    first, again, other = (uncertainty(model, batch, 8, seed).probabilities for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.isclose(first, other).all(-1).any()


@pytest.mark.parametrize(
    ("kind", "insert"),
    telling([("branched", None), ("nested", 0.2)], itertools.product(KINDS, (None, 0.2))),
)
def test_what_is_computed_once_changes_no_bit(kind: str, insert: float | None) -> None:
    model, batch = KINDS[kind](), networks.images(1)
    network = dropout_network(model, insert)
    plain = DropoutNetwork(model, network.program, insert, watched=(network.program.input,))
    assert plain.once == (network.program.input,)
    assert len(network.anew) < len(plain.anew)
    for reused, repeated in zip(_run(network, batch, 1), _run(plain, batch, 1), strict=True):
        np.testing.assert_array_equal(reused, repeated)
    # Seven copies of what is computed once may be rounded otherwise than one: so do oneDNN's convolutions.
    for reused, repeated in zip(_run(network, batch), _run(plain, batch), strict=True):
        np.testing.assert_allclose(reused, repeated, rtol=2e-6, atol=1e-7)


@pytest.mark.parametrize("kind", telling(["branched"], KINDS))
def test_passes_together_are_passes_one_by_one(kind: str) -> None:
    model, batch = KINDS[kind](), networks.images(1)
    network, program = dropout_network(model, None), model.program
    found = uncertainty(model, batch, passes=5)
    single = []
    for number in range(5):
        draws = RandomNumbers(tf.constant(key_of(batch[0], 0)), tf.constant(number), tf.constant(1))
        given = {program.input: tf.constant(batch)}
        single.append(program.run(given, [program.output], call=network.dropping(draws))[program.output].numpy()[0])
    np.testing.assert_allclose(found.mean[0], model.outputs.probabilities(np.stack(single)).mean(0), atol=1e-5)


@pytest.mark.parametrize(
    ("kind", "insert"),
    telling([("branched", 0.2)], itertools.product(KINDS, (None, 0.2))),
)
def test_a_long_network_runs_through_the_pieces_of_explanations(
    kind: str, insert: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = networks.images(2)
    short = uncertainty(KINDS[kind](), batch, 5, insert=insert)
    monkeypatch.setattr("tfcore.explain.pieces.LONG", 0)
    pieced = uncertainty(KINDS[kind](), batch, 5, insert=insert)
    np.testing.assert_allclose(pieced.mean, short.mean, atol=1e-6)
    np.testing.assert_allclose(pieced.variance, short.variance, atol=1e-6)


def _run(network: DropoutNetwork, batch: np.ndarray, passes: int = 7) -> list[np.ndarray]:
    values = network.start(batch)
    numbers = (tf.constant(key_of(batch[0], 0)), tf.constant(0), tf.constant(passes))
    return [tensor.numpy() for tensor in _passes(network, values)(values, *numbers)]


def test_only_what_depends_on_dropout_is_computed_anew() -> None:
    network = dropout_network(networks.branched(), None)
    anew = {step.path for step in network.anew}
    assert not anew & {"trunk", "long", "batch_normalization", "re_lu"}
    assert "joined" in anew
    inner = {step.path for step in dropout_network(networks.nested(), None).anew}
    assert "backbone/last" in inner
    assert not inner & {"rescaling", "backbone/conv"}


def test_an_answer_per_pixel_is_only_another_shape() -> None:
    found = uncertainty(networks.per_pixel(), networks.images(2), passes=40)
    assert found.mean.shape == found.votes.shape == (2, 8, 8, 3)
    # The channel mean of equation 9b.
    assert found.variance.shape == found.entropy.shape == found.mutual_information.shape == (2, 8, 8)
    assert found.probabilities is None
    assert found.intervals is None
    assert np.median(found.variance) > 0


def test_one_sigmoid_unit_is_two_classes() -> None:
    layers = keras.layers
    network = keras.Sequential(
        [keras.Input(networks.SHAPE), layers.Flatten(), layers.Dropout(0.4), layers.Dense(1, activation="sigmoid")]
    )
    found = uncertainty(load_model(network), networks.images(2), passes=20)
    assert found.mean.shape == (2, 2)
    np.testing.assert_allclose(found.mean.sum(-1), 1, atol=1e-6)
    assert found.largest_entropy == pytest.approx(np.log(2))


def test_several_sigmoid_units_have_an_entropy_each() -> None:
    layers = keras.layers
    network = keras.Sequential(
        [keras.Input(networks.SHAPE), layers.Flatten(), layers.Dropout(0.4), layers.Dense(3, activation="sigmoid")]
    )
    found = uncertainty(load_model(network), networks.images(1), passes=20)
    p = found.mean[0].astype(float)
    assert found.entropy[0] == pytest.approx(-(p * np.log(p) + (1 - p) * np.log(1 - p)).sum(), rel=1e-5)
    np.testing.assert_allclose(found.votes, (found.probabilities >= 0.5).mean(0))


# --- without dropout ---


def test_a_model_without_dropout_is_refused() -> None:
    with pytest.raises(HeatlensError, match=r"no dropout layer.*insert"):
        uncertainty(networks.without_dropout(), networks.images(1))


def test_dropout_can_be_put_in_and_the_result_says_so() -> None:
    model, batch = networks.without_dropout(), networks.images(2)
    before = model.predict(batch)
    found = uncertainty(model, batch, passes=30, insert=0.2)
    assert found.inserted
    assert found.insert == 0.2
    assert (found.variance > 0).all()
    paths = [step.path for step in dropout_network(model, 0.2).anew]
    assert [path for path in paths if path.endswith("+dropout")]
    # The model itself has no dropout more than before.
    np.testing.assert_array_equal(model.predict(batch), before)
    with pytest.raises(HeatlensError, match="no dropout layer"):
        uncertainty(model, batch)


def test_a_model_without_stages_takes_no_dropout() -> None:
    network = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)])
    with pytest.raises(HeatlensError, match="no stage"):
        uncertainty(load_model(network), np.zeros((1, 4, 4, 1), np.float32), insert=0.2)


def test_other_random_layers_stay_off_and_are_named() -> None:
    layers = keras.layers
    body = [layers.RandomFlip(), layers.GaussianNoise(1.0), layers.Flatten(), layers.Dropout(0.0), layers.Dense(2)]
    model = load_model(keras.Sequential([keras.Input(networks.SHAPE), *body]))
    found = uncertainty(model, networks.images(1), passes=3)
    assert ["flip" in path or "noise" in path for path in found.left_inactive] == [True, True]
    assert not found.variance.any()


# --- progress, and its end ---


# --- what is asked ---


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"passes": 0}, "passes = 0 is not a whole number from 1"),
        ({"passes": 1.5}, "passes = 1.5"),
        ({"seed": -1}, "seed = -1 is not a whole number from 0"),
        ({"insert": 0}, "insert = 0 is no dropout rate"),
        ({"insert": 1.0}, "insert = 1.0 is no dropout rate"),
        ({"insert": float("nan")}, "insert = nan is no dropout rate"),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict, sentence: str) -> None:
    with pytest.raises(HeatlensError, match=sentence):
        uncertainty(networks.branched(), networks.images(1), **wrong)


@pytest.mark.parametrize(
    ("batch", "sentence"),
    [
        (np.zeros((1, 9, 8, 3)), "9 × 8 × 3; the network takes 8 × 8 × 3"),
        (np.full((1, 8, 8, 3), np.nan), "NaN"),
        (np.zeros((0, 8, 8, 3)), "no images"),
    ],
)
def test_a_batch_the_network_cannot_eat_is_refused(batch: np.ndarray, sentence: str) -> None:
    with pytest.raises(HeatlensError, match=sentence):
        uncertainty(networks.branched(), batch)


def test_the_package_is_called_like_a_function() -> None:
    model: Model = networks.branched()
    assert tfcore.uncertainty(model, networks.images(1), passes=2).passes == 2
