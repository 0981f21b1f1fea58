"""What the network says of copies of a picture in which parts are replaced: built on the device, many in a pass."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.changes import followed, logits_of_copies
from tfcore.explain.pieces import forward, images_per_pass
from tfcore.lazy import tf
from tfcore.models.traced import Traced

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images


@dataclass(frozen=True, eq=False)
class Way:
    """From the picture to another (H, W, C), or from that to the picture, which ``appears``."""

    other: np.ndarray
    appears: bool = False


def answers(images: Images) -> np.ndarray:
    """What the network says of the pictures as they are (N, C), asked once; answers per pixel as their mean."""

    def ask() -> np.ndarray:
        images.model.outputs.check_probabilities("Faithfulness to the picture")
        return _of_pictures(images.model.predict(images.batch))

    return images.once("answers", ask)


def probability(images: Images, batch: np.ndarray | None = None) -> np.ndarray:
    """p of the class explained, per image of a batch; by default of the pictures as they are."""
    found = answers(images) if batch is None else _of_pictures(images.model.predict(batch))
    return found[np.arange(len(found)), images.targets].astype(np.float64)


def step_by_step(
    images: Images, index: int, ways: Mapping[Hashable, Way], turns: np.ndarray, many: int
) -> dict[Hashable, np.ndarray]:
    """p of a picture on its ways, 0 … ``many`` steps on each: at step k the pixels show the end whose turn (H, W) is
    before k, the others the start.

    Copies that show the same, whatever map or order led there, go through the network once. Where what changes from
    one step to the next lies together, only what is new does; where that lies is the same on all ways.
    """
    names, known = _shown(images, turns, many), {}
    for of, way in ways.items():
        known[of] = images.once(("copies", of, index), dict[tuple[int, int], float])
        known[of][names[-1 if way.appears else 0]] = probability(images)[index]
    new = {name: k for k, name in enumerate(names) if any(name not in each for each in known.values())}
    if new:
        steps = np.asarray([*new.values()], np.int32)
        shared = followed(images.model, turns, steps, images.batch.shape[-1])
        for of, way in ways.items():
            ends = images.batch[index], way.other
            start, end = reversed(ends) if way.appears else ends
            if shared is None:
                found = of_copies(images, index, _built(images, start, end, turns, steps))
            else:
                found = _answered(images, index, logits_of_copies(images.model, shared, start, end))
            known[of].update(zip(new, found.tolist(), strict=True))
    return {of: np.array([each[name] for name in names]) for of, each in known.items()}


def _shown(images: Images, turns: np.ndarray, many: int) -> list[tuple[int, int]]:
    """A name for what each step shows, the same for the same set of pixels: the sums of two numbers of each pixel."""
    each = images.once(
        ("numbers", turns.shape), lambda: np.random.default_rng(0).integers(1 << 28, size=(2, turns.size))
    )
    # Sums of so many numbers are exact.
    sums = [np.append(0, np.cumsum(np.bincount(turns.ravel(), some, many))) for some in each]
    return list(zip(*(some.astype(int).tolist() for some in sums), strict=True))


def without_parts(images: Images, index: int, other: np.ndarray, parts: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """p of n copies of a picture: copy i shows ``other`` in the parts (H, W) for which ``gone`` (n, K) is true."""
    picture, together = images.batch[index], images_per_pass(images.model, images.batch)
    # Rows of all values are picked from here many times as fast as they are gathered on the device.
    each = np.repeat(parts.ravel(), picture.shape[-1])
    some = (gone[first : first + together] for first in range(0, len(gone), together))
    ends = tf.constant(picture, tf.float32), tf.constant(other, tf.float32)
    return of_copies(images, index, (_replaced()(*ends, tf.constant(np.take(rows, each, 1))) for rows in some))


def of_copies(images: Images, index: int, copies: Iterable[Any]) -> np.ndarray:
    """p of the class explained for a picture's copies, which come as batches that fit in a pass."""
    return _answered(images, index, (forward(images.model, some) for some in copies))


def _answered(images: Images, index: int, logits: Iterable[tf.Tensor]) -> np.ndarray:
    found, target = [np.zeros(0)], int(images.targets[index])
    for some in logits:
        images.check()
        found.append(_of_pictures(images.model.outputs.answers(some).numpy())[:, target])
    return np.concatenate(found)


def _of_pictures(found: np.ndarray) -> np.ndarray:
    each: np.ndarray = found.reshape(len(found), -1, found.shape[-1]).mean(1)
    return each


def _built(
    images: Images, start: np.ndarray, end: np.ndarray, turns: np.ndarray, steps: np.ndarray
) -> Iterator[tf.Tensor]:
    """A copy per step, as many together as fit in a pass."""
    together = images_per_pass(images.model, images.batch)
    one, other, when = tf.constant(start, tf.float32), tf.constant(end, tf.float32), tf.constant(turns, tf.int32)
    for first in range(0, len(steps), together):
        yield _stepped()(one, other, when, tf.constant(steps[first : first + together]))


@cache
def _stepped() -> Any:
    def copies(start: tf.Tensor, end: tf.Tensor, turns: tf.Tensor, steps: tf.Tensor) -> tf.Tensor:
        turn = tf.repeat(tf.reshape(turns, [-1]), tf.shape(start)[-1])
        return _chosen(start, end, turn < steps[:, tf.newaxis])

    return _traced(copies, tf.TensorSpec([None] * 2, tf.int32), tf.TensorSpec([None], tf.int32))


@cache
def _replaced() -> Any:
    return _traced(_chosen, tf.TensorSpec([None] * 2, tf.bool))


def _chosen(start: tf.Tensor, end: tf.Tensor, changed: tf.Tensor) -> tf.Tensor:
    """A picture for each row of all values that says which are those of the end."""
    # Pixels and channels in one row: a choice between wide rows is several times as fast.
    chosen = tf.where(changed, tf.reshape(end, [-1]), tf.reshape(start, [-1]))
    return tf.reshape(chosen, tf.concat([tf.shape(changed)[:1], tf.shape(start)], 0))


def _traced(copies: Any, *more: tf.TensorSpec) -> Any:
    picture = tf.TensorSpec([None] * 3, tf.float32)
    return Traced(copies, [picture, picture, *more])
