"""Tokens of a vision transformer as the feature map they are."""

from __future__ import annotations

from tfcore.lazy import tf
from tfcore.models.layers import grid_of
from tfcore.models.program import Program


def as_map(value: tf.Tensor, program: Program) -> tf.Tensor:
    """A value of the program as (N, h, w, K) in float32; tokens are laid on their grid."""
    return on_grid(value, grid_of(program, tuple(value.shape)))


def on_grid(value: tf.Tensor, grid: tuple[int, int] | None) -> tf.Tensor:
    """Tokens (N, T, K) on the grid of their patches, the class token left out; a feature map as it is."""
    value = tf.cast(value, tf.float32)
    if value.shape.rank != 3 or grid is None:
        return value
    rows, columns = grid
    patches = value[:, value.shape[1] - rows * columns :]
    return tf.reshape(patches, (-1, rows, columns, value.shape[-1]))
