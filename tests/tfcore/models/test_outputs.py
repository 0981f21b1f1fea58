"""Whatever a network ends in, its own answer is what is predicted; a logit is taken only where it can be put back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import keras
import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tfcore.errors import HeatlensError
from tfcore.models.model import Model

L, O = keras.layers, keras.ops  # noqa: E741
pytestmark = pytest.mark.filterwarnings("ignore:.*softmax over axis")
PICTURES = np.random.default_rng(3).normal(0, 2, (6, 9, 11, 3)).astype(np.float32)


@keras.saving.register_keras_serializable("tests")
class Voting(L.Layer):
    """Somebody's own head: a linear layer and a softmax at half the temperature, in one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = L.Dense(3)

    def build(self, shape: Any) -> None:
        self.inner.build(shape)

    def call(self, values: Any) -> Any:
        return O.softmax(self.inner(values) * 2)


def dense(x: Any, units: int = 3, activation: Any = None, **settings: Any) -> Any:
    return L.Dense(units, activation=activation, kernel_initializer="he_normal", **settings)(x)


def sparsemax(z: Any) -> Any:
    """The nearest point of the simplex (Keras's own takes rows of a batch for one another)."""
    falling = O.flip(O.sort(z, -1), -1)
    sums = O.cumsum(falling, -1)
    counts = O.arange(1, z.shape[-1] + 1, dtype="float32")
    held = O.sum(O.cast(1 + counts * falling > sums, "float32"), -1, keepdims=True)
    edge = (O.take_along_axis(sums, O.cast(held, "int32") - 1, -1) - 1) / held
    return O.relu(z - edge)


def normalised(x: Any) -> Any:
    powers = O.exp(x)
    return powers / O.sum(powers, -1, keepdims=True)


def both_sides(p: Any) -> Any:
    return L.Concatenate()([1 - p, p])


def turned(x: Any) -> Any:
    """Averaged over a picture and its mirror image, as test-time augmentation does."""
    inner = keras.Sequential([keras.Input(x.shape[1:]), L.GlobalAveragePooling2D(), L.Dense(3, "softmax")])
    return L.Average()([inner(x), inner(x[:, :, ::-1])])


def mean(x: Any) -> Any:
    return L.GlobalAveragePooling2D()(x)


# Per head: what follows the feature map, what the answer is, and what is taken off (empty: nothing).
HEADS: dict[str, tuple[Callable[[Any], Any], str, str]] = {
    "softmax inside": (lambda x: dense(mean(x), 3, "softmax"), "classes", "softmax"),
    "softmax layer": (lambda x: L.Softmax()(dense(mean(x))), "classes", "softmax"),
    "softmax activation layer": (lambda x: L.Activation("softmax")(dense(mean(x))), "classes", "softmax"),
    "softmax operation": (lambda x: O.softmax(dense(mean(x))), "classes", "softmax"),
    "softmax in a layer as activation": (lambda x: dense(mean(x), 3, L.Softmax()), "classes", "softmax"),
    "softmax at a temperature": (lambda x: O.softmax(dense(mean(x)) / 2.5), "classes", "softmax"),
    "softmax, reshaped": (
        lambda x: L.Reshape((3,))(L.Softmax()(L.Reshape((1, 3))(dense(mean(x))))), "classes", "softmax"),
    "softmax, dropout behind": (lambda x: L.Dropout(0.3)(dense(mean(x), 3, "softmax")), "classes", "softmax"),
    "softmax of a convolution": (lambda x: L.Softmax()(mean(L.Conv2D(3, 3)(x))), "classes", "softmax"),
    "softmax of a normed layer": (lambda x: L.Softmax()(L.BatchNormalization()(dense(mean(x)))), "classes", "softmax"),
    "softmax in float64": (lambda x: dense(mean(x), 3, "softmax", dtype="float64"), "classes", "softmax"),
    "log softmax": (lambda x: O.log_softmax(dense(mean(x))), "classes", "softmax"),
    "log softmax inside": (lambda x: dense(mean(x), 3, "log_softmax"), "classes", "softmax"),
    "logarithm of a softmax": (lambda x: O.log(dense(mean(x), 3, "softmax")), "classes", "exp"),
    "softmax over one unit": (lambda x: dense(mean(x), 1, "softmax"), "unit", ""),
    "softmax along another axis": (lambda x: mean(L.Softmax(axis=1)(L.Conv2D(3, 3)(x))), "labels", ""),
    "softmax per position, flattened": (
        lambda x: L.Flatten()(L.Conv2D(2, (9, 6), activation="softmax")(x)), "labels", ""),
    "softmax per position, averaged": (lambda x: mean(L.Conv2D(3, 3, activation="softmax")(x)), "classes", ""),
    "two softmax networks averaged": (
        lambda x: L.Average()([dense(mean(x), 3, "softmax"), dense(mean(x), 3, "softmax")]), "classes", ""),
    "two softmax networks weighed": (
        lambda x: 0.3 * dense(mean(x), 3, "softmax") + 0.7 * dense(mean(x), 3, "softmax"), "classes", ""),
    "averaged over mirrored pictures": (turned, "classes", ""),
    "softmax of a softmax": (lambda x: O.softmax(dense(mean(x), 3, "softmax")), "classes", "softmax"),
    "a softmax inside a layer of one's own": (lambda x: Voting()(mean(x)), "classes", ""),
    "sparsemax": (lambda x: sparsemax(dense(mean(x))), "classes", ""),
    "Keras's sparsemax": (lambda x: dense(mean(x), 3, "sparsemax"), "numbers", ""),
    "exp over its sum": (lambda x: normalised(dense(mean(x))), "classes", ""),
    "softplus over its sum": (lambda x: normalised(O.log(dense(mean(x), 3, "softplus"))), "classes", ""),
    "the softmax in a TimeDistributed": (
        lambda x: L.Flatten()(L.TimeDistributed(L.Dense(3, "softmax"))(L.Reshape((1, -1))(mean(x)))), "classes", ""),
    "one sigmoid": (lambda x: dense(mean(x), 1, "sigmoid"), "unit", "sigmoid"),
    "one sigmoid as a layer": (lambda x: L.Activation("sigmoid")(dense(mean(x), 1)), "unit", "sigmoid"),
    "one hard sigmoid": (lambda x: dense(mean(x), 1, "hard_sigmoid"), "unit", ""),
    "one sigmoid and its rest": (lambda x: both_sides(dense(mean(x), 1, "sigmoid")), "classes", ""),
    "three sigmoids": (lambda x: dense(mean(x), 3, "sigmoid"), "labels", "sigmoid"),
    "sigmoids side by side": (
        lambda x: L.Concatenate()([dense(mean(x), 1, "sigmoid"), dense(mean(x), 1, "sigmoid")]), "labels", ""),
    "hard sigmoids": (lambda x: dense(mean(x), 3, "hard_sigmoid"), "labels", ""),
    "two sigmoid networks averaged": (
        lambda x: L.Average()([dense(mean(x), 3, "sigmoid"), dense(mean(x), 3, "sigmoid")]), "labels", ""),
    "sigmoids multiplied": (
        lambda x: L.Multiply()([dense(mean(x), 3, "sigmoid"), dense(mean(x), 3, "sigmoid")]), "labels", ""),
    "tanh": (lambda x: dense(mean(x), 3, "tanh"), "numbers", ""),
    "one tanh": (lambda x: dense(mean(x), 1, "tanh"), "numbers", ""),
    "relu": (lambda x: dense(mean(x), 3, "relu"), "numbers", ""),
    "leaky sum of squares": (lambda x: O.square(dense(mean(x))), "numbers", ""),
    "per pixel softmax": (lambda x: L.Conv2D(3, 1, activation="softmax")(x), "classes", "softmax"),
    "per pixel softmax, enlarged": (
        lambda x: L.UpSampling2D(2, interpolation="bilinear")(L.Conv2D(3, 1, activation="softmax")(x)), "classes", ""),
    "per pixel sigmoid": (lambda x: L.Conv2D(1, 1, activation="sigmoid")(x), "unit", "sigmoid"),
}  # fmt: skip

# One for each way of coming to a logit, or to none.
EXPLAINED = (
    *("softmax layer", "log softmax", "logarithm of a softmax", "softmax of a softmax", "exp over its sum"),
    *("one sigmoid", "one sigmoid and its rest", "three sigmoids", "tanh", "per pixel softmax, enlarged"),
)
# And every second one of the others.
PREDICTED = (*EXPLAINED, *[name for name in HEADS if name not in EXPLAINED][::2])


def network(head: Callable[[Any], Any]) -> keras.Model:
    keras.utils.set_random_seed(5)
    picture = keras.Input((9, 11, 3))
    return keras.Model(picture, head(L.Conv2D(6, 3, padding="same", activation="relu", name="map")(picture)))


@cache
def opened(name: str) -> tuple[np.ndarray, Model]:
    """What the network itself says, and the network opened."""
    net = network(HEADS[name][0])
    return np.asarray(net(PICTURES, training=False)), tfcore.load_model(net)


@pytest.mark.parametrize("name", telling(PREDICTED, HEADS))
def test_the_models_own_answer_is_predicted(name: str) -> None:
    own, model = opened(name)
    _, kind, activation = HEADS[name]
    assert (model.outputs.kind, model.outputs.activation) == (kind, activation)
    predicted = model.predict(PICTURES)
    if own.shape[-1] == 1:
        np.testing.assert_allclose(predicted.sum(-1), 0 if kind == "numbers" else 1, atol=1e-6)
        predicted = predicted[..., 1:]
    np.testing.assert_allclose(predicted, np.exp(own) if name.startswith("log") else own, atol=1e-6)


@pytest.mark.parametrize("name", telling(EXPLAINED, HEADS))
def test_what_is_explained_gives_the_prediction(name: str) -> None:
    _, model = opened(name)
    found = tfcore.explain(model, PICTURES[:2], "grad-cam", layer="map")
    np.testing.assert_allclose(model.outputs.probabilities(found.logits), model.predict(PICTURES[:2]), atol=1e-6)
    assert np.isfinite(found.maps).all()
    # Only where no logit can be had does a sentence say what was taken for it.
    assert bool(model.outputs.sentence) == (model.outputs.activation not in ("softmax", "sigmoid"))


def test_an_activation_that_serves_twice_stays() -> None:
    picture = keras.Input((9, 11, 3))
    twice = L.Dense(3, "softmax")
    net = keras.Model(picture, twice(twice(L.GlobalAveragePooling2D()(picture))))
    own, model = np.asarray(net(PICTURES)), tfcore.load_model(net)
    assert model.outputs.activation == ""
    np.testing.assert_allclose(model.predict(PICTURES), own, atol=1e-6)


def test_half_precision_is_answered_in_half_precision() -> None:
    net = keras.Sequential([keras.Input((9, 11, 3)), L.Flatten(), L.Dense(4, "softmax", dtype="float16")])
    np.testing.assert_array_equal(tfcore.load_model(net).predict(PICTURES), np.asarray(net(PICTURES), np.float32))


def test_a_network_without_last_activation_is_asked_about() -> None:
    net = network(lambda x: dense(mean(x)))
    model = tfcore.load_model(net)
    assert model.card.outputs == "logits"
    assert "outputs" in model.card.guessed
    labels = Model(net, model.card.with_(outputs="label logits"))
    assert "outputs" not in labels.card.guessed
    np.testing.assert_allclose(labels.predict(PICTURES), 1 / (1 + np.exp(-np.asarray(net(PICTURES)))), atol=1e-6)
    numbers = Model(net, model.card.with_(outputs="numbers"))
    np.testing.assert_allclose(numbers.predict(PICTURES), np.asarray(net(PICTURES)), atol=1e-6)


def test_a_card_that_contradicts_the_network_is_refused() -> None:
    net = network(lambda x: dense(mean(x), 3, "softmax"))
    card = tfcore.load_model(net).card.with_(outputs="label logits")
    with pytest.raises(HeatlensError, match="outputs = 'label logits', but the network ends in softmax"):
        Model(net, card)


def test_plain_numbers_have_no_entropy_and_no_dropout_statistics() -> None:
    model = tfcore.load_model(network(lambda x: L.Dropout(0.5)(dense(mean(x), 3, "tanh"))))
    assert np.isnan(model.outputs.entropy_of(model.predict(PICTURES))).all()
    with pytest.raises(HeatlensError, match="plain numbers"):
        tfcore.uncertainty(model, PICTURES[:1], passes=3)


def test_a_network_that_eats_whole_numbers_is_not_given_shares_of_one() -> None:
    picture = keras.Input((9, 11, 3), dtype="uint8")
    net = keras.Model(picture, dense(mean(L.Conv2D(3, 3)(O.cast(picture, "float32"))), 2, "softmax"))
    assert tfcore.load_model(net).card.scaling == "none"


def test_the_figure_says_what_is_explained_in_place_of_a_logit() -> None:
    model = tfcore.load_model(network(lambda x: dense(mean(x), 3, "tanh")))
    assert "the network ends in Dense with tanh, which has no logit" in model.outputs.sentence


@pytest.mark.parametrize(("end", "units", "method"), [("hard_sigmoid", 1, "lrp-epsilon"), ("tanh", 3, "sglrp")])
def test_relevance_does_not_begin_with_what_is_no_score(end: str, units: int, method: str) -> None:
    model = tfcore.load_model(network(lambda x: dense(mean(x), units, end)))
    with pytest.raises(HeatlensError, match=r"begins with a logit|sglrp needs probabilities"):
        tfcore.explain(model, PICTURES[:1], method)
