"""The end of a network: its last softmax or sigmoid is taken off, however it is written, so that scores are logits.

A saturated softmax has no gradient left; every explanation starts before it (METHODS.md §1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfcore.lazy import LazyModule
from tfcore.models.program import graph_of

if TYPE_CHECKING:
    import keras
else:
    keras = LazyModule("keras")

ACTIVATIONS = ("softmax", "sigmoid", "log_softmax")
# What may stand behind the last activation without changing the values.
_PASSING = ("Reshape", "Flatten", "Identity", "Permute", "Dropout", "Cropping2D")


def without_activation(model: keras.Model) -> tuple[keras.Model, str]:
    """The model giving logits, and the name of the activation it lost (``"linear"`` if it had none).

    The layers are the model's own. One whose activation is written inside it becomes linear in place, so hand over
    a model that nobody else uses.
    """
    graph = graph_of(model)
    output, activation = _strip(graph.outputs[0])
    # A dict of one is laid open.
    if output is graph.outputs[0] and not isinstance(graph.input, dict) and not isinstance(graph.output, dict):
        return model, activation
    # A list of one would make Keras warn at every call with a bare tensor.
    inputs = model.inputs[0] if len(model.inputs) == 1 else model.inputs
    return keras.Model(inputs, output, name=model.name), activation


def _strip(tensor: Any) -> tuple[Any, str]:
    """The tensor before the last activation; the same tensor where nothing had to be cut off."""
    operation, node_index, _ = tensor._keras_history
    node = operation._inbound_nodes[node_index]
    if node.is_input:
        return tensor, "linear"
    source = node.input_tensors[0]
    kind = type(operation).__name__

    if isinstance(operation, keras.Model):
        inner, activation = without_activation(operation)
        return (tensor if inner is operation else inner(*node.arguments.args)), activation
    name = _activation_name(operation)
    if kind in ("Softmax", "Sigmoid", "LogSoftmax") or (kind == "Activation" and name in ACTIVATIONS):
        return source, {"LogSoftmax": "log_softmax"}.get(kind, kind.lower()) if kind != "Activation" else name
    if name in ACTIVATIONS:
        operation.activation = keras.activations.linear
        return tensor, name
    if kind in _PASSING or (kind == "Activation" and name == "linear"):
        before, activation = _strip(source)
        return (tensor if before is source else operation(before)), activation
    return tensor, "linear"


def _activation_name(operation: Any) -> str:
    activation = getattr(operation, "activation", None)
    if activation is None:
        return "linear"
    # A layer may stand as the activation of another: Dense(4, activation=Softmax()).
    return str(getattr(activation, "__name__", None) or type(activation).__name__.lower())
