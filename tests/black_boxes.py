"""One network, linear before its softmax, as everything that can only be asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

SIDE, CLASSES = 8, 3
KERNEL = np.random.default_rng(3).normal(0, 0.3, (SIDE, SIDE, 3, CLASSES)).astype(np.float32)
PICTURES = np.random.default_rng(4).random((5, SIDE, SIDE, 3), np.float32)


def probabilities(pictures: np.ndarray) -> np.ndarray:
    """What all of them answer."""
    scores = np.exp(np.tensordot(pictures, KERNEL, 3))
    return scores / scores.sum(-1, keepdims=True)


def layered() -> keras.Model:
    """The same network, whose layers are recorded."""
    dense = keras.layers.Dense(CLASSES, activation="softmax")
    network = keras.Sequential([keras.layers.Input(KERNEL.shape[:3]), keras.layers.Flatten(), dense])
    dense.set_weights([KERNEL.reshape(-1, CLASSES), np.zeros(CLASSES, np.float32)])
    return network


@keras.saving.register_keras_serializable(package="tests")
class InCode(keras.Model):
    """The same, known to its code alone."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.dense = keras.layers.Dense(CLASSES, activation="softmax")

    def call(self, given: Any) -> Any:
        return self.dense(keras.ops.reshape(given, (-1, KERNEL[..., 0].size)))


def in_code() -> InCode:
    network = InCode()
    network(PICTURES)
    network.set_weights([KERNEL.reshape(-1, CLASSES), np.zeros(CLASSES, np.float32)])
    return network


def saved_model(
    folder: Path,
    answer: Callable[[Any, Any], Any] = lambda x, kernel: tf.nn.softmax(tf.tensordot(x, kernel, 3)),
    *takes: tf.TensorSpec,
    **others: Callable[[Any, Any], Any],
) -> Path:
    """A folder with ``serving_default``, and other signatures by name."""
    module = tf.Module()
    module.kernel = tf.Variable(KERNEL)
    takes = takes or (tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32),)

    def signature(of: Callable[..., Any]) -> Any:
        return tf.function(lambda *given: {"answer": of(*given, module.kernel)}, autograph=False).get_concrete_function(
            *takes
        )

    signatures = {"serving_default": answer, **others}
    tf.saved_model.save(module, str(folder), signatures={name: signature(of) for name, of in signatures.items()})
    return folder


def onnx_file(
    path: Path,
    first: bool = True,
    batch: int | None = None,
    dtype: str = "FLOAT",
    notes: dict[str, str] | None = None,
    scale: float = 1.0,
    last: str = "Softmax",
) -> Path:
    """A file whose channels come ``first`` or last, for a ``batch`` of any or of one size."""
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    from onnx import TensorProto, helper, numpy_helper

    kernel = np.moveaxis(KERNEL, 2, 0) if first else KERNEL
    shape = [batch or "n", *((3, SIDE, SIDE) if first else (SIDE, SIDE, 3))]
    nodes = [
        helper.make_node("Cast", ["pictures"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["numbers"], ["flat"]),
        helper.make_node("MatMul", ["flat", "kernel"], ["scores"]),
        helper.make_node(last, ["scores"], ["answer"]),
    ]
    graph = helper.make_graph(
        nodes,
        "linear",
        [helper.make_tensor_value_info("pictures", getattr(TensorProto, dtype), shape)],
        [helper.make_tensor_value_info("answer", TensorProto.FLOAT, [batch or "n", CLASSES])],
        [numpy_helper.from_array(kernel.reshape(-1, CLASSES) * np.float32(scale), "kernel")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    helper.set_model_props(model, notes or {})
    onnx.save(model, path)
    return path
