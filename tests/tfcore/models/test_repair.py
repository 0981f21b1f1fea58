"""Networks of Keras 1 and 2 open as the same function, or are refused by the layer that cannot."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import h5py
import keras
import pytest

from tests.tfcore.models.old_files import (
    START,
    arrays,
    conv,
    functional,
    inputs,
    layer,
    norm,
    same,
    sequential,
    write,
)
from tfcore.errors import HeatlensError, NeedsTrust
from tfcore.models.loading import load_model

L = keras.layers


# --- settings ---


def test_a_functional_model_of_keras_2_is_the_same_function(tmp_path: Path) -> None:
    kernel, bias, deep, up, alpha, dense, last = arrays(
        (3, 3, 3, 4), (4,), (3, 3, 4, 1), (2, 2, 4, 4), (1, 1, 4), (4, 2), (2,)
    )
    decay = {"class_name": "L2", "config": {"l2": 0.1}}
    config = functional(
        "model_1",
        [
            inputs("input_1", 8, 8, 3),
            conv("conv1/conv", "input_1", kernel_regularizer=decay),
            layer("BatchNormalization", "conv1/bn", "conv1/conv", axis=[3], epsilon=0.01, momentum=0.9, renorm=False),
            layer("LeakyReLU", "leaky", "conv1/bn", alpha=0.25),
            layer(
                "DepthwiseConv2D",
                "deep",
                "leaky",
                kernel_size=[3, 3],
                groups=1,
                use_bias=False,
                depthwise_initializer=START,
            ),
            layer("Conv2DTranspose", "up", "deep", filters=4, kernel_size=[2, 2], groups=1, use_bias=False),
            layer("PReLU", "prelu", "up", shared_axes=[1, 2], alpha_initializer=START),
            layer("ThresholdedReLU", "over", "prelu", theta=0.2),
            layer("GlobalAveragePooling2D", "gap", "over", data_format="channels_last"),
            layer("Dropout", "drop", "gap", rate=0.5, noise_shape=None, seed=None),
            layer(
                "Dense",
                "dense",
                "drop",
                units=2,
                activation="softmax",
                dtype={"class_name": "Policy", "config": {"name": "float32"}},
            ),
        ],
        "dense",
        kind="Model",
    )
    path = write(
        tmp_path / "old.h5",
        config,
        {
            "conv1/conv": [("conv1/conv/kernel:0", kernel), ("conv1/conv/bias:0", bias)],
            "conv1/bn": norm("conv1/bn", 4, 5),
            "deep": [("deep/depthwise_kernel:0", deep)],
            "up": [("up/kernel:0", up)],
            "prelu": [("prelu/alpha:0", alpha)],
            "dense": [("dense/kernel:0", dense), ("dense/bias:0", last)],
        },
    )
    with h5py.File(path, "a") as file:
        file.attrs["training_config"] = json.dumps({"optimizer_config": {"class_name": "Adam", "config": {"lr": 1}}})
        file.create_group("optimizer_weights").attrs["weight_names"] = [b"Adam/iterations:0"]
    original = keras.Sequential(
        [
            L.Input((8, 8, 3)),
            L.Conv2D(4, 3, padding="same"),
            L.BatchNormalization(epsilon=0.01),
            L.LeakyReLU(negative_slope=0.25),
            L.DepthwiseConv2D(3, use_bias=False),
            L.Conv2DTranspose(4, 2, use_bias=False),
            L.PReLU(shared_axes=[1, 2]),
            L.ReLU(threshold=0.2),
            L.GlobalAveragePooling2D(),
            L.Dense(2),
        ]
    )
    original.set_weights([kernel, bias, *(each for _, each in norm("", 4, 5)), deep, up, alpha, dense, last])
    repaired = same(path, original)
    assert repaired[0] == "written by Keras 2.4.0"
    assert set(repaired[1:]) == {
        "Model read as Functional",
        "/ in layer names replaced by _",
        "dtype of initialisers left out",
        "regularisers and constraints of training left out",
        "axis given as a list read as a number",
        "groups of DepthwiseConv2D left out",
        "groups of Conv2DTranspose left out",
        "ThresholdedReLU read as ReLU",
    }
    names = [each.path for each in load_model(path).layers()]
    assert "conv1_bn" in names


def test_names_that_fall_together_stay_apart(tmp_path: Path) -> None:
    first, second = arrays((3, 3, 3, 3), (3, 3, 3, 3), seed=3)
    config = functional(
        "model",
        [
            inputs("in", 8, 8, 3),
            conv("a/b", "in", 3, use_bias=False),
            conv("a_b", "a/b", 3, use_bias=False),
        ],
        "a_b",
    )
    path = write(tmp_path / "m.h5", config, {"a/b": [("a/b/kernel:0", first)], "a_b": [("a_b/kernel:0", second)]})
    convs = [L.Conv2D(3, 3, padding="same", use_bias=False) for _ in range(2)]
    original = keras.Sequential([L.Input((8, 8, 3)), *convs])
    original.set_weights([first, second])
    same(path, original)


def test_a_sequential_with_its_shape_in_the_first_layer(tmp_path: Path) -> None:
    kernel, bias = arrays((3, 3, 3, 4), (4,))
    first = {**conv("conv", "x")["config"], "batch_input_shape": [None, 8, 8, 3]}
    layers = [{"class_name": "Conv2D", "config": first}, {"class_name": "Flatten", "config": {"name": "flat"}}]
    weights = {"conv": [("conv/kernel:0", kernel), ("conv/bias:0", bias)]}
    original = keras.Sequential([L.Input((8, 8, 3)), L.Conv2D(4, 3, padding="same"), L.Flatten()])
    original.set_weights([kernel, bias])
    for name, config in (("a", {"name": "s", "layers": layers}), ("b", layers)):
        path = write(tmp_path / f"{name}.h5", {"class_name": "Sequential", "config": config}, weights, "2.1.6")
        assert "batch_input_shape made an input layer" in same(path, original)


def test_augmentation_of_old_does_nothing(tmp_path: Path) -> None:
    kernel, bias = arrays((3, 3, 3, 4), (4,))
    first = {"height_factor": 0.1, "fill_mode": "reflect", "interpolation": "bilinear", "seed": None}
    config = sequential(
        "s",
        [
            inputs("in", 8, 8, 3),
            layer("RandomFlip", "flip", mode="horizontal", seed=None),
            layer("RandomZoom", "zoom", width_factor=None, fill_value=0.0, **first),
            layer("RandomHeight", "height", factor=0.2, interpolation="bilinear", seed=None),
            layer("FixedDropout", "drop", rate=0.3, noise_shape=None, seed=None),
            conv("conv", "drop"),
            layer("Flatten", "flat", data_format="channels_last"),
        ],
    )
    path = write(tmp_path / "m.h5", config, {"conv": [("conv/kernel:0", kernel), ("conv/bias:0", bias)]}, "2.9.0")
    original = keras.Sequential([L.Input((8, 8, 3)), L.Conv2D(4, 3, padding="same"), L.Flatten()])
    original.set_weights([kernel, bias])
    assert "RandomHeight read as Identity" in same(path, original)


def test_keras_1_opens(tmp_path: Path) -> None:
    kernel, bias, dense, last = arrays((3, 3, 3, 4), (4,), (8, 2), (2,))
    config = functional(
        "model_1",
        [
            {"class_name": "InputLayer", "name": "in", "inbound_nodes": [],
             "config": {"batch_input_shape": [None, 8, 8, 3], "input_dtype": "float32", "sparse": False, "name": "in"}},
            layer("Convolution2D", "conv", [["in", 0, 0]], nb_filter=4, nb_row=3, nb_col=3, border_mode="same",
                  subsample=[1, 1], dim_ordering="tf", bias=True, init="glorot_uniform", activation="relu",
                  W_regularizer=None, b_constraint=None),
            layer("MaxPooling2D", "pool", [["conv", 0, 0]], pool_size=[2, 2], strides=[2, 2], border_mode="valid",
                  dim_ordering="default"),
            layer("Merge", "merge", [["pool", 0, 0], ["pool", 0, 0]], mode="concat", concat_axis=-1),
            layer("Dropout", "drop", [["merge", 0, 0]], p=0.5),
            layer("GlobalAveragePooling2D", "gap", [["drop", 0, 0]], dim_ordering="tf"),
            layer("Dense", "dense", [["gap", 0, 0]], output_dim=2, init="uniform", activation="softmax", bias=True,
                  input_dim=None),
        ],
        "dense",
        kind="Model",
    )  # fmt: skip
    path = write(
        tmp_path / "one.h5",
        config,
        {"conv": [("conv_W", kernel), ("conv_b", bias)], "dense": [("dense_W", dense), ("dense_b", last)]},
        version="1.2.2",
    )
    given = L.Input((8, 8, 3))
    pooled = L.MaxPooling2D()(L.Conv2D(4, 3, padding="same", activation="relu")(given))
    original = keras.Model(given, L.Dense(2)(L.GlobalAveragePooling2D()(L.Concatenate()([pooled, pooled]))))
    original.set_weights([kernel, bias, dense, last])
    assert "settings of Keras 1 renamed" in same(path, original)


# --- what has no equal ---


def refused(path: Path, *layers: dict[str, Any]) -> str:
    write(path, functional("m", [inputs("in", 8, 8, 3), *layers], layers[-1]["name"]))
    with pytest.raises(HeatlensError) as caught:
        load_model(path)
    assert "\n" not in str(caught.value)
    assert not isinstance(caught.value, NeedsTrust)
    return str(caught.value)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (layer("Activation", "act", "in", activation="hard_sigmoid"), "Layer 'act' uses hard_sigmoid, which is"),
        (layer("Activation", "act", "in", activation="mish_of_mine"), "Layer 'act' uses the activation 'mish_of_mine'"),
        (conv("first", "in", data_format="channels_first"), "Layer 'first' wants its channels first"),
        (layer("DepthwiseConv2D", "deep", "in", kernel_size=3, groups=3), "Layer 'deep' .* setting groups = 3"),
        (layer("Merge", "both", "in", mode="cos"), "Layer 'both' merges with 'cos'"),
        (layer("TFOpLambda", "tf.fft", "in", function="signal.fft2d"), "Layer 'tf.fft' computes tf.signal.fft2d"),
        (layer("TensorFlowOpLayer", "n", "in", node_def={"op": "FFT"}), "Layer 'n' computes tf.FFT"),
        (layer("Dropblock", "block", "in"), "the layer 'block' of type Dropblock, which Keras does not have"),
        (layer("ReLU", "act", "nowhere"), "called on 'nowhere'"),
    ],
)  # fmt: skip
def test_what_cannot_be_repaired_names_its_layer(tmp_path: Path, entry: dict[str, Any], says: str) -> None:
    assert re.search(says, refused(tmp_path / "m.h5", entry))
