"""ResNeXt-50 32×4d. Layers carry timm's names (``layer1.0.conv1`` …), stage ends are ``layer1.2.act3`` and so on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfcore.lazy import keras
from tfcore.models.parts import Shape, classifier, dropout_rate, thinned
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, register

GROUPS = 32
# Blocks of each stage, and the filters between their two 1×1 convolutions.
STAGES = ((3, 128), (4, 256), (6, 512), (3, 1024))
SIZE: dict[str, Any] = {"scaling": "imagenet-torch", "smallest": 32, "any_size": True}

# From values, filters, stride and name prefix to the values before the addition.
Branch = Callable[[Any, int, int, str], Any]


@register(
    ArchSpec(
        "resnext50",
        "residual",
        "ResNeXt-50 32×4d: residual blocks of grouped convolutions; reads timm weights",
        (dropout_rate(0.0),),
        **SIZE,
    )
)
def resnext50(classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.0) -> keras.Model:
    """ResNeXt-50 32×4d → global average pooling → softmax."""
    return with_weights(residual_network("resnext50", _branch, classes, input_shape, dropout), weights)


def residual_network(name: str, branch: Branch, classes: int, input_shape: Shape, dropout: float) -> keras.Model:
    """Stem, four stages of blocks, global average and softmax; ``branch`` is what a block adds to its input."""
    images = keras.Input(input_shape)
    values = relu(norm(conv(images, 64, 7, "conv1", stride=2), "bn1"), "act1")
    values = keras.layers.ZeroPadding2D(1, name="maxpool_pad")(values)
    values = keras.layers.MaxPooling2D(3, 2, name="maxpool")(values)
    for stage, (blocks, filters) in enumerate(STAGES, start=1):
        for block in range(blocks):
            stride = 2 if stage > 1 and block == 0 else 1
            prefix = f"layer{stage}.{block}."
            added = branch(values, filters, stride, prefix)
            if block == 0:
                values = norm(conv(values, 2 * filters, 1, prefix + "downsample.0", stride), prefix + "downsample.1")
            values = relu(keras.layers.Add(name=prefix + "add")([added, values]), prefix + "act3")
    values = keras.layers.GlobalAveragePooling2D(name="gap")(values)
    return keras.Model(images, classifier(thinned(values, dropout), classes, "fc"), name=name)


def _branch(values: Any, filters: int, stride: int, prefix: str) -> Any:
    values = relu(norm(conv(values, filters, 1, prefix + "conv1"), prefix + "bn1"), prefix + "act1")
    values = relu(norm(conv(values, filters, 3, prefix + "conv2", stride, GROUPS), prefix + "bn2"), prefix + "act2")
    return norm(conv(values, 2 * filters, 1, prefix + "conv3"), prefix + "bn3")


def conv(values: Any, filters: int, size: int, name: str, stride: int = 1, groups: int = 1) -> Any:
    """A convolution without bias that is padded alike on both sides."""
    padding = "same"
    if stride > 1 and size > 1:
        # Keras would pad such a one below and to the right only.
        values = keras.layers.ZeroPadding2D(size // 2, name=f"{name}_pad")(values)
        padding = "valid"
    settings = {"strides": stride, "padding": padding, "use_bias": False, "name": name}
    if groups > 1:
        from tfcore.custom_layers import GroupedConv2D

        return GroupedConv2D(filters, size, groups=groups, **settings)(values)
    return keras.layers.Conv2D(filters, size, **settings)(values)


def norm(values: Any, name: str) -> Any:
    """Batch norm with the epsilon the pretrained weights were found with."""
    return keras.layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=name)(values)


def relu(values: Any, name: str) -> Any:
    return keras.layers.ReLU(name=name)(values)
