"""Random numbers that have an address: the same image, layer and pass always get the same ones.

A counter-based generator (Philox) gives block number n of stream number s under a key without what came before. The
key is the image and the seed, the stream is the layer, and each pass has blocks of its own; so neither the number of
passes done together nor the pictures beside this one change what is drawn. An image is known by its pixels, not by
its place, so it gets the same numbers in a window, in a batch and in a folder.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.lazy import tf

_PHILOX = 1
# Numbers of 32 bits in one block of the generator.
_BLOCK = 4


def key_of(image: np.ndarray, seed: int) -> np.ndarray:
    """The key (uint64) of an image under a seed: 32 bits for the pixels, the others for the seed."""
    return np.array(seed << 32 | zlib.crc32(np.ascontiguousarray(image).data), np.uint64)


@dataclass(frozen=True, eq=False)
class Draws:
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
