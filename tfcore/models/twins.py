"""Layers with the weights of others that differ from them in little: to be run without touching the model."""

from __future__ import annotations

import re
from typing import Any

from tfcore.lazy import keras

# What TensorFlow takes for the name of a scope; Keras takes any name, and asks for a scope of that name.
SCOPE = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")


def twin(layer: Any, **differences: Any) -> Any:
    """The same layer with the same weights, but for these attributes."""
    other = object.__new__(type(layer))
    other.__dict__.update(layer.__dict__, **differences)
    return other


def in_single(operation: Any) -> Any:
    """The layer, or a twin that computes in single precision from its weights, whatever these are stored in.

    In half precision gradients vanish and overflow, and shares of relevance are rounded away.
    """
    if isinstance(operation, list | tuple):
        return type(operation)(map(in_single, operation))
    policy = getattr(operation, "dtype_policy", None)
    if policy is None or policy.quantization_mode or policy.compute_dtype not in ("float16", "bfloat16", "float64"):
        return operation
    single = keras.DTypePolicy("float32")
    # Where the weights are stored in something else Keras casts them as it does in mixed precision.
    single._variable_dtype = policy.variable_dtype
    inner = {name: in_single(value) for name, value in vars(operation).items() if _holds_layers(value)}
    return twin(operation, **inner, _dtype_policy=single)


def let_any_name(network: keras.Model) -> None:
    """Let the layers be called whatever their names are (with spaces, commas, umlauts …)."""
    for layer in network._flatten_layers():
        if not SCOPE.fullmatch(layer.name):
            layer.__dict__["_open_name_scope"] = _Scope(layer)


def _holds_layers(value: Any) -> bool:
    if type(value) in (list, tuple):
        return any(map(_holds_layers, value))
    return isinstance(value, keras.Layer)


class _Scope:
    """Opens the scope of a layer under a name that TensorFlow takes."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer

    def __call__(self) -> Any:
        return keras.name_scope("layer" + re.sub(r"[^A-Za-z0-9_.-]", "_", self._layer.name), caller=self._layer)
