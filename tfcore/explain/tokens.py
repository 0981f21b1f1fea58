"""Tokens of a vision transformer as the feature map they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfcore.lazy import LazyModule
from tfcore.models.layers import grid_of

if TYPE_CHECKING:
    import tensorflow as tf
else:
    tf = LazyModule("tensorflow")


def as_map(value: tf.Tensor) -> tf.Tensor:
    """(N, h, w, K) in float32; tokens (N, T, K) are laid on their grid, the class token left out."""
    value = tf.cast(value, tf.float32)
    if value.shape.rank != 3:
        return value
    side = grid_of(tuple(value.shape))
    patches = value[:, value.shape[1] - side * side :]
    return tf.reshape(patches, (-1, side, side, value.shape[-1]))
