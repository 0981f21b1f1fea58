"""Relevance at layers: the same run as that of the pixels, its channels summed."""

from __future__ import annotations

from functools import cache

import keras
import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tests.tfcore.explain.lrp.small import SHAPE, pictures, shaken, small
from tfcore.custom_layers import ClassToken
from tfcore.errors import HeatlensError
from tfcore.explain.lrp import follow
from tfcore.models.model import Model
from tfcore.registry import catalogue

layers = keras.layers
METHODS = [spec.name for spec in catalogue("method") if spec.family == "relevance propagation"]
CAMS = ("relevance-cam", "xrelevance-cam")


@cache
def staged() -> Model:
    """A network of three stages that nothing bypasses."""
    images = keras.Input(SHAPE)
    value = images
    for number in (1, 2, 3):
        value = layers.Conv2D(3 + number, 3, padding="same", activation="relu", name=f"conv{number}")(value)
        value = layers.MaxPooling2D(2)(value) if number < 3 else layers.GlobalAveragePooling2D()(value)
    return shaken(tfcore.load_model(keras.Model(images, layers.Dense(4)(value))))


@pytest.mark.parametrize("method", telling(["lrp-composite", "sglrp"], METHODS))
def test_the_map_of_a_layer_is_its_relevance_summed_over_channels(method: str) -> None:
    model = staged()
    found = tfcore.explain(model, pictures(model), method, "stage2")
    relevance = tfcore.explain(model, pictures(model), method, keep="conv2").relevance("conv2")
    assert (found.layer, found.native.shape, found.maps.shape) == ("conv2", (2, 8, 10), (2, 16, 20))
    assert found.values is None
    assert found.signed
    np.testing.assert_allclose(found.native, relevance.sum(-1), atol=1e-5 * np.abs(relevance).max())
    np.testing.assert_array_equal(found.relevance("stage2").sum(-1), found.native)
    np.testing.assert_allclose(found.facts["relevance_at_layer"], relevance.sum((1, 2, 3)), rtol=1e-3)


@pytest.mark.parametrize("method", telling(["lrp-composite", "sglrp", "relevance-cam"], [*METHODS, *CAMS]))
def test_what_is_at_a_layer_and_what_was_absorbed_above_it_add_up_to_the_output(method: str) -> None:
    model = staged()
    found = tfcore.explain_many(model, pictures(model), [method], ["stage1", "stage2", "stage3"])
    for stage, one in found.items():
        facts, size = one.facts, np.abs(one.relevance(one.layer)).sum((1, 2, 3))
        missing = facts["relevance_at_output"] - facts["absorbed"] - facts["relevance_at_layer"]
        assert np.all(np.abs(missing) <= 1e-3 * size), stage
        if method in METHODS:
            np.testing.assert_allclose(one.native.sum((1, 2)), facts["relevance_at_layer"], atol=1e-5 * size.max())


def test_an_image_has_at_a_layer_alone_what_it_has_in_a_batch() -> None:
    model = staged()
    together = tfcore.explain(model, pictures(model), "lrp-composite", "conv1")
    for index, picture in enumerate(pictures(model)):
        alone = tfcore.explain(model, picture[None], "lrp-composite", "conv1")
        np.testing.assert_allclose(alone.maps[0], together.maps[index], atol=1e-5)


@pytest.mark.parametrize("method", ["lrp-alphabeta", "relevance-cam"])
def test_all_layers_of_a_method_come_from_one_run(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    right = follow.propagate
    monkeypatch.setattr(follow, "propagate", lambda *given: runs.append(given) or right(*given))
    model = staged()
    asked = ["stage1", "stage2", "stage3", "aggregate"]
    tfcore.explain_many(model, pictures(model), [method], [*asked, "input"])
    assert len(runs) == 1


def test_the_pixels_are_shown_unless_a_layer_is_named() -> None:
    model = staged()
    found = tfcore.explain_many(
        model, pictures(model), ["lrp-epsilon", "grad-cam", "saliency"], [None, "input", "stage1"]
    )
    assert {place: one.layer for place, one in found.items()} == {
        ("lrp-epsilon", None): "input",
        ("lrp-epsilon", "input"): "input",
        ("lrp-epsilon", "stage1"): "conv1",
        ("grad-cam", None): "conv3",
        ("grad-cam", "stage1"): "conv1",
        ("saliency", "input"): "input",
    }
    assert found["lrp-epsilon", None].values is not None
    with pytest.raises(HeatlensError, match="no layer 'input'"):
        tfcore.explain_many(model, pictures(model), ["grad-cam"], ["input"])


def test_pixels_and_layers_can_be_joined() -> None:
    model = staged()
    found = tfcore.explain(model, pictures(model), "lrp-alphabeta", "input+stage3")
    assert (found.layer, found.signed, found.facts) == ("input+conv3", False, {})
    assert (found.maps.min(), found.maps.max()) == (0, 1)


def test_a_layer_below_which_nothing_has_a_rule_can_be_asked_for() -> None:
    images = keras.Input(SHAPE)
    value = layers.Lambda(lambda picture: picture * 2.0, output_shape=SHAPE, name="free")(images)
    value = layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3, activation="relu", name="conv")(value))
    model = Model(keras.Model(images, layers.Dense(2)(value)), small("residual").card)
    assert tfcore.explain(model, pictures(model), "lrp-alphabeta", "conv").native.any()


def test_tokens_are_laid_on_their_grid_without_the_class_token() -> None:
    images = keras.Input((8, 8, 3))
    value = layers.Reshape((16, 5))(layers.Conv2D(5, 2, strides=2, name="patches")(images))
    value = layers.LayerNormalization(name="tokens")(ClassToken(name="class")(value))
    model = shaken(tfcore.load_model(keras.Model(images, layers.Dense(3)(layers.Flatten()(value)))))
    found = tfcore.explain(model, pictures(model), "lrp-epsilon", "tokens")
    relevance = found.relevance("tokens")
    assert relevance.shape == (2, 17, 5)
    np.testing.assert_array_equal(found.native, relevance[:, 1:].sum(-1).reshape(2, 4, 4))
    np.testing.assert_allclose(found.facts["relevance_at_layer"], relevance.sum((1, 2)), rtol=1e-4)
