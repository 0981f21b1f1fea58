"""Dice and cross-entropy: what a network that segments learns by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset
from tfcore.lazy import keras, tf

# Masks looked at for the weights of the classes.
_LOOKED_AT = 200
# Added to both sides of a share, in pixels: a class that is nowhere and is found nowhere is found well.
_SMOOTH = 1.0


def soft_dice(wanted: tf.Tensor, shares: tf.Tensor) -> tf.Tensor:
    """The mean Dice of the classes but the first, over the pixels of a batch together."""
    wanted, shares = tf.cast(wanted, tf.float32)[..., 1:], tf.cast(shares, tf.float32)[..., 1:]
    shared = tf.reduce_sum(wanted * shares, (0, 1, 2))
    together = tf.reduce_sum(wanted, (0, 1, 2)) + tf.reduce_sum(shares, (0, 1, 2))
    return tf.reduce_mean((2 * shared + _SMOOTH) / (together + _SMOOTH))


def dice_and_cross_entropy(weights: Sequence[float] | None = None, smoothing: float = 0.0) -> keras.losses.Loss:
    """1 − Dice plus the cross-entropy of logits, in which a pixel counts as its class does."""

    class DiceAndCrossEntropy(keras.losses.Loss):
        def call(self, wanted: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
            logits = tf.cast(logits, tf.float32)
            aim = wanted * (1 - smoothing) + smoothing / wanted.shape[-1]
            entropy = tf.nn.softmax_cross_entropy_with_logits(aim, logits)
            if weights is not None:
                entropy *= tf.reduce_sum(wanted * tf.constant(weights, tf.float32), -1)
            return tf.reduce_mean(entropy, (1, 2)) + 1 - soft_dice(wanted, tf.nn.softmax(logits))

    return DiceAndCrossEntropy()


def class_shares(data: Dataset, seed: int) -> list[float]:
    """What a pixel of each class counts: the inverse root of its share of some training masks, 1 on average."""
    learnt = data.part("train") if "train" in data.splits else data
    chosen = np.random.default_rng(seed).permutation(len(learnt))[:_LOOKED_AT]
    counts = np.ones(len(data.classes))
    values = None if data.mask_values is None else dict(data.mask_values)
    for index in sorted(chosen.tolist()):
        counts += np.bincount(reading.mask(learnt.samples[index], values).ravel(), minlength=len(counts))
    weights = np.sqrt(counts.sum() / counts)
    return [float(each) for each in weights / weights.mean()]
