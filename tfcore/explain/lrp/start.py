"""How much relevance each output begins with (METHODS.md §4; 004, eq. 2.5 and 2.7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfcore.lazy import tf

Tensor = Any
# From the scores of all classes at each position (N, P, C), their probabilities, 1 at the target (N, 1, C), and the
# share that each position has in the score (N, P, 1), to R.
Start = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]


def score(scores: Tensor, _probabilities: Tensor, target: Tensor, share: Tensor) -> Tensor:
    """R_t = S_t."""
    return scores * target * share


def contrast(scores: Tensor, _probabilities: Tensor, target: Tensor, share: Tensor) -> Tensor:
    """R_t = S_t, others −S_t/(C−1)."""
    return _against_others(scores * share, target, scores.shape[-1] - 1)


def contrast_up(scores: Tensor, probabilities: Tensor, target: Tensor, share: Tensor) -> Tensor:
    """R_t = |S_t|, others −|S_t|/(C−1)."""
    return _upright(scores * share, target) * contrast(scores, probabilities, target, share)


def damped_contrast_up(scores: Tensor, _probabilities: Tensor, target: Tensor, share: Tensor) -> Tensor:
    """R_t = |S_t|, others −|S_t|/C."""
    return _upright(scores * share, target) * _against_others(scores * share, target, scores.shape[-1])


def softmax_gradient(_scores: Tensor, probabilities: Tensor, target: Tensor, share: Tensor) -> Tensor:
    """R_t = p_t(1−p_t), others −p_t·p_i."""
    return tf.reduce_sum(probabilities * target, -1, keepdims=True) * (target - probabilities) * share


def _against_others(scores: Tensor, target: Tensor, divisor: int) -> Tensor:
    return tf.reduce_sum(scores * target, -1, keepdims=True) * (target - (1 - target) / divisor)


def _upright(scores: Tensor, target: Tensor) -> Tensor:
    """The sign of each image's S_t, +1 for zero."""
    return tf.where(tf.reduce_sum(scores * target, (1, 2), keepdims=True) >= 0, 1.0, -1.0)
