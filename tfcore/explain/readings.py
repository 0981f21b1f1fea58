"""What is read off the network's answers to altered copies: a score, the odds of a class, its lead over the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.scores import Target, class_scores, in_region

# What is read off the answers (n, …) about the target of one picture: S, a probability, a lead.
Reading: TypeAlias = "Callable[[Model, Any, Target], np.ndarray]"


def the_score(model: Model, logits: tf.Tensor, target: Target) -> np.ndarray:
    """S."""
    scores: np.ndarray = class_scores(model, logits, target.region).numpy()
    own, against = scores[:, target.classes[0]], target.against[0]
    return own if against < 0 else own - scores[:, against]


def the_odds(model: Model, logits: tf.Tensor, target: Target) -> np.ndarray:
    """(n, 2): p of the target class and 1 − p, which is exact where p is nearly 1; means of answers per pixel."""
    answers: np.ndarray = in_region(model.outputs.answers(tf.cast(logits, tf.float32)), target.region).numpy()
    own = target.classes[0]
    p = answers[:, own]
    rest = 1 - p if model.outputs.kind == "labels" else np.delete(answers, own, -1).sum(-1)
    found: np.ndarray = np.stack([p, rest], -1)
    return found


def the_lead(model: Model, logits: tf.Tensor, target: Target) -> np.ndarray:
    """By how much the target leads the best other class; of a contrast, or a label beside others, S itself."""
    scores: np.ndarray = class_scores(model, logits, target.region).numpy()
    if model.outputs.kind not in ("classes", "unit") or target.against[0] >= 0 or scores.shape[-1] < 2:
        return the_score(model, logits, target)
    own = target.classes[0]
    lead: np.ndarray = scores[:, own] - np.delete(scores, own, -1).max(-1)
    return lead
