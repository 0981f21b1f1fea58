"""What is explained: the score of one class, as a value that TensorFlow can take the gradient of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import tf

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Stands for "whatever class the network predicts".
PREDICTED = -1


def class_scores(model: Model, logits: tf.Tensor) -> tf.Tensor:
    """(N, classes): logits as they are; one unit as −logit and +logit; per-pixel logits as their mean (002, eq. 3)."""
    logits = tf.cast(logits, tf.float32)
    if logits.shape.rank == 4:
        logits = tf.reduce_mean(logits, (1, 2))
    return model.outputs.scores(logits)


def settle(scores: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
    """The targets with the predicted class where none was asked for."""
    return tf.where(targets < 0, tf.argmax(scores, -1, output_type=tf.int32), targets)


def score(model: Model, logits: tf.Tensor, targets: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """S_c per image (METHODS.md §1), and the class c it is about."""
    scores = class_scores(model, logits)
    settled = settle(scores, targets)
    return tf.gather(scores, settled, batch_dims=1), settled


def targets(model: Model, target: Any, count: int) -> np.ndarray:
    """One class index per image from nothing (predicted), an index, a class name, or one of these per image."""
    each = list(target) if isinstance(target, Sequence | np.ndarray) and not isinstance(target, str) else [target]
    if len(each) == 1:
        each *= count
    if len(each) != count:
        raise HeatlensError(f"{len(each)} targets were given for {count} images; give one, or one per image.")
    indices: np.ndarray = np.array([_index(one, model.classes) for one in each], np.int32)
    return indices


def _index(target: Any, classes: Sequence[str]) -> int:
    if target is None or target == "predicted":
        return PREDICTED
    if isinstance(target, str) and target in classes:
        return classes.index(target)
    try:
        index = int(target)
    except (TypeError, ValueError):
        raise HeatlensError(f"There is no class {target!r}; the model knows {', '.join(classes)}.") from None
    if not 0 <= index < len(classes):
        raise HeatlensError(f"There is no class number {index}; the model's classes are 0 to {len(classes) - 1}.")
    return index
