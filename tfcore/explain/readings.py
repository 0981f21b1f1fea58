"""What is read off the network's answers to altered copies: a score, the odds of a class, its lead over the others."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.scores import Target, class_scores, in_region, score

# What is read off the answers (n, …): S, a probability, a lead.
Reading = Callable[[Model, Any, Target], Any]


def the_score(model: Model, logits: tf.Tensor, target: Target) -> tf.Tensor:
    """S."""
    return score(model, logits, target)[0]


def the_odds(model: Model, logits: tf.Tensor, target: Target) -> tf.Tensor:
    """(n, 2): p of the target class and 1 − p, which is exact where p is nearly 1; means of answers per pixel."""
    answers = in_region(model.outputs.answers(tf.cast(logits, tf.float32)), target.region)
    own = tf.one_hot(target.classes, answers.shape[-1])
    p = tf.reduce_sum(answers * own, -1)
    rest = 1 - p if model.outputs.kind == "labels" else tf.reduce_sum(answers * (1 - own), -1)
    return tf.stack([p, rest], -1)


def the_lead(model: Model, logits: tf.Tensor, target: Target) -> tf.Tensor:
    """By how much the target leads the best other class; of a contrast, or a label beside others, S itself."""
    scores = class_scores(model, logits, target.region)
    if model.outputs.kind not in ("classes", "unit") or target.against[0] >= 0 or scores.shape[-1] < 2:
        return the_score(model, logits, target)
    own = tf.one_hot(target.classes, scores.shape[-1])
    return tf.reduce_sum(scores * own, -1) - tf.reduce_max(tf.where(own > 0, -math.inf, scores), -1)
