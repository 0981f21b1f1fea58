"""MobileNetV2 under global average pooling: the base of most small transfer models."""

from __future__ import annotations

from pathlib import Path

from tfcore.lazy import keras
from tfcore.models.parts import Shape, application, dropout_rate, frozen, on_base, pooled_head
from tfcore.models.weights import with_weights
from tfcore.registry import Param, Spec, register


@register(
    Spec(
        "mobilenetv2",
        kind="architecture",
        family="transfer",
        summary="MobileNetV2 base of any width; global average; softmax",
        params=(
            Param("alpha", "float", 1.0, "width: the number of filters, times this", low=0.1, high=2.0),
            dropout_rate(0.2),
            frozen(False),
        ),
        extra={"input_shape": (224, 224, 3), "scaling": "x/127.5-1", "smallest": 32, "any_size": True},
    )
)
def mobilenetv2(
    classes: int,
    input_shape: Shape,
    weights: Path | None = None,
    alpha: float = 1.0,
    dropout: float = 0.2,
    frozen: bool = False,
) -> keras.Model:
    """MobileNetV2 without its classifier → global average pooling → dropout → softmax."""
    base = application(keras.applications.MobileNetV2, input_shape, alpha=alpha)
    network = on_base(base, pooled_head(base, classes, dropout), frozen, "mobilenetv2")
    return with_weights(network, weights, base)
