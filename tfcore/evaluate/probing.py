"""What the network says of copies of a picture in which parts are replaced: built on the device, many in a pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.explain.pieces import forward, images_per_pass
from tfcore.lazy import tf

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images


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


def replacing(images: Images, index: int, other: np.ndarray, parts: np.ndarray, replaced: np.ndarray) -> np.ndarray:
    """p of n copies of a picture: copy i shows ``other`` in the parts (H, W) for which ``replaced`` (n, K) is true.

    A copy with nothing replaced is the picture itself, which is known.
    """
    changed = replaced.any(1)
    found = np.full(len(replaced), probability(images)[index])
    found[changed] = of_copies(images, index, _copies(images, index, other, parts, replaced[changed]))
    return found


def of_copies(images: Images, index: int, copies: Iterable[Any]) -> np.ndarray:
    """p of the class explained for a picture's copies, which come as batches that fit in a pass."""
    model, target = images.model, int(images.targets[index])
    # Gathered as they come: the next pass is begun before the last one's answer is fetched.
    found = [_of_pictures(model.outputs.answers(forward(model, some)).numpy())[:, target] for some in copies]
    return np.concatenate([np.zeros(0), *found])


def _of_pictures(found: np.ndarray) -> np.ndarray:
    each: np.ndarray = found.reshape(len(found), -1, found.shape[-1]).mean(1)
    return each


def _copies(
    images: Images, index: int, other: np.ndarray, parts: np.ndarray, replaced: np.ndarray
) -> Iterator[tf.Tensor]:
    together = images_per_pass(images.model, images.batch)
    image, over = (tf.constant(each, tf.float32) for each in (images.batch[index], other))
    where = tf.constant(parts, tf.int32)
    for start in range(0, len(replaced), together):
        yield _replaced()(image, over, where, tf.constant(replaced[start : start + together]))


@cache
def _replaced() -> Any:
    """Copies (n, H, W, C) of the image with the other's pixels where the pixel's part is replaced."""

    def copies(image: tf.Tensor, other: tf.Tensor, parts: tf.Tensor, replaced: tf.Tensor) -> tf.Tensor:
        return tf.where(tf.gather(replaced, parts, axis=1)[..., tf.newaxis], other, image)

    picture = tf.TensorSpec([None] * 3, tf.float32)
    signature = [picture, picture, tf.TensorSpec([None] * 2, tf.int32), tf.TensorSpec([None] * 2, tf.bool)]
    return tf.function(copies, input_signature=signature, autograph=False)
