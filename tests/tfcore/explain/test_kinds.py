"""The table of layers: a new type is one row, and every method knows it."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import layers, ops

import tfcore
from tests.shared import telling
from tests.tfcore.explain import properties
from tests.tfcore.explain.lrp.small import SHAPE, pictures, shaken
from tfcore import custom_layers
from tfcore.errors import HeatlensError
from tfcore.models.kinds import KINDS, Does, Kind
from tfcore.models.model import Model

METHODS = ("grad-cam", "deeplift", "lrp-epsilon")


class Turned(layers.Layer):
    """Left becomes right."""

    def call(self, value: Any) -> Any:
        return ops.flip(value, 2)


class Bent(layers.Layer):
    """A function of each value by itself."""

    def call(self, value: Any) -> Any:
        return ops.softsign(value)


class Thinned(layers.Layer):
    """The mean of each two by two values."""

    def call(self, value: Any) -> Any:
        return ops.average_pool(value, 2)


class Largest(layers.Layer):
    """The largest of each two by two values."""

    def call(self, value: Any) -> Any:
        return ops.max_pool(value, 2)


class Convolution(layers.Conv2D):
    """A convolution under another name."""


# A layer from outside Keras, its row, and what Keras has that does the same.
OWN: list[tuple[Any, Kind, Any]] = [
    (Turned(), Kind(Does.MOVES), lambda value: ops.flip(value, 2)),
    (Bent(), Kind(Does.ACTIVATES), layers.Activation("softsign")),
    (Convolution(4, 3, activation="relu"), Kind(Does.WEIGHS, "convolution"), layers.Conv2D(4, 3, activation="relu")),
    (Largest(), Kind(Does.MAXIMISES), layers.MaxPooling2D(2)),
    (Thinned(), Kind(Does.AVERAGES), layers.AveragePooling2D(2)),
]


def around(*middle: Any) -> Model:
    """A convolution, the layers, global pooling, a dense layer."""
    images = keras.Input(SHAPE)
    value = layers.Conv2D(4, 3, padding="same", name="conv")(images)
    for layer in middle:
        value = layer(value)
    value = value if len(value.shape) == 2 else layers.GlobalAveragePooling2D()(value)
    return shaken(tfcore.load_model(keras.Model(images, layers.Dense(3, name="head")(value))))


def test_a_layer_from_outside_is_handled_as_its_row_says(monkeypatch: pytest.MonkeyPatch) -> None:
    model, same = around(*(own for own, _, _ in OWN)), around(*(known for _, _, known in OWN))
    for own, kind, _ in reversed(OWN):
        # From the end of the network on, each is refused until it has its row.
        with pytest.raises(HeatlensError, match=rf"no rule for layer .* \({type(own).__name__}\)"):
            tfcore.explain(model, pictures(model), "lrp-epsilon")
        monkeypatch.setitem(KINDS, f"{__name__}.{type(own).__name__}", kind)
    model = around(*(own for own, _, _ in OWN))
    found, wanted = (tfcore.explain_many(each, pictures(each), list(METHODS), target=1) for each in (model, same))
    for place, one in found.items():
        properties.is_well_formed(one, pictures(model))
        properties.are_alike(one.maps, wanted[place].maps, 1e-5)
        assert one.layer.partition("_")[0] in ("convolution", "input")


def test_a_layer_of_another_house_is_not_taken_for_the_one_of_its_name() -> None:
    class Dropout(layers.Layer):
        def call(self, value: Any) -> Any:
            return 3.0 * value

    model = around(Dropout())
    with pytest.raises(HeatlensError, match=r"\(Dropout\)"):
        tfcore.explain(model, pictures(model), "lrp-epsilon")


def test_every_name_of_the_table_is_one_of_keras_or_ours() -> None:
    from keras.src import activations
    from keras.src import layers as all_layers
    from keras.src.ops import nn, numpy

    places = (all_layers, custom_layers, numpy, nn, activations.activations)
    assert [name for name in KINDS if not any(hasattr(place, name) for place in places)] == []


MIDDLES: dict[str, list[Any]] = {
    "norms": [
        *(layers.Rescaling(2.0, 0.5), layers.Normalization(mean=0.2, variance=2.0), layers.LayerNormalization()),
        *(layers.GroupNormalization(2), layers.RMSNormalization(), layers.UnitNormalization()),
    ],
    "functions": [
        *(layers.PReLU(shared_axes=(1, 2)), *map(layers.Activation, ("gelu", "silu", "hard_swish", "mish"))),
        *(ops.gelu, ops.silu, ops.hard_silu, ops.softsign, ops.leaky_relu),
    ],
    "sizes": [
        *(layers.RandomFlip(), layers.RandomRotation(0.2), layers.RandomContrast(0.5), layers.SeparableConv2D(4, 3)),
        *(layers.UpSampling2D(2), layers.Cropping2D(2), layers.ZeroPadding2D(1), layers.Resizing(9, 11)),
    ],
    "Conv1D": [layers.Reshape((320, 4)), layers.Conv1D(4, 3), layers.GlobalMaxPooling1D()],
    "Conv3D": [layers.Reshape((16, 20, 4, 1)), layers.Conv3D(2, 3), layers.GlobalAveragePooling3D()],
}


@pytest.mark.parametrize("name", telling(["functions", "sizes"], MIDDLES))
def test_layers_of_other_peoples_networks_are_known(name: str) -> None:
    model = around(*MIDDLES[name])
    for found in tfcore.explain_many(model, pictures(model), list(METHODS), target=1).values():
        properties.is_well_formed(found, pictures(model))
        if found.method.startswith("lrp"):
            facts, size = found.facts, np.abs(found.values).sum((1, 2, 3))
            missing = facts["relevance_at_output"] - facts["absorbed"] - facts["relevance_at_input"]
            assert np.all(np.abs(missing) <= 1e-3 * size)


ATTENTIONS = (layers.MultiHeadAttention(2, 3), layers.GroupQueryAttention(3, 2, 1))


@pytest.mark.parametrize("attention", telling(ATTENTIONS[:1], ATTENTIONS))
def test_attention_is_explained_by_gradients_and_refused_by_name_by_rules(attention: Any) -> None:
    attention.name = "gaze"
    look = lambda value: attention(value, value)  # noqa: E731
    model = around(layers.Reshape((320, 4)), look, layers.GlobalAveragePooling1D())
    properties.is_well_formed(tfcore.explain(model, pictures(model), "deeplift"), pictures(model))
    with pytest.raises(HeatlensError, match=rf"'gaze' \({type(attention).__name__}\)"):
        tfcore.explain(model, pictures(model), "lrp-epsilon")


def test_a_map_with_depth_is_refused_by_name_where_a_flat_one_is_needed() -> None:
    model = around(layers.Reshape((16, 20, 4, 1)), layers.Conv3D(2, 3, name="deep"), layers.GlobalAveragePooling3D())
    with pytest.raises(HeatlensError, match="'deep' is a Conv3D"):
        tfcore.explain(model, pictures(model), "grad-cam", layer="deep")


def test_a_product_written_as_arithmetic_is_explained_as_the_layer_is() -> None:
    gates = [layers.Multiply(), lambda both: both[0] * both[1]]
    models = []
    for gate in gates:
        open_gate = layers.Conv2D(4, 1, activation="sigmoid", name="gate")
        models.append(around(lambda value, gate=gate, open_gate=open_gate: gate([value, open_gate(value)])))
    found, wanted = (tfcore.explain_many(each, pictures(each), list(METHODS), target=1) for each in models)
    for place, one in found.items():
        properties.are_alike(one.maps, wanted[place].maps, 1e-5)


def test_an_average_written_as_arithmetic_pools() -> None:
    bare = lambda value: ops.average(ops.average(value, 1), 1)  # noqa: E731
    models = [around(pool) for pool in (layers.GlobalAveragePooling2D(), bare)]
    found, wanted = (tfcore.explain(each, pictures(each), "lrp-epsilon", target=1) for each in models)
    properties.are_alike(found.maps, wanted.maps, 1e-3)
