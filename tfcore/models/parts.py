"""What several networks of the zoo share: settings, heads, and small chains of layers."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from tfcore.lazy import keras
from tfcore.registry import Param

# Height, width, channels; a side is None where any will do.
Shape = tuple[int | None, int | None, int]


def dropout_rate(default: float, where: str = "before the last layer") -> Param:
    """The setting of a dropout layer."""
    return Param("dropout", "float", default, f"share of the values dropped {where} while training", low=0.0, high=0.9)


def frozen(default: bool) -> Param:
    """Whether the pretrained part is trained."""
    return Param("frozen", "bool", default, "keep the base as it is and train the head alone")


def application(make: Callable[..., keras.Model], input_shape: Shape, **settings: Any) -> keras.Model:
    """A network of ``keras.applications`` without its classifier and with fresh weights."""
    with warnings.catch_warnings():
        # Keras doubts whether four-channel pictures are meant; they are.
        warnings.filterwarnings("ignore", message="This model usually expects")
        return make(include_top=False, weights=None, input_shape=input_shape, **settings)


def on_base(base: keras.Model, output: Any, frozen: bool, name: str) -> keras.Model:
    """The base with a head's output as one flat model."""
    base.trainable = not frozen
    return keras.Model(base.input, output, name=name)


def transfer_head(base: keras.Model, classes: int) -> Any:
    """Max-pooling 4×4 → Flatten → Dense 64 ReLU → softmax."""
    values = keras.layers.Flatten(name="flatten")(keras.layers.MaxPooling2D(4, name="pool")(base.output))
    return classifier(keras.layers.Dense(64, activation="relu", name="dense")(values), classes)


def pooled_head(base: keras.Model, classes: int, dropout: float) -> Any:
    """Global average pooling → dropout → softmax."""
    return classifier(thinned(keras.layers.GlobalAveragePooling2D(name="gap")(base.output), dropout), classes)


def thinned(values: Any, dropout: float) -> Any:
    """The values behind a dropout layer, where there is anything to drop."""
    return keras.layers.Dropout(dropout, name="dropout")(values) if dropout else values


def classifier(values: Any, classes: int, name: str = "predictions") -> Any:
    """The last layer; scores are read before its softmax."""
    return keras.layers.Dense(classes, activation="softmax", name=name)(values)
