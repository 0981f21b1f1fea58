"""ResNeXt-50 with selective kernels: each block weighs a 3×3 against a dilated (5×5 wide) convolution by channel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tfcore.lazy import keras
from tfcore.models.parts import Shape, dropout_rate
from tfcore.models.resnext50 import GROUPS, SIZE, conv, norm, relu, residual_network
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, register


@register(
    ArchSpec(
        "sk-resnext50",
        "residual",
        "ResNeXt-50 32×4d with selective kernels; reads timm weights",
        (dropout_rate(0.0),),
        **SIZE,
    )
)
def sk_resnext50(classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.0) -> keras.Model:
    """ResNeXt-50 whose grouped convolutions are selective-kernel units → global average pooling → softmax."""
    return with_weights(residual_network("sk-resnext50", _branch, classes, input_shape, dropout), weights)


def _branch(values: Any, filters: int, stride: int, prefix: str) -> Any:
    values = relu(norm(conv(values, filters, 1, prefix + "conv1.conv"), prefix + "conv1.bn"), prefix + "conv1.act")
    values = _selective(values, filters, stride, prefix + "conv2.")
    return norm(conv(values, 2 * filters, 1, prefix + "conv3.conv"), prefix + "conv3.bn")


def _selective(values: Any, filters: int, stride: int, prefix: str) -> Any:
    """Both paths, each times its gate, added: the gates of a channel sum to one."""
    near = _path(conv(values, filters, 3, prefix + "paths.0.conv", stride, GROUPS), prefix + "paths.0.")
    far = _path(_dilated(values, filters, stride, prefix + "paths.1.conv"), prefix + "paths.1.")
    gates = _gates(keras.layers.Add(name=prefix + "both")([near, far]), filters, prefix + "attn.")
    gated = [
        keras.layers.Multiply(name=f"{prefix}gated.{number}")([path, gate])
        for number, (path, gate) in enumerate(zip((near, far), gates, strict=True))
    ]
    return keras.layers.Add(name=prefix + "selected")(gated)


def _path(values: Any, prefix: str) -> Any:
    return relu(norm(values, prefix + "bn"), prefix + "act")


def _dilated(values: Any, filters: int, stride: int, name: str) -> Any:
    """A 3×3 convolution of dilation 2; Keras does not know one that strides as well.

    With stride 2 such a convolution reads even rows and columns only: it is an undilated one on every second pixel.
    """
    from tfcore.custom_layers import GroupedConv2D

    if stride > 1:
        values = keras.layers.MaxPooling2D(1, stride, name=f"{name}_every_second")(values)
        return conv(values, filters, 3, name, groups=GROUPS)
    return GroupedConv2D(filters, 3, padding="same", dilation_rate=2, groups=GROUPS, use_bias=False, name=name)(values)


def _gates(both: Any, filters: int, prefix: str) -> list[Any]:
    """One gate per path and channel (N, 1, 1, filters), softmax over the paths."""
    pooled = keras.layers.GlobalAveragePooling2D(keepdims=True, name=prefix + "gap")(both)
    reduced = conv(pooled, max(32, filters // 16), 1, prefix + "fc_reduce")
    reduced = relu(norm(reduced, prefix + "bn"), prefix + "act")
    selected = conv(reduced, 2 * filters, 1, prefix + "fc_select")
    shares = keras.layers.Reshape((2, filters), name=prefix + "paths")(selected)
    shares = keras.layers.Softmax(axis=1, name=prefix + "softmax")(shares)
    cuts = ((0, 1), (1, 0))
    return [
        keras.layers.Reshape((1, 1, filters), name=f"{prefix}gate.{number}")(
            keras.layers.Cropping1D(cut, name=f"{prefix}share.{number}")(shares)
        )
        for number, cut in enumerate(cuts)
    ]
