"""What is settled before computing: folding, tables of rules, refusals."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfcore
from tests.shared import telling
from tests.tfcore.explain.lrp.small import NAMES, SHAPE, pictures, shaken, small
from tfcore.errors import HeatlensError
from tfcore.explain.lrp.canonize import Fold, folds
from tfcore.explain.lrp.linear import parts
from tfcore.explain.lrp.treatments import supported
from tfcore.models.program import Step

layers = keras.layers


@pytest.mark.parametrize("name", telling(["dense"], NAMES))
def test_folding_leaves_the_output_as_it_is(name: str) -> None:
    model = small(name)
    weights = model.keras.get_weights()
    plain, folded = (
        tfcore.explain(model, pictures(model), method="lrp-epsilon", canonize=canonize) for canonize in (False, True)
    )
    np.testing.assert_allclose(folded.logits, plain.logits, atol=1e-4 * np.abs(plain.logits).max())
    for before, after in zip(weights, model.keras.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)


def folded(name: str) -> dict[Step, Fold]:
    model = small(name)
    return folds(model.program, model.input_shape)


def test_batch_norms_fold_into_the_layer_before_and_behind_them() -> None:
    behind = {step.path: fold for step, fold in folded("residual").items()}
    assert set(behind) == {"stem", "conv1", "conv2"}
    assert all(fold.after is not None for fold in behind.values())
    before = {step.path: fold for step, fold in folded("dense").items()}
    assert set(before) == {"narrow"}
    assert before["narrow"].before.path == "straight"
    assert {"own", "bottleneck"} <= {step.path for step in folded("mobile")}


def test_folding_gives_the_relevance_of_a_network_without_batch_norms() -> None:
    images = keras.Input(SHAPE)
    conv, norm, head = layers.Conv2D(5, 3), layers.BatchNormalization(), layers.Dense(3)
    gap = layers.GlobalAveragePooling2D()
    model = shaken(tfcore.load_model(keras.Model(images, head(gap(layers.ReLU()(norm(conv(images))))))))
    kernel, bias, gamma, beta = (weight.numpy() for weight in model.keras.weights[:4])
    mean, variance = (weight.numpy() for weight in model.keras.weights if "moving" in weight.path)
    scale = gamma / np.sqrt(variance + norm.epsilon)
    merged = layers.Conv2D(5, 3, activation="relu")
    head = layers.Dense(3)
    plain = keras.Model(images, head(layers.GlobalAveragePooling2D()(merged(images))))
    merged.set_weights([kernel * scale, (bias - mean) * scale + beta])
    head.set_weights(model.keras.layers[-1].get_weights())
    for method in ("lrp-alphabeta", "lrp-epsilon", "lrp-composite"):
        ours = tfcore.explain(model, pictures(model), method=method)
        theirs = tfcore.explain(tfcore.load_model(plain), pictures(model), method=method)
        np.testing.assert_allclose(ours.values, theirs.values, atol=1e-4 * np.abs(theirs.values).max())


@pytest.mark.parametrize(
    "layer",
    [
        layers.Dense(3),
        layers.Conv1D(4, 3, padding="causal", dilation_rate=2),
        layers.Conv1D(4, 3, strides=2, groups=2, padding="causal"),
        layers.Conv2D(4, 3, dilation_rate=2),
        layers.Conv2D(4, (3, 2), strides=2, groups=2, padding="same"),
        layers.Conv3D(2, 3, padding="same"),
        layers.DepthwiseConv2D(3, strides=2, depth_multiplier=2),
        layers.Conv2DTranspose(3, 3, strides=2, padding="same", output_padding=1),
        layers.SeparableConv2D(5, 3, depth_multiplier=2, padding="same"),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_a_linear_layer_is_the_parts_it_is_taken_for(layer: keras.layers.Layer) -> None:
    rank = {"1": 1, "2": 2, "3": 3}.get(next((each for each in type(layer).__name__ if each.isdigit()), ""), 0)
    x = np.random.default_rng(0).normal(0, 1, (2, *[9, 8, 7][:rank], 4)).astype(np.float32)
    expected = layer(x)
    layer.bias.assign(np.arange(1.0, layer.bias.shape[0] + 1))
    value = tf.constant(x)
    for part in parts(layer):
        value = part(value)
    np.testing.assert_allclose(value, expected + layer.bias, atol=1e-5)


def test_a_batch_norm_before_a_padding_convolution_is_passed() -> None:
    images = keras.Input(SHAPE)
    value = layers.Conv2D(3, 3, padding="same", name="padded")(layers.BatchNormalization()(images))
    model = shaken(tfcore.load_model(keras.Model(images, layers.Dense(2)(layers.GlobalMaxPooling2D()(value)))))
    assert folds(model.program, SHAPE) == {}


def test_a_table_changes_the_rule_of_a_layer_or_a_type() -> None:
    model = small("residual")
    usual = tfcore.explain(model, pictures(model), method="lrp-composite")
    table = '{"first": "alphabeta", "Dense": "alphabeta", "Conv2D": "alphabeta"}'
    same = tfcore.explain(model, pictures(model), method="lrp-composite", composite=table)
    everywhere = tfcore.explain(model, pictures(model), method="lrp-alphabeta")
    np.testing.assert_allclose(same.values, everywhere.values, atol=1e-6)
    other = tfcore.explain(model, pictures(model), method="lrp-composite", composite='{"conv*": "gamma(0.5)"}')
    assert np.abs(other.values - usual.values).max() > 1e-4


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("{", "is not a table"),
        ("[1]", "is not a table"),
        ('{"conv9": "epsilon"}', "no such layer"),
        ('{"Dense": "best"}', "is not a rule"),
    ],
)
def test_a_wrong_table_is_refused_in_a_sentence(table: str, sentence: str) -> None:
    with pytest.raises(HeatlensError, match=sentence):
        tfcore.explain(small("residual"), pictures(small("residual")), method="lrp-composite", composite=table)


def test_alpha_and_beta_that_make_relevance_are_refused() -> None:
    with pytest.raises(HeatlensError, match="alpha − beta is 2"):
        tfcore.explain(small("residual"), pictures(small("residual")), method="lrp-alphabeta", alpha=2)


def test_a_layer_without_a_rule_is_refused_by_path_and_type() -> None:
    images = keras.Input(SHAPE)
    value = layers.Reshape((16, 60))(layers.Conv2D(3, 1, name="conv")(images))
    network = keras.Model(images, layers.Dense(2)(layers.LSTM(3, name="memory")(value)))
    model = tfcore.load_model(network)
    told: list[int] = []
    for method in ("lrp-epsilon", "relevance-cam"):
        with pytest.raises(HeatlensError, match=r"'memory' \(LSTM\).*Conv2D"):
            # Before any method runs, those included that could.
            tfcore.explain_many(
                model, pictures(model), ["saliency", method], progress=lambda done, _: told.append(done)
            )
    assert told == []
    assert "LSTM" not in supported()


def test_a_product_of_two_signals_is_refused() -> None:
    images = keras.Input(SHAPE)
    both = [layers.Conv2D(2, 3, name=name)(images) for name in ("left", "right")]
    value = layers.GlobalAveragePooling2D()(layers.Multiply(name="product")(both))
    model = tfcore.load_model(keras.Model(images, layers.Dense(2)(value)))
    with pytest.raises(HeatlensError, match="'product'"):
        tfcore.explain(model, pictures(model), method="lrp-alphabeta")


def test_layers_relevance_does_not_reach_need_no_rule() -> None:
    images = keras.Input(SHAPE)
    value = layers.Lambda(lambda picture: picture * 2.0, output_shape=SHAPE, name="free")(images)
    value = layers.Conv2D(4, 3, activation="relu", name="conv")(value)
    network = keras.Model(images, layers.Dense(2)(layers.GlobalAveragePooling2D()(value)))
    model = tfcore.models.model.Model(network, tfcore.load_model(small("residual").keras).card)
    found = tfcore.explain(model, pictures(model), method="relevance-cam", layer="conv")
    assert found.native.any()
    with pytest.raises(HeatlensError, match="'free'"):
        tfcore.explain(model, pictures(model), method="lrp-alphabeta")
