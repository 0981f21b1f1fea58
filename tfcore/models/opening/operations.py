"""TensorFlow functions among the layers of a Keras 2 model, as the layers and operations of Keras 3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.models.opening.graph_operations import Asked, Config, function_and_call

# Layer entry, positional arguments and settings of its call.
Call = tuple[Config, list[Any], Config]


def translated(entry: Config, asked: Asked) -> Call:
    """The call in Keras 3, or a sentence that names the layer for which there is none."""
    if entry["class_name"] == "TensorFlowOpLayer":
        function, asked = function_and_call(entry["config"], asked)
    else:
        function = str(entry["config"].get("function") or entry["config"].get("symbol") or "")
    function = function.removeprefix("compat.v1.").removeprefix("raw_ops.")
    make = _FUNCTIONS.get(function)
    call = make(asked) if make is not None else None
    if call is None:
        raise HeatlensError(
            f"Layer {asked.name!r} computes tf.{function}, which cannot be turned into a Keras layer; "
            "rebuild the model with a layer of Keras in its place."
        )
    return call


# --- kinds of functions ---


def _layer(kind: str, asked: Asked, **settings: Any) -> Call:
    layer = {"module": "keras.layers", "class_name": kind, "config": {"name": asked.name, **settings}}
    one = asked.values[0] if len(asked.values) == 1 else asked.values
    return {**layer, "registered_name": None}, [one], {}


def _operation(module: str, kind: str, asked: Asked, *args: Any, **settings: Any) -> Call:
    config = {"name": asked.name, **settings}
    entry = {"module": f"keras.src.ops.{module}", "class_name": kind, "config": config, "registered_name": kind}
    return entry, [_number(each) for each in args], {}


def _two(kind: str) -> Callable[[Asked], Call | None]:
    def make(asked: Asked) -> Call | None:
        second = asked.values[1] if len(asked.values) > 1 else asked.get("y", "bias")
        return None if second is None else _operation("numpy", kind, asked, asked.values[0], second)

    return make


def _taken(asked: Asked, named: dict[str, tuple[Any, ...]]) -> Config:
    """Settings by the names they go by in TensorFlow; last in the row is what they are where nothing is said."""
    return {setting: asked.get(*names, otherwise=usual) for setting, (*names, usual) in named.items()}


def _one(module: str, kind: str, **named: tuple[Any, ...]) -> Callable[[Asked], Call]:
    return lambda asked: _operation(module, kind, asked, asked.values[0], **_taken(asked, named))


def _of_layer(kind: str, **named: tuple[Any, ...]) -> Callable[[Asked], Call]:
    return lambda asked: _layer(kind, asked, **_taken(asked, named))


def _activation(name: str) -> Callable[[Asked], Call]:
    return lambda asked: _layer("Activation", asked, activation=name)


def _reduction(kind: str) -> Callable[[Asked], Call]:
    return _one("numpy", kind, axis=("axis", "reduction_indices", None), keepdims=("keepdims", "keep_dims", False))


# --- single functions ---


def _reshape(asked: Asked) -> Call | None:
    shape = asked.get("shape")
    if not _whole(shape):
        return None
    return _operation("numpy", "Reshape", asked, asked.values[0], newshape=shape)


def _transpose(asked: Asked) -> Call | None:
    axes = asked.get("perm")
    return _operation("numpy", "Transpose", asked, asked.values[0], axes=axes) if axes is None or _whole(axes) else None


def _clip(asked: Asked) -> Call | None:
    low, high = asked.get("clip_value_min"), asked.get("clip_value_max")
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    return _operation("numpy", "Clip", asked, asked.values[0], x_min=low, x_max=high)


def _pad(asked: Asked) -> Call | None:
    widths, mode = asked.get("paddings"), str(asked.get("mode", otherwise="CONSTANT")).lower()
    if not isinstance(widths, list) or asked.get("constant_values", otherwise=0) != 0:
        return None
    return _operation("numpy", "Pad", asked, asked.values[0], pad_width=widths, mode=mode)


def _resize(asked: Asked) -> Call | None:
    size, method = asked.get("size"), str(asked.get("method", otherwise="bilinear"))
    # The enumeration of TensorFlow, where it was not written as a word.
    method = {"0": "bilinear", "1": "nearest", "2": "bicubic"}.get(method, method)
    if not _whole(size) or method not in ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"):
        return None
    if asked.get("preserve_aspect_ratio"):
        return None
    sharp = bool(asked.get("antialias", otherwise=False))
    settings = {"size": size, "interpolation": method, "antialias": sharp, "data_format": "channels_last"}
    return _operation("image", "Resize", asked, asked.values[0], **settings)


def _slice(asked: Asked) -> Call | None:
    spec = asked.get("slice_spec")
    spec = spec if isinstance(spec, list) else [spec]
    key = [_range(each) for each in spec]
    if any(each is _UNKNOWN for each in key):
        return None
    call, args, settings = _operation("numpy", "GetItem", asked, asked.values[0])
    return call, [*args, key], settings


_UNKNOWN = object()


def _range(spec: Any) -> Any:
    """One axis of a slice: a range, a place, or everything."""
    if spec is None or isinstance(spec, int):
        return spec
    if isinstance(spec, dict) and spec.get("class_name") == "__ellipsis__":
        return {"class_name": "__ellipsis__", "config": {}}
    if isinstance(spec, dict) and set(spec) == {"start", "stop", "step"}:
        whole = all(value is None or isinstance(value, int) for value in spec.values())
        return {"class_name": "__slice__", "config": spec} if whole else _UNKNOWN
    return _UNKNOWN


def _whole(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, int) for value in values)


def _number(value: Any) -> Any:
    """Lists of numbers as a constant, tensors and plain numbers as they are."""
    return (
        {"class_name": "__tensor__", "config": {"value": value, "dtype": "float32"}}
        if isinstance(value, list)
        else value
    )


_FUNCTIONS: dict[str, Callable[[Asked], Call | None]] = {
    **dict.fromkeys(("math.add", "add", "__operators__.add", "nn.bias_add"), _two("Add")),
    **dict.fromkeys(("math.subtract", "subtract", "__operators__.sub"), _two("Subtract")),
    **dict.fromkeys(("math.multiply", "multiply", "__operators__.mul"), _two("Multiply")),
    **dict.fromkeys(("math.truediv", "math.divide", "divide", "realdiv", "truediv"), _two("TrueDivide")),
    **dict.fromkeys(("math.maximum", "maximum"), _two("Maximum")),
    **dict.fromkeys(("math.minimum", "minimum"), _two("Minimum")),
    **dict.fromkeys(("math.pow", "pow"), _two("Power")),
    **dict.fromkeys(("math.add_n", "add_n"), lambda asked: _layer("Add", asked) if len(asked.values) > 1 else None),
    **dict.fromkeys(("math.reduce_mean", "reduce_mean"), _reduction("Mean")),
    **dict.fromkeys(("math.reduce_max", "reduce_max"), _reduction("Max")),
    **dict.fromkeys(("math.reduce_min", "reduce_min"), _reduction("Min")),
    **dict.fromkeys(("math.reduce_sum", "reduce_sum"), _reduction("Sum")),
    **dict.fromkeys(("math.square", "square"), _one("numpy", "Square")),
    **dict.fromkeys(("math.sqrt", "sqrt"), _one("numpy", "Sqrt")),
    **dict.fromkeys(("math.exp", "exp"), _one("numpy", "Exp")),
    **dict.fromkeys(("math.log", "log"), _one("numpy", "Log")),
    **dict.fromkeys(("math.abs", "abs"), _one("numpy", "Absolute")),
    **dict.fromkeys(("math.negative", "negative"), _one("numpy", "Negative")),
    **dict.fromkeys(("math.rsqrt", "rsqrt"), _one("math", "Rsqrt")),
    "stop_gradient": _one("core", "StopGradient"),
    "identity": _of_layer("Identity"),
    "nn.relu": _of_layer("ReLU"),
    "nn.relu6": lambda asked: _layer("ReLU", asked, max_value=6.0),
    "nn.leaky_relu": _of_layer("LeakyReLU", negative_slope=("alpha", 0.2)),
    "nn.softmax": _of_layer("Softmax", axis=("axis", "dim", -1)),
    **dict.fromkeys(("nn.sigmoid", "math.sigmoid", "sigmoid"), _activation("sigmoid")),
    **dict.fromkeys(("nn.tanh", "math.tanh", "tanh"), _activation("tanh")),
    **dict.fromkeys(("nn.silu", "nn.swish"), _activation("silu")),
    **dict.fromkeys(("nn.softplus", "math.softplus"), _activation("softplus")),
    "nn.elu": _activation("elu"),
    "nn.selu": _activation("selu"),
    "concat": _of_layer("Concatenate", axis=("axis", 0)),
    "reshape": _reshape,
    "transpose": _transpose,
    "expand_dims": _one("numpy", "ExpandDims", axis=("axis", "dim", 0)),
    "squeeze": _one("numpy", "Squeeze", axis=("axis", "squeeze_dims", None)),
    "cast": _one("core", "Cast", dtype=("dtype", "float32")),
    "clip_by_value": _clip,
    "pad": _pad,
    **dict.fromkeys(("image.resize", "image.resize_images"), _resize),
    "__operators__.getitem": _slice,
}
