"""VGG16 under a small trainable head."""

from __future__ import annotations

from pathlib import Path

from tfcore.lazy import keras
from tfcore.models.parts import Shape, application, frozen, on_base, transfer_head
from tfcore.models.weights import with_weights
from tfcore.registry import Spec, register


@register(
    Spec(
        "vgg16",
        kind="architecture",
        family="transfer",
        summary="VGG16 base, frozen; max-pooling 4×4; dense 64; softmax",
        params=(frozen(True),),
        # The head's pooling needs four rows of a map that is 32 times smaller than the picture.
        extra={"input_shape": (299, 299, 3), "scaling": "imagenet-caffe", "smallest": 128},
    )
)
def vgg16(classes: int, input_shape: Shape, weights: Path | None = None, frozen: bool = True) -> keras.Model:
    """VGG16 without its classifier → MaxPool 4×4 → Flatten → Dense 64 ReLU → softmax (METHODS.md §9)."""
    base = application(keras.applications.VGG16, input_shape)
    network = on_base(base, transfer_head(base, classes), frozen, "vgg16")
    return with_weights(network, weights, base)
