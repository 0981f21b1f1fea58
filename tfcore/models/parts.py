"""What several networks of the zoo share: settings and last layers."""

from __future__ import annotations

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


def thinned(values: Any, dropout: float, name: str = "dropout") -> Any:
    """The values behind a dropout layer, where there is anything to drop."""
    return keras.layers.Dropout(dropout, name=name)(values) if dropout else values


def classifier(values: Any, classes: int, name: str = "predictions") -> Any:
    """The last layer; scores are read before its softmax."""
    return keras.layers.Dense(classes, activation="softmax", name=name)(values)
