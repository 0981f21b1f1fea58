"""RISE: the score of the picture seen through random masks, averaged over those that show a pixel (METHODS.md §5)."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import FAMILY, Asking, Copies, Estimate, Subject, asking
from tfcore.explain.params import SEED, samples
from tfcore.lazy import tf
from tfcore.registry import MethodSpec, Param


@asking(
    MethodSpec(
        "rise",
        family=FAMILY,
        summary="Score of the image seen through random masks, averaged over the masks that show a pixel",
        params=(
            samples(4000, "masks"),
            Param("grid", "int", 7, "cells of a mask along each side", low=1, high=512),
            Param("p", "float", 0.5, "share of cells that show the image", low=0.001, high=1),
            SEED,
        ),
        given=("masks", "shifts"),
        relative=True,
        note="scores are averaged as they are, so only differences within the heatmap mean something",
        passes=lambda params, *_: int(params["samples"]),
    )
)
def rise(subject: Subject) -> Asking:
    """Σ S(x ⊙ M)·M / (N·p)."""
    grid, p = subject.params["grid"], subject.params["p"]
    cells, shifts = _masks(subject)
    cut = tuple(-(-size // grid) for size in subject.size)
    image, grid = tf.constant(subject.image), cells.shape[1]
    # Σ S·M and Σ (S·M)² of each pixel.
    sums, count = np.zeros((2, *subject.size)), 0

    def so_far() -> Estimate:
        mean, square = sums / count
        spread = np.maximum(square - mean**2, 0) / max(count - 1, 1)
        return Estimate(mean / p, np.sqrt(spread) / p)

    for some in subject.parts(len(cells)):
        masks = (tf.constant(cells[some], tf.float32), tf.constant(shifts[some], tf.int32), tf.constant(cut))
        size = some.stop - some.start
        scores = yield Copies(size, partial(_masked(), image, *masks), len(cells), so_far if count else None)
        sums += _moments()(tf.constant(scores, tf.float32), tf.constant(subject.size), *masks).numpy()
        count += size
    return so_far()


def _masks(subject: Subject) -> tuple[np.ndarray, np.ndarray]:
    """Grids of 0 and 1 (n, g, g), and where each enlarged one is cut out (n, 2); all of them are a few bits."""
    params, given, (height, width) = subject.params, subject.given, subject.size
    count, grid = params["samples"], params["grid"]
    if "masks" in given:
        count, grid = len(given["masks"]), given["masks"].shape[-1]
    cells = given["masks"] if "masks" in given else subject.drawn(0).random((count, grid, grid)) < params["p"]
    # Every mask has a shift of its own.
    room = [-(-height // grid), -(-width // grid)]
    shifts = given["shifts"] if "shifts" in given else subject.drawn(1).integers(0, room, (count, 2))
    if cells.ndim != 3 or cells.shape[1] != cells.shape[2] or shifts.shape != (count, 2):
        raise HeatlensError(
            f"given['masks'] are {cells.shape} and given['shifts'] {shifts.shape}; rise takes (n, g, g) and (n, 2)."
        )
    if (shifts < 0).any() or (shifts >= room).any():
        raise HeatlensError(f"given['shifts'] lie outside 0 to {room[0] - 1}, 0 to {room[1] - 1}, the size of a cell.")
    return cells, shifts


def _enlarged(size: tf.Tensor, cells: tf.Tensor, shifts: tf.Tensor, cut: tf.Tensor) -> tf.Tensor:
    """Grids (n, g, g) as masks (n, H, W): enlarged to (g+1)·cut by half-pixel bilinear interpolation, then cut out."""

    def along(axis: int) -> tf.Tensor:
        """(n, size, g): the rows of the matrix that enlarges, from each mask's own shift on."""
        grid = tf.shape(cells)[1]
        matrix = tf.image.resize(tf.eye(grid)[:, None], ((grid + 1) * cut[axis], 1))[:, 0]
        return tf.gather(matrix, shifts[:, axis, None] + tf.range(size[axis]))

    return tf.matmul(tf.matmul(along(0), cells), along(1), transpose_b=True)


_CELLS = ([None] * 3, [None, 2], [2])


def _signature(*first: Any) -> list[Any]:
    cells, shifts, cut = _CELLS
    return [*first, tf.TensorSpec(cells, tf.float32), tf.TensorSpec(shifts, tf.int32), tf.TensorSpec(cut, tf.int32)]


@cache
def _masked() -> Any:
    def masked(image: tf.Tensor, *masks: tf.Tensor) -> tf.Tensor:
        return image * _enlarged(tf.shape(image)[:2], *masks)[..., tf.newaxis]

    return tf.function(masked, input_signature=_signature(tf.TensorSpec([None] * 3, tf.float32)), autograph=False)


@cache
def _moments() -> Any:
    def moments(scores: tf.Tensor, size: tf.Tensor, *masks: tf.Tensor) -> tf.Tensor:
        enlarged = _enlarged(size, *masks)
        # In double precision, in which it makes no difference how many are summed at once.
        weighed = tf.cast(scores, tf.float64)[:, None, None] * tf.cast(enlarged, tf.float64)
        return tf.stack([tf.reduce_sum(weighed**power, 0) for power in (1, 2)])

    first = (tf.TensorSpec([None], tf.float32), tf.TensorSpec([2], tf.int32))
    return tf.function(moments, input_signature=_signature(*first), autograph=False)
