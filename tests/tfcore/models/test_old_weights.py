"""Calls and weights of nested and renamed layers come out where they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from tests.tfcore.models.old_files import (
    PICTURES,
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
from tfcore.errors import HeatlensError
from tfcore.models.loading import load_model

L = keras.layers


def nested(name: str, seed: int) -> tuple[dict[str, Any], list[tuple[str, np.ndarray]], keras.Model]:
    """A nested model, its weights as a half-frozen one keeps them, and the network it was."""
    (kernel,) = arrays((3, 3, 3, 3), seed=seed)
    config = functional(
        name,
        [
            inputs(f"{name}_in", 8, 8, 3),
            layer("BatchNormalization", f"{name}_bn1", f"{name}_in", axis=[3]),
            conv(f"{name}_conv", f"{name}_bn1", 3, use_bias=False),
            layer("BatchNormalization", f"{name}_bn2", f"{name}_conv", axis=[3]),
        ],
        f"{name}_bn2",
    )
    first, second = norm(f"{name}_bn1", 3, seed + 1), norm(f"{name}_bn2", 3, seed + 2)
    # The first norm was frozen: all its weights come last, together with the statistics of the other.
    weights = [(f"{name}_conv/kernel:0", kernel), *second[:2], *first, *second[2:]]
    original = keras.Sequential(
        [L.BatchNormalization(), L.Conv2D(3, 3, padding="same", use_bias=False), L.BatchNormalization()]
    )
    original.build((None, 8, 8, 3))
    original.set_weights([each for _, each in (*first, (None, kernel), *second)])
    return config, weights, original


def test_calls_of_nested_models_are_counted_as_keras_2_did(tmp_path: Path) -> None:
    sub, sub_weights, sub_original = nested("sub", 10)
    row, row_weights, row_original = nested("row", 20)
    # As a Sequential, whose calls were counted from 1 as well.
    row = sequential("row", row["config"]["layers"])
    config = functional(
        "model",
        [
            inputs("in", 8, 8, 3),
            {**sub, "name": "sub", "inbound_nodes": [[["in", 0, 0, {"training": False}]], [["row", 2, 0, {}]]]},
            {**row, "name": "row", "inbound_nodes": [[["sub", 1, 0, {}]], [["row", 1, 0, {}]]]},
            layer("Add", "add", [["sub", 2, 0, {}], ["row", 1, 0, {}]]),
        ],
        "add",
    )
    path = write(tmp_path / "m.h5", config, {"sub": sub_weights, "row": row_weights})
    given = L.Input((8, 8, 3))
    once = row_original(sub_original(given))
    same(path, keras.Model(given, L.Add()([sub_original(row_original(once)), once])))


def test_a_nested_model_may_be_the_output(tmp_path: Path) -> None:
    sub, weights, original = nested("sub", 10)
    for kind, one in (("f", sub), ("s", sequential("sub", sub["config"]["layers"]))):
        outer = [inputs("in", 8, 8, 3), {**one, "name": "sub", "inbound_nodes": [[["in", 0, 0, {}]]]}]
        same(write(tmp_path / f"{kind}.h5", functional("model", outer, "sub", node=1), {"sub": weights}), original)


def test_weights_go_by_name_and_not_by_order(tmp_path: Path) -> None:
    left, right = arrays((3, 3, 3, 3), (3, 3, 3, 3))
    config = functional(
        "model",
        [
            inputs("in", 8, 8, 3),
            conv("left", "in", 3, use_bias=False),
            conv("right", "in", 3, use_bias=False),
            layer("Subtract", "less", [["left", 0, 0, {}], ["right", 0, 0, {}]]),
        ],
        "less",
    )
    path = write(tmp_path / "m.h5", config, {"right": [("right/kernel:0", right)], "left": [("left/kernel:0", left)]})
    given = L.Input((8, 8, 3))
    ways = [L.Conv2D(3, 3, padding="same", use_bias=False) for _ in range(2)]
    original = keras.Model(given, L.Subtract()([way(given) for way in ways]))
    ways[0].set_weights([left])
    ways[1].set_weights([right])
    same(path, original)


def test_numbered_names_of_another_session_go_by_order(tmp_path: Path) -> None:
    kernel, dense = arrays((3, 3, 3, 4), (4, 2))
    layers = [
        inputs("in", 8, 8, 3),
        conv("conv2d", "in", use_bias=False),
        layer("GlobalAveragePooling2D", "gap", "conv2d"),
        layer("Dense", "dense", "gap", units=2, use_bias=False),
    ]
    (tmp_path / "model.json").write_text(json.dumps({**functional("m", layers, "dense"), "keras_version": "2.6.0"}))
    values = {"conv2d_7": [("conv2d_7/kernel:0", kernel)], "dense_3": [("dense_3/kernel:0", dense)]}
    weights = write(tmp_path / "other.h5", None, values, whole=False)
    original = keras.Sequential([L.Input((8, 8, 3)), L.Conv2D(4, 3, padding="same", use_bias=False)])
    original.add(L.GlobalAveragePooling2D())
    original.add(L.Dense(2, use_bias=False))
    original.set_weights([kernel, dense])
    wanted = original(PICTURES).numpy()
    for model in (
        load_model(tmp_path / "model.json", weights=weights),
        load_model(tmp_path / "model.json"),
        load_model(weights),
        load_model(tmp_path),
    ):
        np.testing.assert_allclose(model.logits(PICTURES), wanted, rtol=1e-4, atol=1e-5)


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    config = functional("m", [inputs("in", 8, 8, 3), conv("conv", "in")], "conv")
    kernel, bias = arrays((5, 5, 3, 4), (4,))
    path = write(tmp_path / "m.h5", config, {"conv": [("conv/kernel:0", kernel), ("conv/bias:0", bias)]})
    with pytest.raises(HeatlensError, match="do not fit layer 'conv', which takes 3 × 3 × 3 × 4, 4 and finds 5 × 5"):
        load_model(path)
    path = write(tmp_path / "n.h5", config)
    with pytest.raises(HeatlensError, match="holds weights of 0 layers and the model has 1 with weights"):
        load_model(path)
