"""Networks of ``keras.applications`` under a new head, all as one flat model (METHODS.md §9)."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfcore.lazy import keras
from tfcore.models.parts import Shape, classifier, dropout_rate, frozen, thinned
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, Param, register

# The flat head's pooling needs four rows of a map that is 32 times smaller than the picture.
_FLAT: dict[str, Any] = {"input_shape": (299, 299, 3), "smallest": 128}
_POOLED: dict[str, Any] = {"smallest": 32, "any_size": True}
_ALPHA = Param("alpha", "float", 1.0, "width: the number of filters, times this", low=0.1, high=2.0)


@register(
    ArchSpec(
        "vgg16",
        "transfer",
        "VGG16 base, frozen; max-pooling 4×4; dense 64; softmax",
        (frozen(True),),
        scaling="imagenet-caffe",
        **_FLAT,
    )
)
def vgg16(classes: int, input_shape: Shape, weights: Path | None = None, frozen: bool = True) -> keras.Model:
    """VGG16 under the flat head."""
    return _on("vgg16", keras.applications.VGG16, input_shape, _flat_head(classes), weights, frozen)


@register(
    ArchSpec(
        "densenet201",
        "transfer",
        "DenseNet201 base, frozen; max-pooling 4×4; dense 64; softmax",
        (frozen(True),),
        scaling="imagenet-torch",
        **_FLAT,
    )
)
def densenet201(classes: int, input_shape: Shape, weights: Path | None = None, frozen: bool = True) -> keras.Model:
    """DenseNet201 under the flat head."""
    return _on("densenet201", keras.applications.DenseNet201, input_shape, _flat_head(classes), weights, frozen)


@register(
    ArchSpec(
        "resnet50",
        "residual",
        "ResNet50 base; global average; softmax",
        (dropout_rate(0.0), frozen(False)),
        scaling="imagenet-caffe",
        **_POOLED,
    )
)
def resnet50(
    classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.0, frozen: bool = False
) -> keras.Model:
    """ResNet50 under the pooled head."""
    return _on("resnet50", keras.applications.ResNet50, input_shape, _pooled_head(classes, dropout), weights, frozen)


@register(
    ArchSpec(
        "mobilenetv2",
        "transfer",
        "MobileNetV2 base of any width; global average; softmax",
        (_ALPHA, dropout_rate(0.2), frozen(False)),
        scaling="x/127.5-1",
        **_POOLED,
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
    """MobileNetV2 under the pooled head."""
    head, make = _pooled_head(classes, dropout), keras.applications.MobileNetV2
    return _on("mobilenetv2", make, input_shape, head, weights, frozen, alpha=alpha)


Head = Callable[[Any], Any]


def _on(
    name: str,
    make: Callable[..., keras.Model],
    input_shape: Shape,
    head: Head,
    weights: Path | None,
    frozen: bool,
    **settings: Any,
) -> keras.Model:
    """The network without its classifier, under a head; ``weights`` are those of the base or of all of it."""
    with warnings.catch_warnings():
        # Keras doubts whether four-channel pictures are meant; they are.
        warnings.filterwarnings("ignore", message="This model usually expects")
        base = make(include_top=False, weights=None, input_shape=input_shape, **settings)
    base.trainable = not frozen
    return with_weights(keras.Model(base.input, head(base.output), name=name), weights, base)


def _flat_head(classes: int) -> Head:
    """Max-pooling 4×4 → Flatten → Dense 64 ReLU → softmax."""

    def head(values: Any) -> Any:
        values = keras.layers.Flatten(name="flatten")(keras.layers.MaxPooling2D(4, name="pool")(values))
        return classifier(keras.layers.Dense(64, activation="relu", name="dense")(values), classes)

    return head


def _pooled_head(classes: int, dropout: float) -> Head:
    """Global average pooling → dropout → softmax."""

    def head(values: Any) -> Any:
        return classifier(thinned(keras.layers.GlobalAveragePooling2D(name="gap")(values), dropout), classes)

    return head
