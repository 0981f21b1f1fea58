"""TensorFlow's functions among the layers become Keras's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tfcore.models.old_files import (
    PICTURES,
    functional,
    inputs,
    layer,
    write,
)
from tfcore.models.opening.content import stored
from tfcore.models.opening.rebuild import rebuilt

ONE = PICTURES.astype(np.float64)
FUNCTIONS: list[tuple[str, dict[str, Any], Any]] = [
    ("math.truediv", {"y": 127.5}, lambda x: x / 127.5),
    ("math.subtract", {"y": [0.1, 0.2, 0.3]}, lambda x: x - [0.1, 0.2, 0.3]),
    ("__operators__.add", {"y": ["in", 0, 0]}, lambda x: x + x),
    ("math.multiply", {"y": ["in", 0, 0]}, lambda x: x * x),
    ("math.maximum", {"y": 0.5}, lambda x: np.maximum(x, 0.5)),
    ("nn.relu", {}, lambda x: np.maximum(x, 0)),
    ("nn.relu6", {}, lambda x: np.clip(x, 0, 6)),
    ("nn.leaky_relu", {"alpha": 0.1}, lambda x: np.where(x > 0, x, 0.1 * x)),
    ("nn.silu", {}, lambda x: x / (1 + np.exp(-x))),
    ("math.tanh", {}, np.tanh),
    ("math.square", {}, np.square),
    ("math.abs", {}, np.abs),
    ("nn.bias_add", {"bias": [1.0, 2.0, 3.0], "data_format": "NHWC"}, lambda x: x + np.arange(1, 4)),
    ("math.reduce_mean", {"axis": [1, 2], "keepdims": True}, lambda x: x.mean((1, 2), keepdims=True)),
    ("math.reduce_max", {"axis": -1}, lambda x: x.max(-1)),
    ("reshape", {"shape": [-1, 64, 3]}, lambda x: x.reshape(-1, 64, 3)),
    ("compat.v1.transpose", {"perm": [0, 2, 1, 3], "conjugate": False}, lambda x: x.transpose(0, 2, 1, 3)),
    ("expand_dims", {"axis": 1}, lambda x: x[:, None]),
    ("cast", {"dtype": "float32"}, lambda x: x),
    ("clip_by_value", {"clip_value_min": -0.5, "clip_value_max": 0.5}, lambda x: np.clip(x, -0.5, 0.5)),
    (
        "compat.v1.pad",
        {"paddings": [[0, 0], [1, 2], [0, 1], [0, 0]], "mode": "CONSTANT", "constant_values": 0},
        lambda x: np.pad(x, [(0, 0), (1, 2), (0, 1), (0, 0)]),
    ),
    ("image.resize", {"size": [16, 16], "method": "nearest"}, lambda x: x.repeat(2, 1).repeat(2, 2)),
    (
        "__operators__.getitem",
        {"slice_spec": [{"class_name": "__ellipsis__"}, {"start": None, "stop": None, "step": -1}]},
        lambda x: x[..., ::-1],
    ),
    (
        "__operators__.getitem",
        {"slice_spec": [{"start": None, "stop": None, "step": None}, {"start": 1, "stop": 7, "step": 2}]},
        lambda x: x[:, 1:7:2],
    ),
]  # fmt: skip


def function_file(path: Path, function: str, call: list[Any]) -> Path:
    kind = "SlicingOpLambda" if "getitem" in function else "TFOpLambda"
    name = f"tf.{function}"
    entry = {**layer(kind, name, function=function), "inbound_nodes": [call]}
    return write(path, functional("m", [inputs("in", 8, 8, 3), entry], name), version="2.9.0")


@pytest.mark.parametrize(("function", "settings", "formula"), FUNCTIONS)
def test_a_tensorflow_function_becomes_keras_s_own(
    tmp_path: Path, function: str, settings: dict[str, Any], formula: Any
) -> None:
    path = function_file(tmp_path / "m.h5", function, ["in", 0, 0, {**settings, "name": None}])
    network, repaired = rebuilt(stored(path))
    np.testing.assert_allclose(network(PICTURES).numpy(), formula(ONE), rtol=1e-4, atol=1e-5)
    assert "TensorFlow operations read as Keras's own" in repaired


def test_a_constant_may_come_first_and_lists_of_tensors_are_kept(tmp_path: Path) -> None:
    path = function_file(tmp_path / "a.h5", "math.subtract", ["_CONSTANT_VALUE", -1, 1.0, {"y": ["in", 0, 0]}])
    np.testing.assert_allclose(rebuilt(stored(path))[0](PICTURES).numpy(), 1 - PICTURES, rtol=1e-5)
    both = [["in", 0, 0, {"axis": -1}], ["in", 0, 0, {"axis": -1}]]
    path = function_file(tmp_path / "b.h5", "concat", both)
    np.testing.assert_array_equal(rebuilt(stored(path))[0](PICTURES).numpy(), np.concatenate([PICTURES] * 2, -1))


@pytest.mark.parametrize(
    ("node", "constants", "formula"),
    [
        ({"op": "RealDiv"}, {"1": 127.5}, lambda x: x / 127.5),
        ({"op": "Sub"}, {"0": 1.0}, lambda x: 1 - x),
        ({"op": "Relu"}, {}, lambda x: np.maximum(x, 0)),
        ({"op": "Mean", "attr": {"keep_dims": {"b": True}}}, {"1": [1, 2]}, lambda x: x.mean((1, 2), keepdims=True)),
        ({"op": "Reshape"}, {"1": [-1, 64, 3]}, lambda x: x.reshape(-1, 64, 3)),
    ],
)
def test_a_node_of_a_graph_becomes_keras_s_own(
    tmp_path: Path, node: dict[str, Any], constants: dict[str, Any], formula: Any
) -> None:
    entry = layer("TensorFlowOpLayer", "node", "in", node_def=node, constants=constants)
    path = write(tmp_path / "m.h5", functional("m", [inputs("in", 8, 8, 3), entry], "node"), version="2.2.4-tf")
    np.testing.assert_allclose(rebuilt(stored(path))[0](PICTURES).numpy(), formula(ONE), rtol=1e-4, atol=1e-5)
