"""Copies of a picture of which each differs a little from the one before: only what is new goes through the network.

Where nothing within a place's window has changed, its values are those of the copy before. So the feature maps of all
copies are held as *rows*, the values of a place for every copy in which they are new, and as the number of the row that
each place has in each copy. A convolution is one matrix product over the windows that hold something new. That is much
less than all of them in the first layers, where a network computes most; once a good part is new everywhere, or a layer
is of a kind not known here, the copies go on whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tfcore.explain.lean import lean
from tfcore.explain.pieces import advance, alive, images_per_pass
from tfcore.lazy import tf
from tfcore.models.kinds import Does, kind_of
from tfcore.models.model import Model
from tfcore.models.program import Program, Step
from tfcore.models.traced import Traced

# From this share of new places on, whole maps are as fast.
_MOST = 0.35
# If so large a share of small windows holds something new at a step, what changes is strewn over the picture: soon most
# places are new, and looking for them costs what it saves.
_STREWN = 0.04
# Of the windows that a matrix product takes at once.
_LARGEST = 1 << 28
# Rows come in blocks of so many, each a matrix product of its own: how one large product is shared out among threads
# changes its last bits, and a worker of one core is to find the same numbers as one of many.
_BLOCK = 192
_POINTWISE = {Does.PASSES, Does.STANDARDISES, Does.ACTIVATES}


@dataclass(frozen=True, eq=False)
class _Places:
    """Which copies (H, W, K) have new values at a place, the row that each has, and how many rows there are: whole
    blocks, the last of which may hold some that nobody reads."""

    new: np.ndarray
    row: np.ndarray
    count: int


@dataclass(frozen=True, eq=False)
class _Turns:
    """The picture itself: the pixels of start and end as rows, and the first copy (H, W) that shows the end."""

    first: np.ndarray
    copies: int


@dataclass(frozen=True, eq=False)
class Followed:
    """How copies go through the first steps, whatever their pixels are: where they go on whole, with which values, the
    row (H, W, K) of each in every copy, and the rows in the windows that hold something new."""

    cut: int
    wanted: tuple[int, ...]
    rows: list[np.ndarray]
    windows: list[tf.Tensor]


def followed(model: Model, turns: np.ndarray, steps: np.ndarray, channels: int) -> Followed | None:
    """What is new in copies of which copy k differs from copy k − 1 where ``turns`` lie between their ``steps``, which
    rise; None where following it would be no less work than whole copies."""
    where = _Turns(np.searchsorted(steps, turns, "right"), len(steps))
    if _is_strewn(where):
        return None
    places, windows, cut = _followed(model.program, where, channels)
    if not windows:
        return None
    wanted = alive(model.program, cut)
    blocks = [tf.constant(np.pad(each, ((0, -len(each) % _BLOCK), (0, 0)))) for each in windows]
    return Followed(cut, wanted, [places[number].row for number in wanted], blocks)


def logits_of_copies(model: Model, way: Followed, start: np.ndarray, end: np.ndarray) -> Iterator[tf.Tensor]:
    """The logits of copies, some at a time: copy k shows ``end`` where ``turns`` < ``steps[k]``, else ``start``."""
    pixels = np.concatenate([each.reshape(-1, each.shape[-1]) for each in (start, end)]).astype(np.float32)
    traced = partial(_traced, model.program, way.cut, way.wanted, pixels, way.windows)
    rows = model.compiled(("changes", way.cut), traced)(tf.constant(pixels), way.windows)
    return _onwards(model, rows, way, start.shape)


def _is_strewn(where: _Turns) -> bool:
    """By some of the windows of 3 × 3 pixels: how often there is something new in each."""
    near = np.lib.stride_tricks.sliding_window_view(where.first, (3, 3))[::4, ::4].reshape(-1, 9)
    changes = np.count_nonzero(np.diff(np.sort(near, 1), axis=1))
    return bool(changes > _STREWN * len(near) * where.copies)


def _onwards(model: Model, rows: Any, way: Followed, shape: tuple[int, ...]) -> Iterator[tf.Tensor]:
    """Whole maps from the rows, and what the rest of the network makes of them."""
    together = images_per_pass(model, np.zeros((1, *shape), np.float32))
    for first in range(0, way.rows[0].shape[-1], together):
        some = [np.ascontiguousarray(np.moveaxis(each[..., first : first + together], -1, 0)) for each in way.rows]
        values = {number: tf.gather(row, places) for number, row, places in zip(way.wanted, rows, some, strict=True)}
        yield tf.cast(advance(model, values, way.cut)[model.program.output], tf.float32)


def _followed(program: Program, where: _Turns, channels: int) -> tuple[dict[int, _Places], list[np.ndarray], int]:
    """What is new behind each of the first steps, the rows in the windows of those that look at several, and where
    the copies go on whole."""
    places: dict[int, Any] = {program.input: where}
    windows: list[np.ndarray] = []
    weighed, done, found = False, (0, 0), {}
    width = {program.input: channels}
    for cut, step in enumerate(program.steps, 1):
        of = [places[number] for number in step.inputs]
        if _is_pointwise(step):
            places[step.output] = of[0]
        elif (window := _window(step)) is not None:
            look = _first_windows if isinstance(of[0], _Turns) else _windows
            after, rows = look(of[0], *window)
            large = rows.size * width[step.inputs[0]] * 4 > _LARGEST
            weighs = kind_of(step.operation).does is Does.WEIGHS
            if large or (weighs and len(rows) > _MOST * after.new.size):
                break
            weighed |= weighs
            places[step.output] = after
            windows.append(rows)
        elif step.kind == "Add" and len(of) > 1 and not any(isinstance(each, _Turns) for each in of):
            places[step.output], rows = _joined(of)
            windows.append(rows)
        else:
            break
        width[step.output] = step.shape[-1] or 0
        if weighed and not any(isinstance(places[number], _Turns) for number in alive(program, cut)):
            done, found = (cut, len(windows)), dict(places)
    return found, windows[: done[1]], done[0]


def _is_pointwise(step: Step) -> bool:
    """Whether each place's values follow from its own."""
    operation, does = step.operation, kind_of(step.operation).does
    if does is Does.STANDARDISES:
        return operation.axis in (-1, 3)
    return does in _POINTWISE and len(step.inputs) == 1 and not getattr(operation, "weights", ())


# Height and width of a window, its strides, the distance of its rows, and what is put around the map.
_Window = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[tuple[int, int], tuple[int, int]]]


def _window(step: Step) -> _Window | None:
    """How a step looks at the map, if it is of a kind that is known here."""
    operation = step.operation
    if step.kind == "ZeroPadding2D":
        return (1, 1), (1, 1), (1, 1), operation.padding
    if step.kind == "MaxPooling2D":
        size, apart = operation.pool_size, (1, 1)
    elif (step.kind == "Conv2D" and operation.groups == 1) or step.kind == "DepthwiseConv2D":
        size, apart = operation.kernel_size, operation.dilation_rate
    else:
        return None
    if operation.padding not in ("same", "valid") or operation.data_format != "channels_last":
        return None
    before = step.arguments.args[0].shape[1:3]
    if None in before:
        return None
    around = tuple(
        _same(side, reach, stride, gap) if operation.padding == "same" else (0, 0)
        for side, reach, stride, gap in zip(before, size, operation.strides, apart, strict=True)
    )
    return tuple(size), tuple(operation.strides), tuple(apart), around  # type: ignore[return-value]


def _same(side: int, reach: int, stride: int, gap: int) -> tuple[int, int]:
    """What ``same`` puts before and behind."""
    more = max((-(-side // stride) - 1) * stride + (reach - 1) * gap + 1 - side, 0)
    return more // 2, more - more // 2


def _corners(sides: tuple[int, int], size: Any, strides: Any, apart: Any) -> tuple[np.ndarray, np.ndarray, int]:
    """Where windows begin in a map of these sides (H', W'), where their members lie from there, and W'."""
    down, across = (
        np.arange(0, side - (reach - 1) * gap, stride)
        for side, reach, gap, stride in zip(sides, size, apart, strides, strict=True)
    )
    members = np.arange(size[0])[:, np.newaxis] * apart[0] * sides[1] + np.arange(size[1]) * apart[1]
    return down[:, np.newaxis] * sides[1] + across, members.ravel(), len(across)


def _first_windows(of: _Turns, size: Any, strides: Any, apart: Any, around: Any) -> tuple[_Places, np.ndarray]:
    """The windows of the picture itself, in which each pixel changes once."""
    first, pixels, copies = _padded(of.first, around, of.copies), of.first.size, of.copies
    pixel = _padded(np.arange(pixels).reshape(of.first.shape), around, 2 * pixels)
    corners, members, _ = _corners(first.shape, size, strides, apart)
    within = corners.reshape(-1, 1) + members
    turns, pixel = first.take(within), pixel.take(within)
    new = np.zeros((len(within), copies + 1), bool)
    new[np.arange(len(within))[:, np.newaxis], turns] = True
    new[:, 0] = True
    place, copy = np.nonzero(new[:, :copies])
    shown = pixel[place] + np.where(turns[place] <= copy[:, np.newaxis], pixels, 0)
    return _places(new[:, :copies].reshape(*corners.shape, copies)), shown.astype(np.int32)


def _windows(of: _Places, size: Any, strides: Any, apart: Any, around: Any) -> tuple[_Places, np.ndarray]:
    """What is new behind windows, and the rows (M, members) in those that hold something new; the row of what is put
    around the map is the one behind the last."""
    new, row = _padded(of.new, around, False), _padded(of.row, around, of.count)
    corners, members, _ = _corners(new.shape[:2], size, strides, apart)
    tall, wide = corners.shape
    lines = _any(new, size[0], apart[0], strides[0], tall)
    found = np.moveaxis(_any(np.moveaxis(lines, 1, 0), size[1], apart[1], strides[1], wide), 0, 1)
    found[..., 0] = True
    copies = new.shape[-1]
    place, copy = np.divmod(np.flatnonzero(found), copies)
    first = corners.ravel()[place] * copies + copy
    return _places(found), row.take(first[:, np.newaxis] + copies * members)


def _padded(of: np.ndarray, around: Any, beyond: Any) -> np.ndarray:
    """Like ``np.pad``, which takes longer to look at what is asked than to do it."""
    (top, bottom), (left, right) = around
    height, width = of.shape[:2]
    padded = np.full((top + height + bottom, left + width + right, *of.shape[2:]), beyond, of.dtype)
    padded[top : top + height, left : left + width] = of
    return padded


def _any(new: np.ndarray, reach: int, gap: int, stride: int, many: int) -> np.ndarray:
    """Whether anything in a window along the first axis is new."""
    found = new[: (many - 1) * stride + 1 : stride].copy()
    for member in range(1, reach):
        found |= new[member * gap : member * gap + (many - 1) * stride + 1 : stride]
    return found


def _joined(of: Sequence[_Places]) -> tuple[_Places, np.ndarray]:
    """What is new in one of several maps, and the row of each that belongs there."""
    found = _places(np.logical_or.reduce([each.new for each in of]))
    return found, np.stack([each.row[found.new] for each in of], 1)


def _places(new: np.ndarray) -> _Places:
    row = np.cumsum(new.ravel(), dtype=np.int32).reshape(new.shape) - 1
    count = int(row[-1, -1, -1]) + 1
    return _Places(np.ascontiguousarray(new), row, count + -count % _BLOCK)


def _traced(program: Program, cut: int, wanted: Sequence[int], pixels: np.ndarray, windows: Sequence[tf.Tensor]) -> Any:
    """From the pixels' rows and the rows in the windows to the rows of what is alive after ``cut`` steps, however many
    rows there are."""
    signature = [
        tf.TensorSpec([None, pixels.shape[1]], tf.float32),
        [tf.TensorSpec([None, each.shape[1]], tf.int32) for each in windows],
    ]

    def run(pixels: tf.Tensor, windows: list[tf.Tensor]) -> list[tf.Tensor]:
        rows, left = {program.input: pixels}, iter(windows)
        for step in program.steps[:cut]:
            of = [rows[number] for number in step.inputs]
            if _is_pointwise(step):
                rows[step.output] = lean(step, of[0][tf.newaxis, tf.newaxis])[0, 0]
            elif len(of) > 1:
                which = next(left)
                rows[step.output] = tf.add_n([tf.gather(each, which[:, place]) for place, each in enumerate(of)])
            else:
                rows[step.output] = _applied(step, of[0], next(left))
        return [rows[number] for number in wanted]

    return Traced(run, signature)


def _applied(step: Step, rows: tf.Tensor, windows: tf.Tensor) -> tf.Tensor:
    operation, channels = step.operation, rows.shape[-1]
    beyond = tf.fill([1, channels], rows.dtype.min if step.kind == "MaxPooling2D" else 0.0)
    inside = tf.gather(tf.concat([rows, beyond], 0), windows)
    if step.kind == "MaxPooling2D":
        return tf.reduce_max(inside, 1)
    if step.kind == "ZeroPadding2D":
        return inside[:, 0]
    if step.kind == "Conv2D":
        kernel = tf.reshape(operation.kernel, [-1, operation.filters])
        blocks = tf.reshape(inside, [-1, _BLOCK, kernel.shape[0]])
        found = tf.reshape(blocks @ kernel, [-1, operation.filters])
    else:
        each = tf.reshape(operation.kernel, [windows.shape[1], channels, -1])
        found = tf.reduce_sum(inside[..., tf.newaxis] * each, 1)
        found = tf.reshape(found, [-1, channels * each.shape[-1]])
    found = found + operation.bias if operation.use_bias else found
    return operation.activation(found)
