"""Where on the image tokens lie that attend to each other within windows, as in a Swin transformer.

Such a network cuts a map into windows and puts these beside the images of the batch, so nothing in their shape tells
where they come from. Numbers do: every position of the map is given its own, they take the way of the values from the
map to the attention, and what arrives says where each token comes from, however it was shifted, padded or cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.lazy import tf, tree
from tfcore.models.kinds import Does, is_bare, kind_of
from tfcore.models.layers import grid_of
from tfcore.models.model import Model
from tfcore.models.program import Step, infer

# What leaves every token where it is; the first of several inputs tells where.
_IN_PLACE = {
    *(Does.PASSES, Does.NORMALISES, Does.SCALES, Does.STANDARDISES, Does.ACTIVATES, Does.WEIGHS),
    *(Does.ADDS, Does.MULTIPLIES, Does.COMBINES, Does.ATTENDS, Does.GATHERS),
}
# What may move them. A layer that is not known may too: whether it did shows in what becomes of the numbers.
_MOVING = {Does.MOVES, Does.SELECTS, Does.PADS, Does.JOINS, Does.OTHER}


@dataclass(frozen=True, eq=False)
class Windows:
    """Which position of the map each token is, counted from 1 row by row, 0 for padding: (windows, T)."""

    places: np.ndarray
    grid: tuple[int, int]

    def laid_out(self, looks: Any) -> Any:
        """From attention (N·windows, …, T, T) to how much is looked at each position (N, …, h·w), by all tokens of its
        window on average.
        """
        windows, tokens = self.places.shape
        real = tf.constant(self.places > 0, looks.dtype)
        between = [1] * (looks.shape.rank - 3)
        images = tf.shape(looks)[0] // windows
        # Padding is neither looked from nor at.
        weights = real / tf.maximum(tf.reduce_sum(real, -1, keepdims=True), 1)
        weights = tf.tile(tf.reshape(weights, (windows, *between, tokens, 1)), (images, *between, 1, 1))
        looked = tf.reduce_sum(looks * weights, -2)
        looked = tf.reshape(looked, (images, windows, *looks.shape[1:-2], tokens))
        # The tokens first, for they are what is laid out.
        rank = looked.shape.rank
        looked = tf.transpose(looked, (1, rank - 1, 0, *range(2, rank - 1)))
        looked = tf.reshape(looked, (windows * tokens, images, *looks.shape[1:-2]))
        laid = tf.math.unsorted_segment_sum(looked, self.places.ravel(), 1 + self.grid[0] * self.grid[1])[1:]
        return tf.transpose(laid, (*range(1, rank - 1), 0))


def windows_of(model: Model, attending: list[Step], size: tuple[int, ...]) -> list[Windows | None]:
    """Of each step that attends, where the graph shows it; nothing where all tokens of an image are together."""
    program = model.program
    if not any(kind_of(step.operation).does is Does.OTHER or is_bare(step.operation) for step in program.steps):
        return [None] * len(attending)
    # By value, the numbers of two images, without the channels.
    numbered: dict[int, _Numbered] = {}

    def noted(step: Step, *args: Any, **kwargs: Any) -> Any:
        results = infer(step, *args, **kwargs)
        for value, each in zip(step.outputs, _numbers(model, step, numbered, tree.flatten(results)), strict=True):
            if each is not None:
                numbered[value] = each
        return results

    program.run({program.input: tf.zeros((2, *size))}, [program.output], noted)
    return [numbered[step.inputs[0]].windows if step.inputs[0] in numbered else None for step in attending]


@dataclass(frozen=True, eq=False)
class _Numbered:
    """A value whose positions are known: those of the second image are counted on from the first one's."""

    numbers: np.ndarray
    channels: int
    grid: tuple[int, int]

    @property
    def whole(self) -> Any:
        """The value with its channels."""
        return tf.constant(np.repeat(self.numbers[..., None], self.channels, -1))

    @property
    def windows(self) -> Windows | None:
        if self.numbers.ndim != 2 or len(self.numbers) % 2:
            return None
        first, second = self.numbers.reshape(2, -1, self.numbers.shape[-1])
        positions = self.grid[0] * self.grid[1]
        if first.max() > positions or not np.array_equal(np.where(first > 0, first + positions, 0), second):
            return None
        # All of the image in its order, maybe behind a class token: that is no window.
        if len(first) == 1 and np.array_equal(first[first > 0], np.arange(1, positions + 1)):
            return None
        return Windows(first.astype(int), self.grid)


def _numbers(
    model: Model, step: Step, numbered: dict[int, _Numbered], results: list[Any]
) -> Sequence[_Numbered | None]:
    """Of what a step makes: those it was given, wherever they went; new ones where a map of whole images begins."""
    does, shapes = kind_of(step.operation).does, [tuple(each.shape) for each in results]
    given = [numbered.get(value) for value in step.inputs]
    first = next((each for each in given if each is not None), None)
    if does in _IN_PLACE and first is not None and first.numbers.shape == shapes[0][:-1]:
        return [_Numbered(first.numbers, shape[-1], first.grid) for shape in shapes]
    if does in _MOVING and first is not None and all(each is not None and each.grid == first.grid for each in given):
        args, kwargs = step.fill(
            {value: each.whole for value, each in zip(step.inputs, given, strict=True) if each is not None}
        )
        moved = [each.numpy() for each in tree.flatten(infer(step, *args, **kwargs))]
        if all((each == each[..., :1]).all() and (each == np.rint(each)).all() and each.min() >= 0 for each in moved):
            return [_Numbered(each[..., 0], each.shape[-1], first.grid) for each in moved]
    return [_begun(model, shape) for shape in shapes]


def _begun(model: Model, shape: tuple[int, ...]) -> _Numbered | None:
    """New numbers for a map or the tokens of whole images, where these lie on a grid."""
    if len(shape) not in (3, 4) or shape[0] != 2:
        return None
    grid = shape[1:3] if len(shape) == 4 else grid_of(model.program, (None, *shape[1:]))
    if grid is None or grid[0] * grid[1] != int(np.prod(shape[1:-1])):
        return None
    numbers = np.arange(1, 2 * grid[0] * grid[1] + 1, dtype=np.float32).reshape(shape[:-1])
    return _Numbered(numbers, shape[-1], (grid[0], grid[1]))
