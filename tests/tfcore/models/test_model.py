"""Logits however the last activation is written, stages, layers, predictions."""

from __future__ import annotations

import numpy as np
import pytest

import tfcore
from tests.tfcore.models import networks
from tfcore.errors import HeatlensError
from tfcore.models.layers import default_layer, resolve, stages
from tfcore.models.model import Model


def _opened(network: object) -> Model:
    return tfcore.load_model(network)


def _batch(network: object, count: int = 3) -> np.ndarray:
    shape = network.inputs[0].shape[1:]  # type: ignore[attr-defined]
    return np.random.default_rng(1).normal(size=(count, *shape)).astype(np.float32)


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


@pytest.mark.parametrize("end", ["inside", "activation", "softmax"])
def test_logits_come_before_the_softmax_however_it_is_written(end: str) -> None:
    network = networks.sequential(end)
    model = _opened(network)
    batch = _batch(network)
    assert model.activation == "softmax"
    probabilities = np.asarray(network(batch, training=False))
    np.testing.assert_allclose(_softmax(np.asarray(model.keras(batch))), probabilities, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(model.predict(batch), probabilities, rtol=1e-4, atol=1e-6)
    # Probabilities would all lie between 0 and 1.
    assert np.asarray(model.keras(batch)).min() < 0


def test_a_network_without_activation_keeps_its_output() -> None:
    network = networks.sequential("absent")
    batch = _batch(network)
    np.testing.assert_allclose(_opened(network).logits(batch), network(batch), rtol=1e-4, atol=1e-6)


def test_a_softmax_in_a_nested_head_is_found() -> None:
    network = networks.nested_sequential()
    batch = _batch(network)
    model = _opened(network)
    assert model.activation == "softmax"
    np.testing.assert_allclose(_softmax(model.logits(batch)), network(batch), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("end", ["inside", "activation"])
def test_one_sigmoid_unit_is_a_two_class_model(end: str) -> None:
    network = networks.one_unit(end)
    batch = _batch(network)
    model = _opened(network)
    assert model.binary
    assert len(model.classes) == 2
    positive = np.asarray(network(batch))
    np.testing.assert_allclose(model.predict(batch), np.concatenate([1 - positive, positive], -1), rtol=1e-4)
    np.testing.assert_allclose(1 / (1 + np.exp(-model.logits(batch))), positive, rtol=1e-4)


def test_opening_a_network_at_hand_leaves_it_as_it_is() -> None:
    network = networks.sequential("inside")
    batch = _batch(network)
    before = np.asarray(network(batch))
    _opened(network)
    np.testing.assert_array_equal(network(batch), before)


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("sequential", "conv2"),
        ("branched", "joined"),
        ("nested", "backbone/conv2"),
        ("shared", "conv@2"),
        ("segmenting", "fine"),
    ],
)
def test_the_default_layer_is_the_last_feature_map(name: str, layer: str) -> None:
    assert default_layer(_opened(networks.built(name)).program) == layer


def test_stages_end_at_the_last_map_of_each_resolution() -> None:
    found = {name: step.path for name, step in stages(_opened(networks.built("branched")).program).items()}
    assert found == {"stage1": "added_relu", "stage2": "joined"}


def test_stages_of_a_large_network_are_its_four_coarsest_and_leave_pooling_out() -> None:
    import keras

    model = _opened(keras.applications.VGG16(weights=None, input_shape=(64, 64, 3), classes=2))
    found = {name: step.path for name, step in stages(model.program).items()}
    assert found == {
        "stage1": "block2_conv2",
        "stage2": "block3_conv3",
        "stage3": "block4_conv3",
        "stage4": "block5_conv3",
    }
    assert default_layer(model.program) == "block5_conv3"


def test_layers_are_found_by_stage_and_by_the_last_part_of_their_path() -> None:
    program = _opened(networks.built("nested")).program
    assert resolve(program, "stage2").path == "backbone/conv2"
    assert resolve(program, "conv2").path == "backbone/conv2"
    assert resolve(program, "backbone/relu1").path == "backbone/relu1"


@pytest.mark.parametrize(
    ("layer", "words"), [("convv2", "did you mean"), ("scores", "not a feature map"), ("stage7", "no layer 'stage7'")]
)
def test_a_layer_that_cannot_be_shown_is_refused_in_words(layer: str, words: str) -> None:
    with pytest.raises(HeatlensError, match=words):
        resolve(_opened(networks.built("nested")).program, layer)


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        (np.zeros((2, 17, 23, 1)), "17 × 23 × 1"),
        (np.zeros((17, 23, 3)), "Call model.prepare"),
        (np.zeros((0, 17, 23, 3)), "no images"),
        (np.full((2, 17, 23, 3), np.nan), "NaN"),
    ],
)
def test_a_batch_the_network_cannot_eat_is_refused_in_words(batch: np.ndarray, words: str) -> None:
    with pytest.raises(HeatlensError, match=words):
        _opened(networks.built("sequential")).predict(batch)


def test_predicting_again_does_not_trace_again() -> None:
    model = _opened(networks.built("branched"))
    batch = _batch(networks.built("branched"), 5)
    model.predict(batch)
    traced = model.compiled("forward", lambda: None)
    for count in (1, 2, 5):
        model.predict(batch[:count])
    assert traced.function.experimental_get_tracing_count() == 1
