"""Nodes of TensorFlow's graph kept as layers (TensorFlow 2.0 to 2.3), as calls of the functions they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tfcore.models.opening.values import Config

_UNARY = {
    "Relu": "nn.relu",
    "Relu6": "nn.relu6",
    "Sigmoid": "nn.sigmoid",
    "Tanh": "nn.tanh",
    "Softmax": "nn.softmax",
    "Elu": "nn.elu",
    "Selu": "nn.selu",
    "Softplus": "nn.softplus",
    "Square": "square",
    "Sqrt": "sqrt",
    "Rsqrt": "rsqrt",
    "Exp": "exp",
    "Log": "log",
    "Abs": "abs",
    "Neg": "negative",
    "Identity": "identity",
}
_BINARY = {
    "RealDiv": "truediv",
    "Sub": "subtract",
    "Add": "add",
    "AddV2": "add",
    "Mul": "multiply",
    "Maximum": "maximum",
    "Minimum": "minimum",
    "BiasAdd": "add",
    "Pow": "pow",
}
# The second value of these is a setting of the function.
_SECOND = {
    "Mean": ("reduce_mean", "axis"),
    "Max": ("reduce_max", "axis"),
    "Min": ("reduce_min", "axis"),
    "Sum": ("reduce_sum", "axis"),
    "Reshape": ("reshape", "shape"),
    "Transpose": ("transpose", "perm"),
    "ExpandDims": ("expand_dims", "axis"),
    "Pad": ("pad", "paddings"),
}


@dataclass(frozen=True)
class Asked:
    """A call of a TensorFlow function: the layer's name, the tensors and constants it is given, and its settings."""

    name: str
    values: list[Any]
    settings: Config

    def get(self, *names: str, otherwise: Any = None) -> Any:
        """The setting that goes by the first of these names that was given."""
        return next((self.settings[name] for name in names if self.settings.get(name) is not None), otherwise)


def function_and_call(config: Config, asked: Asked) -> tuple[str, Asked]:
    """The function's name and its call; the node's own type where no function is known."""
    node = config.get("node_def")
    kind, attributes = _described(node)
    values = list(asked.values)
    for place, constant in sorted((int(key), value) for key, value in (config.get("constants") or {}).items()):
        values.insert(place, constant)
    if kind in _UNARY:
        return _UNARY[kind], Asked(asked.name, values[:1], {})
    if kind in _BINARY and len(values) == 2:
        return _BINARY[kind], Asked(asked.name, values, {})
    if kind in _SECOND and len(values) == 2:
        function, setting = _SECOND[kind]
        settings = {setting: values[1], "keepdims": attributes.get("keep_dims", {}).get("b", False)}
        return function, Asked(asked.name, values[:1], settings)
    if kind == "ConcatV2" and isinstance(values[-1], int):
        return "concat", Asked(asked.name, values[:-1], {"axis": values[-1]})
    return f"raw_ops.{kind}", asked


def _described(node: Any) -> tuple[str, Config]:
    """Type and attributes of a node, written as JSON or as that JSON's text."""
    if isinstance(node, str):
        import json

        try:
            node = json.loads(node)
        except ValueError:
            return "TensorFlowOpLayer", {}
    return (str(node.get("op")), node.get("attr") or {}) if isinstance(node, dict) else ("TensorFlowOpLayer", {})
