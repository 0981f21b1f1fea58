"""Small convolutional networks trained from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tfcore.lazy import keras
from tfcore.models.parts import Shape, classifier, dropout_rate, thinned
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, register

# The paper of cnn-2 and cnn-5 names no size; at this one a recipe takes minutes, not hours, on two cores.
SMALL = (128, 128, 3)


@register(
    ArchSpec(
        "cnn-2",
        "cnn",
        "two blocks of convolution, batch norm, ReLU and pooling; global average; softmax",
        (dropout_rate(0.25),),
        input_shape=SMALL,
        smallest=4,
        any_size=True,
    )
)
def cnn_2(classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.25) -> keras.Model:
    """32 and 64 filters."""
    return with_weights(_blocks("cnn-2", (32, 64), classes, input_shape, dropout), weights)


@register(
    ArchSpec(
        "cnn-5",
        "cnn",
        "five blocks of convolution, batch norm, ReLU and pooling; global average; softmax",
        (dropout_rate(0.5),),
        input_shape=SMALL,
        smallest=32,
        any_size=True,
    )
)
def cnn_5(classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.5) -> keras.Model:
    """32 to 256 filters."""
    return with_weights(_blocks("cnn-5", (32, 64, 128, 256, 256), classes, input_shape, dropout), weights)


@register(
    ArchSpec(
        "cnn-3",
        "cnn",
        "three convolutions 32-64-128 with pooling; dense 128; softmax",
        (dropout_rate(0.5),),
        input_shape=(256, 256, 3),
        smallest=22,
    )
)
def cnn_3(classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.5) -> keras.Model:
    """Conv 32-64-128, 3×3 valid, ReLU, 2×2 max-pool each; Flatten; Dense 128 ReLU; dropout (METHODS.md §9)."""
    images = values = keras.Input(input_shape)
    for number, filters in enumerate((32, 64, 128), start=1):
        values = keras.layers.Conv2D(filters, 3, activation="relu", name=f"conv{number}")(values)
        values = keras.layers.MaxPooling2D(2, name=f"pool{number}")(values)
    values = keras.layers.Dense(128, activation="relu", name="dense")(keras.layers.Flatten(name="flatten")(values))
    return with_weights(keras.Model(images, classifier(thinned(values, dropout), classes), name="cnn-3"), weights)


def _blocks(name: str, widths: Sequence[int], classes: int, input_shape: Shape, dropout: float) -> keras.Model:
    images = values = keras.Input(input_shape)
    for number, filters in enumerate(widths, start=1):
        values = _block(values, filters, f"block{number}")
    values = keras.layers.GlobalAveragePooling2D(name="gap")(values)
    return keras.Model(images, classifier(thinned(values, dropout), classes), name=name)


def _block(values: Any, filters: int, name: str) -> Any:
    # Without a bias of its own: the batch norm behind it has one.
    values = keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_conv")(values)
    # Statistics that forget faster than Keras's usual ones: small batches and few steps leave those far behind.
    values = keras.layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(values)
    values = keras.layers.ReLU(name=f"{name}_relu")(values)
    return keras.layers.MaxPooling2D(2, name=f"{name}_pool")(values)
