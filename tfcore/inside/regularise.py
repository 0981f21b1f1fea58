"""What keeps a climbed picture a picture (002 §4.2, eq. 7 and 8): disturbances, and what is penalised."""

from __future__ import annotations

import numpy as np

from tfcore.lazy import tf

# Places of the picture whose kernels are compared in each step.
PLACES = 512
# Share of the picture within which places are alike, and difference of values (in half the range) that is.
_NEAR, _ALIKE = 0.125, 0.5


def disturbed(u: tf.Tensor, moves: tf.Tensor, size: tuple[int, int], margin: int) -> tf.Tensor:
    """A window (F, H, W, C) of the larger picture, moved by whole pixels and turned by ``moves`` (F, 3)."""
    down, right, angle = tf.unstack(moves, axis=1)
    cos, sin = tf.cos(angle * np.pi / 180), tf.sin(angle * np.pi / 180)
    y, x = (size[0] - 1) / 2, (size[1] - 1) / 2
    none = tf.zeros_like(cos)
    # Of each pixel of the window the place in the picture.
    rows = [cos, -sin, x + margin + right - cos * x + sin * y, sin, cos, y + margin + down - sin * x - cos * y]
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=u,
        transforms=tf.stack([*rows, none, none], 1),
        output_shape=size,
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="NEAREST",
    )


def total_variation(u: tf.Tensor) -> tf.Tensor:
    """(F,): Σ |difference of neighbours| (eq. 7 as printed lacks the bars)."""
    down, across = tf.abs(u[:, 1:] - u[:, :-1]), tf.abs(u[:, :, 1:] - u[:, :, :-1])
    return tf.reduce_sum(down, (1, 2, 3)) + tf.reduce_sum(across, (1, 2, 3))


def energy(u: tf.Tensor) -> tf.Tensor:
    """(F,): ‖u‖²."""
    return tf.reduce_sum(u * u, (1, 2, 3))


def unlike(u: tf.Tensor, mean: tf.Tensor, places: tf.Tensor) -> tf.Tensor:
    """(F,): Σ_i mean_j of k(x_i, x_j) + k(s_i, s_j) − 2 k(x_i, s_j) at some places (eq. 8b): MMD by a Gaussian kernel.

    x_i are the channels of a pixel and where it lies: without the place nothing would be said of shapes. The loss is
    taken off; eq. 8a as printed adds it, which would drive the picture away.
    """
    height, width, channels = u.shape[1:]
    where = tf.cast(tf.stack([places // width, places % width], 1), tf.float32) / (_NEAR * max(height, width))

    def features(each: tf.Tensor) -> tf.Tensor:
        values = tf.gather(tf.reshape(each, (-1, height * width, channels)), places, axis=1) / _ALIKE
        return tf.concat([values, tf.repeat(where[tf.newaxis], tf.shape(values)[0], 0)], -1)

    def kernel(a: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
        square = tf.reduce_sum(a * a, -1)[..., tf.newaxis] + tf.reduce_sum(b * b, -1)[..., tf.newaxis, :]
        return tf.exp(-(square - 2 * tf.matmul(a, b, transpose_b=True)) / 2)

    x, s = features(u), features(mean)
    found = kernel(x, x) + kernel(s, s) - 2 * kernel(x, s)
    return tf.reduce_sum(tf.reduce_mean(found, -1), -1)
