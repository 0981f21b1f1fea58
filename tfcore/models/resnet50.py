"""ResNet50 under global average pooling."""

from __future__ import annotations

from pathlib import Path

from tfcore.lazy import keras
from tfcore.models.parts import Shape, application, dropout_rate, frozen, on_base, pooled_head
from tfcore.models.weights import with_weights
from tfcore.registry import Spec, register


@register(
    Spec(
        "resnet50",
        kind="architecture",
        family="residual",
        summary="ResNet50 base; global average; softmax",
        params=(dropout_rate(0.0), frozen(False)),
        extra={"input_shape": (224, 224, 3), "scaling": "imagenet-caffe", "smallest": 32, "any_size": True},
    )
)
def resnet50(
    classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.0, frozen: bool = False
) -> keras.Model:
    """ResNet50 without its classifier → global average pooling → softmax."""
    base = application(keras.applications.ResNet50, input_shape)
    network = on_base(base, pooled_head(base, classes, dropout), frozen, "resnet50")
    return with_weights(network, weights, base)
