"""What is shared, what is traced, and how much goes through at once."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

import tfcore
from tests.tfcore.explain import networks
from tfcore.errors import HeatlensError
from tfcore.evaluate.randomised import reinitialised
from tfcore.explain import passes, pieces
from tfcore.models.model import Model
from tfcore.models.traced import Traced
from tfcore.registry import function

CAMS = ("grad-cam", "hires-cam", "grad-cam++", "xgrad-cam", "layer-cam")


def traces(model: Model) -> dict[object, int]:
    kept = {key: traced.function for key, traced in model._traces.items() if isinstance(traced, Traced)}
    assert kept
    return {key: function.experimental_get_tracing_count() for key, function in kept.items()}


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks of any length are traced in pieces, as long ones are."""
    monkeypatch.setattr(pieces, "LONG", 0)


@pytest.mark.parametrize("name", networks.NAMES)
@pytest.mark.usefixtures("in_pieces")
def test_the_network_may_be_cut_anywhere(name: str) -> None:
    model = networks.model(name)
    batch = networks.batch(model)
    whole = model.logits(batch)
    for cut in range(len(model.program.steps) + 1):
        halfway = pieces.advance(model, pieces.start_values(model, batch), 0, cut)
        end = pieces.advance(model, halfway, cut)[model.program.output]
        np.testing.assert_allclose(end.numpy(), whole, atol=1e-5)


def test_a_norm_goes_into_the_convolution_before_it() -> None:
    images = keras.Input((12, 12, 3))
    values = layers.BatchNormalization()(layers.Conv2D(8, 3, strides=2, padding="same", dilation_rate=1)(images))
    values = layers.ReLU()(values)
    values = layers.BatchNormalization()(layers.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False)(values))
    # Neither a convolution that somebody else reads, nor one with a function of its own, nor a norm on its own.
    read = layers.Conv2D(8, 1)(values)
    values = layers.Concatenate()([read, layers.BatchNormalization()(read)])
    values = layers.BatchNormalization()(layers.Conv2D(4, 3, activation="relu")(values))
    model = networks.opened(keras.Model(images, layers.Dense(3, activation="softmax")(layers.Flatten()(values))))
    batch = networks.batch(model)
    whole = model.logits(batch)
    np.testing.assert_allclose(pieces.forward(model, batch), whole, rtol=1e-5, atol=1e-5)
    joined = model.compiled(("piece", 0, len(model.program.steps)), pytest.fail)
    graph = joined.trace().graph
    assert [node.type for node in graph.get_operations()].count("FusedBatchNormV3") == 2

    # Weights are read at every call.
    with reinitialised([layer for layer in model.keras.layers if "conv" in layer.name], seed=1):
        changed = pieces.forward(model, batch)
        np.testing.assert_allclose(changed, model.logits(batch), rtol=1e-5, atol=1e-5)
    assert not np.allclose(changed, whole)


def test_every_method_is_traced_once_whatever_the_number_of_images() -> None:
    model = networks.model("branched")
    # One for every way through the network.
    specs = {function(spec): spec for spec in networks.ours() if networks.fits(spec, "branched")}.values()
    for count in (1, 2, 5):
        for spec in specs:
            tfcore.explain(model, networks.batch(model, count), method=spec.name, **networks.quick(spec))
    assert set(traces(model).values()) == {1}


def test_images_of_another_size_are_not_traced_again() -> None:
    model = networks.opened(networks.segmentation())
    batch = networks.batch(model)
    for images in (batch, batch[:, :8, :10], batch[:1, :10]):
        tfcore.explain_many(model, images, ("grad-cam", "saliency", "score-cam"))
    assert set(traces(model).values()) == {1}


@pytest.mark.usefixtures("in_pieces")
def test_another_method_at_the_same_layer_traces_nothing_of_the_network() -> None:
    model = networks.opened(networks.sequential())
    batch = networks.batch(model)
    tfcore.explain(model, batch, method="grad-cam")
    before = traces(model)
    for method in (*CAMS, "eigen-cam", "cam", "smooth-grad-cam++"):
        tfcore.explain(model, batch, method=method)
    # Only what lies behind the layer, for the logits of the methods that run the network themselves.
    added = traces(model).keys() - before.keys()
    cut = pieces.cut_at(model.program, model.program.step("conv2"))
    assert added == {("piece", cut, len(model.program.steps))}


@pytest.mark.usefixtures("in_pieces")
def test_a_finer_layer_reuses_the_pieces_before_it() -> None:
    model = networks.opened(networks.nested())
    batch = networks.batch(model)
    tfcore.explain(model, batch, layer="stage2")
    before = set(traces(model))
    tfcore.explain(model, batch, layer="stage1")
    (added,) = set(traces(model)) - before
    assert added[0] == "tail"


def test_traces_are_bounded() -> None:
    model = networks.opened(networks.sequential())
    for key in range(100):
        model.compiled(("test", key), object)
    assert len(model._traces) < 50


def test_many_methods_and_layers_share_one_pass_and_agree_with_single_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    model = networks.model("nested")
    batch = networks.batch(model)
    single = {
        (method, layer): tfcore.explain(model, batch, method=method, layer=layer)
        for method in CAMS
        for layer in ("stage1", "stage2")
    }
    single["saliency", "stage1"] = tfcore.explain(model, batch, method="saliency")
    passed = []
    differentiate = passes.differentiate
    monkeypatch.setattr(passes, "differentiate", lambda *args: passed.append(args) or differentiate(*args))
    many = tfcore.explain_many(model, batch, (*CAMS, "saliency"), ("stage1", "stage2"))
    assert len(passed) == 1
    assert many.keys() == single.keys()
    for key, found in many.items():
        np.testing.assert_allclose(found.maps, single[key].maps, atol=1e-6)
        assert found.layer == single[key].layer


def test_large_batches_go_through_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    model = networks.model("branched")
    batch = networks.batch(model, 7)
    together = tfcore.explain(model, batch)
    monkeypatch.setattr(pieces, "PASS_BYTES", 1)
    assert pieces.images_per_pass(model, batch) == 1
    told: list[tuple[int, int]] = []
    apart = tfcore.explain(model, batch, progress=lambda done, total: told.append((done, total)))
    np.testing.assert_allclose(apart.maps, together.maps, atol=1e-6)
    assert told == [(done, 7) for done in range(8)]


def _of_convolutions(activation: str | None) -> Model:
    blocks = (layers.Conv2D(32, 3, padding="same", activation=activation) for _ in range(4))
    return tfcore.load_model(keras.Sequential([keras.Input((512, 512, 1)), *blocks]))


def test_keeping_feature_maps_for_the_way_back_leaves_room_for_fewer_images() -> None:
    model = _of_convolutions("relu")
    batch = np.zeros((1, 512, 512, 1), np.float32)
    assert 1 <= pieces.images_per_pass(model, batch, 0) < pieces.images_per_pass(model, batch)


def test_the_way_back_through_linear_steps_keeps_nothing() -> None:
    model = _of_convolutions(None)
    batch = np.zeros((1, 512, 512, 1), np.float32)
    assert pieces.images_per_pass(model, batch, 0) == pieces.images_per_pass(model, batch)


def test_a_shared_layer_can_be_explained_at_each_of_its_calls() -> None:
    images = keras.Input((8, 8, 3))
    shared = layers.Conv2D(3, 3, padding="same", activation="relu", name="shared")
    pooled = layers.GlobalAveragePooling2D()(shared(shared(images)))
    model = networks.opened(keras.Model(images, layers.Dense(2)(pooled)))
    batch = np.random.default_rng(0).normal(0, 1, (2, 8, 8, 3))
    many = tfcore.explain_many(model, batch, ("grad-cam", "ablation-cam"), ("shared", "shared@2"))
    for method in ("grad-cam", "ablation-cam"):
        assert np.abs(many[method, "shared"].maps - many[method, "shared@2"].maps).max() > 0


def test_tokens_are_laid_on_their_grid() -> None:
    images = keras.Input((8, 8, 3))
    tokens = layers.Reshape((4, 6))(layers.Conv2D(6, 4, strides=4, name="patches")(images))
    first = layers.Dense(6, name="mixed")(layers.Concatenate(axis=1, name="tokens")([tokens[:, :1] * 0, tokens]))
    model = networks.opened(keras.Model(images, layers.Dense(2)(layers.Flatten()(first))))
    batch = np.random.default_rng(0).normal(0, 1, (2, 8, 8, 3))
    for method in (*CAMS, "score-cam", "ablation-cam", "eigen-cam"):
        found = tfcore.explain(model, batch, method=method, layer="tokens")
        assert found.native.shape == (2, 2, 2)
        assert np.isfinite(found.maps).all()
    laid = tfcore.explain(model, batch, layer="tokens").native
    np.testing.assert_allclose(laid, tfcore.explain(model, batch, layer="patches").native, atol=1e-5)


def test_several_inputs_are_refused_in_words() -> None:
    one, other = keras.Input((4, 4, 1)), keras.Input((4, 4, 1))
    network = keras.Model([one, other], layers.Dense(2)(layers.Flatten()(layers.Add()([one, other]))))
    with pytest.raises(HeatlensError, match="2 inputs"):
        tfcore.explain(tfcore.load_model(network), np.zeros((1, 4, 4, 1)))
