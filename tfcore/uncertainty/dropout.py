"""The dropout layers of a network, switched on alone, and random numbers that have an address.

The same image, layer and pass always drop the same units. A counter-based generator (Philox) gives block number n of
stream number s under a key without what came before. The key is the image and the seed, the stream is the layer, and
each pass has blocks of its own; so neither the number of passes done together nor the pictures beside this one change
what is drawn. An image is known by its pixels, not by its place, so it gets the same numbers in a window, in a batch
and in a folder.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.lazy import keras, tf
from tfcore.models.program import Program, Step, infer

_PHILOX = 1
# Numbers of 32 bits in one block of the generator.
_BLOCK = 4


def key_of(image: np.ndarray, seed: int) -> np.ndarray:
    """The key (uint64) of an image under a seed: 32 bits for the pixels, the others for the seed."""
    return np.array(seed << 32 | zlib.crc32(np.ascontiguousarray(image).data), np.uint64)


@dataclass(frozen=True, eq=False)
class RandomNumbers:
    """What is drawn for passes ``first`` … ``first + rows − 1`` of the image that ``key`` stands for."""

    key: tf.Tensor
    first: tf.Tensor
    rows: tf.Tensor

    def kept(self, shape: tf.Tensor, rate: float, stream: int) -> tf.Tensor:
        """True with probability 1 − rate, (rows, *shape)."""
        # 16 bits decide: half the work of floats, and the rate is right to 1/65536.
        count = tf.reduce_prod(shape)
        bits = self._blocks(tf.raw_ops.StatelessRandomUniformFullIntV2, (count + 1) // 2, stream, tf.uint32)
        numbers = tf.reshape(tf.bitcast(bits, tf.int16), (self.rows, -1))
        threshold = tf.constant(min(round(rate * 2**16), 2**16 - 1) - 2**15, tf.int16)
        return tf.reshape(numbers[:, :count] >= threshold, tf.concat([[self.rows], shape], 0))

    def normal(self, shape: tf.Tensor, stream: int) -> tf.Tensor:
        """Standard normal numbers, (rows, *shape)."""
        count = tf.reduce_prod(shape)
        numbers = self._blocks(tf.raw_ops.StatelessRandomNormalV2, count, stream, tf.float32)
        return tf.reshape(numbers[:, :count], tf.concat([[self.rows], shape], 0))

    def _blocks(self, operation: Callable[..., Any], count: tf.Tensor, stream: int, dtype: tf.DType) -> tf.Tensor:
        """At least ``count`` numbers for every pass, (rows, whole blocks)."""
        blocks = (count + _BLOCK - 1) // _BLOCK
        start = tf.cast(self.first, tf.uint64) * tf.cast(blocks, tf.uint64)
        return operation(
            shape=[self.rows, blocks * _BLOCK],
            key=tf.reshape(self.key, [1]),
            counter=tf.stack([start, tf.constant(stream, tf.uint64)]),
            alg=_PHILOX,
            dtype=dtype,
        )


# What a dropped unit becomes in a self-normalising network: the limit −λα of the SELU.
_SELU_LIMIT = -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717


# The step that puts noise on the picture.
ON_PICTURE = "noise on the picture"


def is_dropout(step: Step) -> bool:
    """Dropout, its spatial forms, AlphaDropout or GaussianDropout."""
    layers = keras.layers
    # The spatial forms are Dropouts too.
    return isinstance(step.operation, layers.Dropout | layers.AlphaDropout | layers.GaussianDropout)


def active(program: Program) -> list[Step]:
    """The dropout layers that drop something; where noise is put on the picture, that alone."""
    if program.steps[0].path == ON_PICTURE:
        return [program.steps[0]]
    return [step for step in program.steps if is_dropout(step) and step.operation.rate > 0]


def left_inactive(program: Program) -> tuple[str, ...]:
    """Paths of the other random layers (noise, augmentation, dropout hidden in attention), which stay switched off."""
    return tuple(
        step.path
        for step in program.steps
        if not is_dropout(step) and step.path != ON_PICTURE and _draws(step.operation)
    )


def _draws(operation: Any) -> bool:
    if not isinstance(operation, keras.layers.Layer):
        return False
    # Keras notes the generators of a layer; layers hidden inside it have their own.
    return any(layer._seed_generators for layer in operation._flatten_layers())


@dataclass(frozen=True, eq=False)
class Dropping:
    """A step's call with dropout on; give it to :meth:`Program.run`. ``streams`` numbers the active layers.

    ``single`` are the values that hold one row for all passes.
    """

    draws: RandomNumbers
    streams: dict[Step, int]
    single: frozenset[int] = frozenset()

    def __call__(self, step: Step, *args: Any, **kwargs: Any) -> Any:
        if step not in self.streams:
            return infer(step, *args, **kwargs)
        value = args[0] if args else kwargs["inputs"]
        layer, stream = step.operation, self.streams[step]
        if isinstance(layer, keras.layers.GaussianNoise):
            spread = tf.reduce_max(value) - tf.reduce_min(value)
            return value + layer.stddev * spread * self.draws.normal(tf.shape(value)[1:], stream)
        if isinstance(layer, keras.layers.GaussianDropout):
            return self._gaussian(value, layer.rate, stream)
        kept = self.draws.kept(_noise_shape(layer, value), layer.rate, stream)
        if isinstance(layer, keras.layers.AlphaDropout):
            return _alpha(value, kept, layer.rate)
        scale = 1 / (1 - layer.rate)
        if step.inputs[0] in self.single and kept.shape[1:] == value.shape[1:]:
            return self._spread(value * scale, kept)
        # Faster than a choice between value and zero; infinite values are dropped to zero as well.
        return tf.math.multiply_no_nan(value, tf.cast(kept, value.dtype) * scale)

    def _spread(self, value: tf.Tensor, kept: tf.Tensor) -> tf.Tensor:
        """One row seen through the mask of every pass (two axes are chosen over faster than many)."""
        flat = tf.where(tf.reshape(kept, (self.draws.rows, -1)), tf.reshape(value, (1, -1)), tf.zeros([], value.dtype))
        return tf.reshape(flat, tf.shape(kept))

    def _gaussian(self, value: tf.Tensor, rate: float, stream: int) -> tf.Tensor:
        """x · N(1, rate/(1−rate))."""
        noise = self.draws.normal(tf.shape(value)[1:], stream)
        return value * tf.cast(1 + math.sqrt(rate / (1 - rate)) * noise, value.dtype)


def _alpha(value: tf.Tensor, kept: tf.Tensor, rate: float) -> tf.Tensor:
    """Dropped units at the SELU's limit, then scaled and shifted so that mean and variance stay as they were."""
    scale = ((1 - rate) * (1 + rate * _SELU_LIMIT**2)) ** -0.5
    shift = -scale * _SELU_LIMIT * rate
    return scale * tf.where(kept, value, tf.constant(_SELU_LIMIT, value.dtype)) + shift


def _noise_shape(layer: Any, value: tf.Tensor) -> tf.Tensor:
    """The shape of one pass's mask: 1 along the axes that are dropped together."""
    if hasattr(layer, "_get_noise_shape"):
        wanted = layer._get_noise_shape(value)
    else:
        wanted = layer.noise_shape or [None] * value.shape.rank
    sizes = tf.shape(value)
    return tf.stack([sizes[axis] if wanted[axis] is None else wanted[axis] for axis in range(1, len(wanted))])
