"""What is explained, as a value that every method takes: a class, in a region, against another (METHODS.md §1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.results import Box

# Stands for "whatever class the network predicts", and as a region for "where it does".
PREDICTED = -1


@dataclass(frozen=True)
class Contrast:
    """What speaks for one class and not for another: S = S_target − S_against. Give it as a target."""

    target: Any
    against: Any


class Target(NamedTuple):
    """What is explained of N images, as arrays that traced functions take; a single row is meant for every image."""

    # (N,): a class each, ``PREDICTED`` until the network has spoken.
    classes: Any
    # (N,): the class it is held against, −1 for none.
    against: Any
    # (N, h, w): what each position of the answer counts, 1 on average; one position stands for all of them.
    region: Any

    def some(self, rows: Any) -> Target:
        """The images at these rows."""
        return Target(*(each[rows] for each in self))

    def one(self, index: int) -> Target:
        return self.some(slice(index, index + 1))

    def settled(self, classes: Any) -> Target:
        """The same with the classes that it came to."""
        return self._replace(classes=classes)


def signature() -> Target:
    """Of a traced function that takes any target."""
    number = tf.TensorSpec([None], tf.int32)
    return Target(number, number, tf.TensorSpec([None] * 3, tf.float32))


def score(model: Model, logits: tf.Tensor, target: Target) -> tuple[tf.Tensor, tf.Tensor]:
    """S per image, and the class it is about."""
    scores = class_scores(model, logits, target.region)
    classes = tf.where(target.classes < 0, tf.argmax(scores, -1, output_type=tf.int32), target.classes)
    weights = class_weights(target.settled(classes), scores.shape[-1])
    return tf.reduce_sum(tf.math.multiply_no_nan(scores, weights), -1), classes


def class_weights(target: Target, classes: int) -> tf.Tensor:
    """(N, classes): what each class counts in the score, 1 or −1 or nothing."""
    return tf.one_hot(target.classes, classes) - tf.one_hot(target.against, classes)


def class_scores(model: Model, logits: tf.Tensor, region: tf.Tensor) -> tf.Tensor:
    """(N, classes): logits as they are; one unit as −logit and +logit; per-pixel logits as their mean (002, eq. 3)."""
    return model.outputs.scores(in_region(tf.cast(logits, tf.float32), region))


def in_region(values: tf.Tensor, region: tf.Tensor) -> tf.Tensor:
    """(N, C): values as they are, values per pixel as their mean over the region."""
    return tf.reduce_mean(values * region[..., tf.newaxis], (1, 2)) if values.shape.rank == 4 else values


def of_classes(classes: np.ndarray) -> Target:
    """One class index per image, everywhere, against nothing."""
    count = len(classes)
    return Target(np.asarray(classes, np.int32), np.full(count, -1, np.int32), np.ones((count, 1, 1), np.float32))


def target_of(model: Model, batch: np.ndarray, target: Any = None, region: Any = None) -> Target:
    """What to explain of each image of the batch.

    ``target`` is nothing (predicted), an index, a class name, a :class:`Contrast`, or one of these per image.
    ``region`` is for networks that answer per pixel: a mask (H, W) or (N, H, W), a :class:`Box` or a point (x, y) in
    pixels of what the network eats, or ``"predicted"``: where the network itself says the class.
    """
    if isinstance(target, Target):
        return target
    count = len(batch)
    each = list(target) if isinstance(target, Sequence | np.ndarray) and not isinstance(target, str) else [target]
    if len(each) == 1:
        each *= count
    if len(each) != count:
        raise HeatlensError(f"{len(each)} targets were given for {count} images; give one, or one per image.")
    pairs = [(one.target, one.against) if isinstance(one, Contrast) else (one, None) for one in each]
    found = of_classes(np.array([_index(chosen, model.classes) for chosen, _ in pairs]))
    found.against[:] = [_index(against, model.classes) for _, against in pairs]
    if region is None:
        return found
    check_positions(model)
    return found._replace(region=_weights(model, _mask(model, batch, found, region), batch))


def check_positions(model: Model) -> None:
    """A sentence where a network gives one answer for the whole image, which has no region."""
    if len(model.keras.outputs[0].shape) != 4:
        raise HeatlensError(
            f"{model.name} gives one answer for the whole image, so it has no region; leave region out."
        )


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


def _mask(model: Model, batch: np.ndarray, target: Target, region: Any) -> np.ndarray:
    """True inside the region, (N, h, w) at the size of the images or of the network's answer."""
    count, height, width = batch.shape[:3]
    if isinstance(region, str) and region == "predicted":
        logits = model.logits(batch)
        votes = model.outputs.votes(model.outputs.probabilities(logits)).numpy()
        classes = score(model, tf.constant(logits), target)[1].numpy()
        return np.stack([said[..., index] > 0 for said, index in zip(votes, classes, strict=True)])
    if isinstance(region, Box):
        rows, columns = np.arange(height)[:, None] + 0.5, np.arange(width) + 0.5
        inside = (region.y <= rows) & (rows < region.y + region.height)
        mask = inside & (region.x <= columns) & (columns < region.x + region.width)
    elif isinstance(region, tuple) and len(region) == 2 and all(np.ndim(one) == 0 for one in region):
        x, y = np.floor(region).tolist()
        return _mask(model, batch, target, Box(x, y, 1, 1))
    else:
        mask = np.asarray(region)
        if mask.shape not in ((height, width), batch.shape[:3]) or not np.isin(mask, (0, 1)).all():
            raise HeatlensError(
                f"The region is {mask.dtype} of shape {mask.shape}, not a mask of true and false for images of "
                f"{height} × {width}; give one mask, or one for each of the {count} images, or a box or a point."
            )
    return np.broadcast_to(mask.astype(bool), batch.shape[:3])


def _weights(model: Model, mask: np.ndarray, batch: np.ndarray) -> np.ndarray:
    """The share of each position of the answer that lies inside, scaled to a mean of 1."""
    import cv2

    height, width = model.keras.compute_output_shape((1, *batch.shape[1:]))[1:3]
    inside = [cv2.resize(one.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA) for one in mask]
    for number, one in enumerate(inside, 1):
        if not one.any():
            raise HeatlensError(
                f"The region of image {number} of {len(inside)} is empty, so there is nothing to explain; choose "
                "another region, or leave it out to explain the whole image."
            )
    return np.stack([one / one.mean() for one in inside])
