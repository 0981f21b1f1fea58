"""Small convolutional networks trained from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.lazy import keras
from tfcore.models.parts import Shape, classifier, dropout_rate, thinned
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, Param, register

# The paper of cnn-2 and cnn-5 names no size; at this one a recipe takes minutes, not hours, on two cores.
SMALL = (128, 128, 3)
# Of group norm: few, so that also 32 filters make groups of several.
GROUPS = 8


def _head(before: str) -> Param:
    text = "flatten: every place has weights of its own, dense 128; gap: the mean over all places, as cam needs it"
    return Param("head", "choice", "flatten", text, choices=("flatten", "gap"), before=before)


_NORM = Param(
    "norm",
    "choice",
    "none",
    "what steadies the values behind each convolution: nothing, the batch's statistics or the picture's own, in groups",
    choices=("none", "batch", "group"),
    before="batch",
)


def convolutional(name: str, count: str, widths: Sequence[int], smallest: int) -> None:
    """Enter a network of equal blocks."""

    @register(
        ArchSpec(
            name,
            "cnn",
            f"{count} blocks of convolution, ReLU and pooling; dense 128; softmax",
            (dropout_rate(0.5), _head("gap"), _NORM),
            input_shape=SMALL,
            smallest=smallest,
            any_size=True,
        )
    )
    def build(
        classes: int,
        input_shape: Shape,
        weights: Path | None = None,
        dropout: float = 0.5,
        head: str = "flatten",
        norm: str = "none",
    ) -> keras.Model:
        images = values = keras.Input(input_shape)
        for number, filters in enumerate(widths, start=1):
            values = _block(values, filters, norm, f"block{number}")
        return with_weights(keras.Model(images, _answer(values, classes, dropout, head), name=name), weights)


convolutional("cnn-2", "two", (32, 64), smallest=4)
convolutional("cnn-5", "five", (32, 64, 128, 256, 256), smallest=32)


@register(
    ArchSpec(
        "cnn-3",
        "cnn",
        "three convolutions 32-64-128 with pooling; dense 128; softmax",
        (dropout_rate(0.5), _head("flatten")),
        input_shape=(256, 256, 3),
        smallest=22,
        any_size=True,
    )
)
def cnn_3(
    classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.5, head: str = "flatten"
) -> keras.Model:
    """Conv 32-64-128, 3×3 valid, ReLU, 2×2 max-pool each; Flatten; Dense 128 ReLU; dropout."""
    images = values = keras.Input(input_shape)
    for number, filters in enumerate((32, 64, 128), start=1):
        values = keras.layers.Conv2D(filters, 3, activation="relu", name=f"conv{number}")(values)
        values = keras.layers.MaxPooling2D(2, name=f"pool{number}")(values)
    return with_weights(keras.Model(images, _answer(values, classes, dropout, head), name="cnn-3"), weights)


def _block(values: Any, filters: int, norm: str, name: str) -> Any:
    # Where a norm follows, it has the bias.
    values = keras.layers.Conv2D(filters, 3, padding="same", use_bias=norm == "none", name=f"{name}_conv")(values)
    if norm == "batch":
        # Statistics that forget faster than Keras's usual ones: small batches and few steps leave those far behind.
        values = keras.layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(values)
    elif norm == "group":
        values = keras.layers.GroupNormalization(GROUPS, name=f"{name}_gn")(values)
    return keras.layers.MaxPooling2D(2, name=f"{name}_pool")(keras.layers.ReLU(name=f"{name}_relu")(values))


def _answer(values: Any, classes: int, dropout: float, head: str) -> Any:
    """From the last feature map to the probabilities."""
    if head == "gap":
        values = keras.layers.GlobalAveragePooling2D(name="gap")(values)
    elif None in values.shape[1:]:
        raise HeatlensError("head = flatten needs a stated height and width; give input_shape, or choose head = gap.")
    else:
        values = keras.layers.Flatten(name="flatten")(values)
        values = keras.layers.Dense(128, activation="relu", name="dense")(values)
    return classifier(thinned(values, dropout), classes)
