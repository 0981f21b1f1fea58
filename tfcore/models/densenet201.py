"""DenseNet201 under a small trainable head."""

from __future__ import annotations

from pathlib import Path

from tfcore.lazy import keras
from tfcore.models.parts import Shape, application, frozen, on_base, transfer_head
from tfcore.models.weights import with_weights
from tfcore.registry import Spec, register


@register(
    Spec(
        "densenet201",
        kind="architecture",
        family="transfer",
        summary="DenseNet201 base, frozen; max-pooling 4×4; dense 64; softmax",
        params=(frozen(True),),
        # The head's pooling needs four rows of a map that is 32 times smaller than the picture.
        extra={"input_shape": (299, 299, 3), "scaling": "imagenet-torch", "smallest": 128},
    )
)
def densenet201(classes: int, input_shape: Shape, weights: Path | None = None, frozen: bool = True) -> keras.Model:
    """DenseNet201 without its classifier → MaxPool 4×4 → Flatten → Dense 64 ReLU → softmax (METHODS.md §9)."""
    base = application(keras.applications.DenseNet201, input_shape)
    network = on_base(base, transfer_head(base, classes), frozen, "densenet201")
    return with_weights(network, weights, base)
