"""Relevance over graphs: nested, shared, gated, single units, segmentation, starts."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfcore
from tests.shared import telling
from tests.tfcore.explain.lrp.small import NAMES, SHAPE, pictures, small
from tfcore.errors import HeatlensError
from tfcore.explain.explanation import Explanation
from tfcore.explain.lrp.treatments import Passed, Sharing, added
from tfcore.models.model import Model

layers = keras.layers


def alphabeta(model: Model, **settings: object) -> Explanation:
    return tfcore.explain(model, pictures(model), method="lrp-alphabeta", **settings)


@pytest.mark.parametrize("name", telling(["residual", "gated", "scales"], NAMES))
def test_an_image_keeps_its_relevance_when_it_comes_alone(name: str) -> None:
    model = small(name)
    together = alphabeta(model)
    for index, picture in enumerate(pictures(model)):
        alone = tfcore.explain(model, picture[None], method="lrp-alphabeta")
        np.testing.assert_allclose(alone.values[0], together.values[index], atol=1e-5)


@pytest.mark.slow
def test_a_nested_network_gives_what_its_flat_copy_gives() -> None:
    flat = small("residual")
    body = keras.Model(flat.keras.input, flat.keras.get_layer("gap").output, name="body")
    images = keras.Input(SHAPE)
    head = layers.Dense(4, name="head")
    nested = keras.Model(images, head(body(images)))
    head.set_weights(flat.keras.get_layer("head").get_weights())
    found = alphabeta(tfcore.load_model(nested))
    np.testing.assert_allclose(found.values, alphabeta(flat).values, atol=1e-5)
    np.testing.assert_allclose(found.relevance("body/add1"), alphabeta(flat).relevance("add1"), atol=1e-5)


def test_a_layer_used_twice_gives_what_two_copies_give() -> None:
    model = small("kernels")
    copies = [layers.Conv2D(4, 3, padding="same", activation="relu") for _ in range(2)]
    images = keras.Input(SHAPE)
    value = images
    for layer in model.keras.layers[1:]:
        if layer.name == "twice":
            value = copies[1](copies[0](value))
        else:
            value = layer(value)
    for copy in copies:
        copy.set_weights(model.keras.get_layer("twice").get_weights())
    np.testing.assert_allclose(
        alphabeta(tfcore.load_model(keras.Model(images, value))).values, alphabeta(model).values, atol=1e-6
    )


def test_gates_get_nothing_and_the_signal_gets_all() -> None:
    found = alphabeta(small("gated"), bias="ignore", keep="excited,stem,gate,select")
    assert not found.relevance("gate").any()
    assert not found.relevance("select").any()
    np.testing.assert_allclose(found.relevance("excited"), found.relevance("stem"), atol=1e-7)
    assert found.relevance("stem").any()


def test_an_addition_splits_by_contribution_and_keeps_the_sum() -> None:
    left = np.array([[2.0, -1.0, -1.0, 0.0]], np.float32)
    right = np.array([[1.0, 3.0, -2.0, 0.0]], np.float32)
    arriving = np.array([[3.0, 1.0, 2.0, 4.0]], np.float32)
    passed = Passed(None, [tf.constant(left), tf.constant(right)], tf.constant(left + right), None)
    positive, _ = added(passed, tf.constant(arriving), Sharing(True, 1e-6))
    np.testing.assert_allclose(positive[0], [[2.0, 0.0, 1.0, 2.0]], atol=1e-5)
    signed, _ = added(passed, tf.constant(arriving), Sharing(False, 1e-6))
    np.testing.assert_allclose(signed[0], [[2.0, -0.5, 2 / 3, 2.0]], atol=1e-5)
    for shares in (positive, signed):
        np.testing.assert_allclose(shares[0] + shares[1], arriving, atol=1e-5)


@pytest.mark.parametrize("positive", [True, False])
def test_a_summand_repeated_over_positions_gets_what_its_copies_get(positive: bool) -> None:
    wide, narrow = np.full((1, 2, 2, 1), 1.0, np.float32), np.full((1, 1, 1, 1), 3.0, np.float32)
    passed = Passed(None, [tf.constant(wide), tf.constant(narrow)], tf.constant(wide + narrow), None)
    shares, _ = added(passed, tf.constant(np.full((1, 2, 2, 1), 4.0, np.float32)), Sharing(positive, 1e-6))
    np.testing.assert_allclose(shares[0], wide, rtol=1e-5)
    np.testing.assert_allclose(shares[1], [[[[12.0]]]], rtol=1e-5)


@pytest.mark.parametrize("method", telling(["lrp-gamma"], ["lrp-alphabeta", "lrp-epsilon", "clrp", "lrp-gamma"]))
def test_both_sides_of_a_single_unit_equal_two_units(method: str) -> None:
    body = small("residual").keras
    features, kernel = body.get_layer("gap").output, np.random.default_rng(0).normal(0, 1, (6, 1))
    one = layers.Dense(1, activation="sigmoid", name="one")
    two = layers.Dense(2, activation="softmax", name="two")
    single, double = keras.Model(body.input, one(features)), keras.Model(body.input, two(features))
    one.set_weights([kernel, np.array([0.2])])
    two.set_weights([np.concatenate([-kernel, kernel], 1), np.array([-0.2, 0.2])])
    models = [tfcore.load_model(network) for network in (single, double)]
    for target in (0, 1):
        ours, theirs = (
            tfcore.explain(model, pictures(small("residual")), method=method, target=target) for model in models
        )
        np.testing.assert_allclose(ours.values, theirs.values, atol=1e-5)


def test_segmentation_starts_at_the_mean_over_positions() -> None:
    model = small("scales")
    found = alphabeta(model, target=1)
    np.testing.assert_allclose(found.facts["relevance_at_output"], found.logits[..., 1].mean((1, 2)), rtol=1e-5)


def test_contrasts_start_as_published() -> None:
    model = small("residual")
    start = {
        name: tfcore.explain(model, pictures(model), method=name, target=2).relevance("head")
        for name in ("clrp", "sglrp")
    }
    logits = model.logits(pictures(model))
    chosen = logits[:, 2:3]
    np.testing.assert_allclose(start["clrp"], np.where(np.arange(4) == 2, chosen, -chosen / 3), rtol=1e-4)
    p = model.outputs.probabilities(logits)
    expected = np.where(np.arange(4) == 2, p[:, 2:3] * (1 - p[:, 2:3]), -p[:, 2:3] * p)
    np.testing.assert_allclose(start["sglrp"], expected, atol=1e-5)


def test_relevance_of_any_layer_can_be_looked_up_later() -> None:
    kept, asked = alphabeta(small("residual"), keep="stages, conv1"), alphabeta(small("residual"))
    for name in ("stage1", "conv1", "gap", "head", "input"):
        np.testing.assert_array_equal(kept.relevance(name), asked.relevance(name))
    np.testing.assert_array_equal(asked.relevance("input"), asked.values)
    with pytest.raises(HeatlensError, match="no relevance at layer 'nowhere'"):
        asked.relevance("nowhere")


def test_new_weights_are_seen_by_the_next_call() -> None:
    model = tfcore.load_model(small("residual").keras)
    before = alphabeta(model)
    model.keras.get_layer("conv1").kernel.assign(-model.keras.get_layer("conv1").kernel)
    after = alphabeta(model)
    assert np.abs(after.values - before.values).max() > 1e-3 * np.abs(before.values).max()
