"""Networks of ``keras.applications`` under a new head, each as one flat model (METHODS.md §9)."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfcore.lazy import keras
from tfcore.models.parts import Shape, classifier, dropout_rate, frozen, thinned
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, Param, register

# From the base's feature map, the number of classes and the share that is dropped to the probabilities.
Head = Callable[[Any, int, float], Any]

_ALPHA = Param("alpha", "float", 1.0, "width: the number of filters, times this", low=0.1, high=2.0)
# The flat head's pooling needs four rows of a map that is 32 times smaller than the picture.
_FLAT: dict[str, Any] = {"params": (frozen(True),), "input_shape": (299, 299, 3), "smallest": 128}
_POOLED: dict[str, Any] = {"smallest": 32, "any_size": True}


def flat_head(values: Any, classes: int, _dropout: float) -> Any:
    """Max-pooling 4×4 → Flatten → Dense 64 ReLU → softmax."""
    values = keras.layers.Flatten(name="flatten")(keras.layers.MaxPooling2D(4, name="pool")(values))
    return classifier(keras.layers.Dense(64, activation="relu", name="dense")(values), classes)


def pooled_head(values: Any, classes: int, dropout: float) -> Any:
    """Global average pooling → dropout → softmax."""
    return classifier(thinned(keras.layers.GlobalAveragePooling2D(name="gap")(values), dropout), classes)


def application(base_name: str, head: Head, name: str, family: str, summary: str, **facts: Any) -> None:
    """Enter a network; what it is not asked about here (``alpha``) is a setting of its base."""

    @register(ArchSpec(name, family, summary, **facts))
    def build(
        classes: int,
        input_shape: Shape,
        weights: Path | None = None,
        frozen: bool = False,
        dropout: float = 0.0,
        **of_base: Any,
    ) -> keras.Model:
        make = getattr(keras.applications, base_name)
        with warnings.catch_warnings():
            # Keras doubts whether four-channel pictures are meant; they are.
            warnings.filterwarnings("ignore", message="This model usually expects")
            base = make(include_top=False, weights=None, input_shape=input_shape, **of_base)
        base.trainable = not frozen
        return with_weights(keras.Model(base.input, head(base.output, classes, dropout), name=name), weights, base)


application(
    "VGG16",
    flat_head,
    "vgg16",
    "transfer",
    "VGG16 base, frozen; max-pooling 4×4; dense 64; softmax",
    scaling="imagenet-caffe",
    **_FLAT,
)
application(
    "DenseNet201",
    flat_head,
    "densenet201",
    "transfer",
    "DenseNet201 base, frozen; max-pooling 4×4; dense 64; softmax",
    scaling="imagenet-torch",
    **_FLAT,
)
application(
    "ResNet50",
    pooled_head,
    "resnet50",
    "residual",
    "ResNet50 base; global average; softmax",
    params=(dropout_rate(0.0), frozen(False)),
    scaling="imagenet-caffe",
    **_POOLED,
)
application(
    "MobileNetV2",
    pooled_head,
    "mobilenetv2",
    "transfer",
    "MobileNetV2 base of any width; global average; softmax",
    params=(_ALPHA, dropout_rate(0.2), frozen(False)),
    scaling="x/127.5-1",
    **_POOLED,
)
