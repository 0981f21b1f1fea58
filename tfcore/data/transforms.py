"""The changes that augmentation makes, as formulas on tensors; each draws all its numbers from one seed.

``levels`` is (H, W, C) float32. Changes that move pixels also take the interpolation, so that a mask moves with its
picture.
"""

from __future__ import annotations

import math

from tfcore.lazy import tf


def uniform(seed: tf.Tensor, draw: int, low: float, high: float) -> tf.Tensor:
    """The draw-th number of a seed."""
    return tf.random.stateless_uniform([], tf.random.fold_in(seed, draw), low, high)


def flip(levels: tf.Tensor, seed: tf.Tensor, _: str, horizontal: bool = True, vertical: bool = False) -> tf.Tensor:
    """Mirrored half of the time along each axis that is allowed."""
    if horizontal:
        levels = tf.where(uniform(seed, 0, 0, 1) < 0.5, levels[:, ::-1], levels)
    if vertical:
        levels = tf.where(uniform(seed, 1, 0, 1) < 0.5, levels[::-1], levels)
    return levels


def rotation(levels: tf.Tensor, seed: tf.Tensor, interpolation: str, degrees: float = 15.0) -> tf.Tensor:
    """Turned about the centre by up to that many degrees either way."""
    turn = uniform(seed, 0, -degrees, degrees) * (math.pi / 180)
    return _moved(levels, turn, 1.0, 0.0, 0.0, 0.0, interpolation)


def affine(
    levels: tf.Tensor,
    seed: tf.Tensor,
    interpolation: str,
    degrees: float = 10.0,
    shift: float = 0.05,
    zoom: float = 0.1,
    shear: float = 5.0,
) -> tf.Tensor:
    """Turned, shifted by a share of the side, magnified and sheared at once, each up to its limit either way."""
    height, width = tf.unstack(tf.cast(tf.shape(levels)[:2], tf.float32))
    turn = uniform(seed, 0, -degrees, degrees) * (math.pi / 180)
    across = uniform(seed, 1, -shift, shift) * width
    down = uniform(seed, 2, -shift, shift) * height
    larger = uniform(seed, 3, 1 - zoom, 1 + zoom)
    slant = uniform(seed, 4, -shear, shear) * (math.pi / 180)
    return _moved(levels, turn, larger, across, down, slant, interpolation)


def contrast(levels: tf.Tensor, seed: tf.Tensor, amount: float = 0.2) -> tf.Tensor:
    """Distances from the mean multiplied by 1 − amount to 1 + amount."""
    mean = tf.reduce_mean(levels)
    return mean + (levels - mean) * uniform(seed, 0, 1 - amount, 1 + amount)


def blur(levels: tf.Tensor, seed: tf.Tensor, sigma: float = 1.0) -> tf.Tensor:
    """Gaussian blur with a standard deviation of up to ``sigma`` pixels."""
    reach = max(1, math.ceil(3 * sigma))
    drawn = uniform(seed, 0, 0.01, max(sigma, 0.011))
    weights = tf.exp(-(tf.range(-reach, reach + 1, dtype=tf.float32) ** 2) / (2 * drawn**2))
    weights /= tf.reduce_sum(weights)
    # Channels as pictures, so that one small convolution serves any number of them.
    planes = tf.transpose(levels, [2, 0, 1])[..., tf.newaxis]
    padded = tf.pad(planes, [[0, 0], [reach, reach], [reach, reach], [0, 0]], "SYMMETRIC")
    down = tf.nn.conv2d(padded, weights[:, tf.newaxis, tf.newaxis, tf.newaxis], 1, "VALID")
    across = tf.nn.conv2d(down, weights[tf.newaxis, :, tf.newaxis, tf.newaxis], 1, "VALID")
    return tf.transpose(across[..., 0], [1, 2, 0])


def noise(levels: tf.Tensor, seed: tf.Tensor, sigma: float = 8.0) -> tf.Tensor:
    """Gaussian noise of a standard deviation of ``sigma`` grey levels, the same in all channels."""
    shape = tf.concat([tf.shape(levels)[:2], [1]], 0)
    return levels + tf.random.stateless_normal(shape, tf.random.fold_in(seed, 0), 0, sigma)


def salt_and_pepper(levels: tf.Tensor, seed: tf.Tensor, share: float = 0.02) -> tf.Tensor:
    """That share of the pixels black or white."""
    shape = tf.concat([tf.shape(levels)[:2], [1]], 0)
    drawn = tf.random.stateless_uniform(shape, tf.random.fold_in(seed, 0))
    return tf.where(drawn < share / 2, 0.0, tf.where(drawn > 1 - share / 2, 255.0, levels))


def _moved(
    levels: tf.Tensor,
    turn: tf.Tensor,
    larger: tf.Tensor | float,
    across: tf.Tensor | float,
    down: tf.Tensor | float,
    slant: tf.Tensor | float,
    interpolation: str,
) -> tf.Tensor:
    """About the centre; where nothing comes from, black."""
    height, width = tf.unstack(tf.cast(tf.shape(levels)[:2], tf.float32))
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    # From a pixel of the result to where it comes from: [x', y'] = M ([x, y] − middle − shift) + middle.
    a, b = tf.cos(turn) / larger, tf.sin(turn + slant) / larger
    c, d = -tf.sin(turn) / larger, tf.cos(turn + slant) / larger
    start_x, start_y = middle_x + across, middle_y + down
    matrix = [a, b, middle_x - a * start_x - b * start_y, c, d, middle_y - c * start_x - d * start_y, 0.0, 0.0]
    moved = tf.raw_ops.ImageProjectiveTransformV3(
        images=levels[tf.newaxis],
        transforms=tf.stack(matrix)[tf.newaxis],
        output_shape=tf.shape(levels)[:2],
        fill_value=0.0,
        interpolation=interpolation,
        fill_mode="CONSTANT",
    )
    return tf.ensure_shape(moved[0], levels.shape)
