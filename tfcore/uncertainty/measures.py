"""What one pass says, as TensorFlow values: probabilities, entropy, vote. The classes are the last axis."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.lazy import LazyModule

if TYPE_CHECKING:
    import tensorflow as tf

    from tfcore.models.model import Model
else:
    tf = LazyModule("tensorflow")


def independent(model: Model) -> bool:
    """Several sigmoid units: each class has a yes and a no of its own, and probabilities do not sum to one."""
    return model.activation == "sigmoid" and not model.binary


def probabilities(model: Model, logits: tf.Tensor) -> tf.Tensor:
    """(…, classes) in float32; one sigmoid unit becomes two classes."""
    logits = tf.cast(logits, tf.float32)
    if model.binary:
        return tf.sigmoid(tf.concat([-logits, logits], -1))
    return tf.sigmoid(logits) if independent(model) else tf.nn.softmax(logits)


def votes(model: Model, given: tf.Tensor) -> tf.Tensor:
    """1 for the class a pass decides for (for every class it says yes to, where classes are independent), else 0."""
    if independent(model):
        return tf.cast(given >= 0.5, tf.float32)
    return tf.one_hot(tf.argmax(given, -1), given.shape[-1])


def entropy(model: Model, given: tf.Tensor) -> tf.Tensor:
    """−Σ p ln p in nats; for independent classes the sum of each one's −p ln p − (1−p) ln(1−p)."""
    return _entropy(model, given, tf.math.xlogy, tf.reduce_sum)


def entropy_of_mean(model: Model, mean: np.ndarray) -> np.ndarray:
    """The same of probabilities that are arrays."""
    from scipy.special import xlogy

    return np.asarray(_entropy(model, mean, xlogy, np.sum))


def _entropy(model: Model, given: Any, xlogy: Callable[..., Any], total: Callable[..., Any]) -> Any:
    found = -total(xlogy(given, given), -1)
    return found - total(xlogy(1 - given, 1 - given), -1) if independent(model) else found


def largest_entropy(model: Model) -> float:
    """The entropy of a network that knows nothing."""
    count = len(model.classes)
    return float(count * np.log(2) if independent(model) else np.log(count))
