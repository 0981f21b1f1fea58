"""From pictures to what a network eats, by its card; and back, to show what it sees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.models.intensity import Z_SCORE, levels_by
from tfcore.pictures import Picture, case, read
from tfcore.pictures.address import file_of
from tfcore.pictures.channels import advice
from tfcore.results import Box
from tfcore.words import counted

Source: TypeAlias = "str | Path | Picture | np.ndarray"

# ITU-R BT.601, the grey of Pillow, OpenCV and TensorFlow.
LUMA = (0.299, 0.587, 0.114)


class _Scale(NamedTuple):
    """(levels / unit − mean) / std, the three channels in the order red, green, blue."""

    unit: float
    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (1.0,)


_SCALES = {
    "none": _Scale(1),
    "1/255": _Scale(255),
    "x/127.5-1": _Scale(127.5, mean=(1.0,)),
    "imagenet-torch": _Scale(255, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225)),
    "imagenet-caffe": _Scale(1, mean=(123.68, 116.779, 103.939)),
}


def checked_batch(batch: Any, input_shape: tuple[int | None, ...]) -> np.ndarray:
    """The batch as float32 (N, H, W, C), or a sentence that says how it differs from what the network eats."""
    array: np.ndarray = np.asarray(batch, dtype=np.float32)
    wanted = " × ".join("any" if side is None else str(side) for side in input_shape)
    if array.ndim != 1 + len(input_shape):
        raise HeatlensError(
            f"The batch has shape {array.shape}; the network takes (images × {wanted}). "
            "Call model.prepare on the pictures first."
        )
    if any(side is not None and side != given for side, given in zip(input_shape, array.shape[1:], strict=True)):
        given = " × ".join(map(str, array.shape[1:]))
        raise HeatlensError(f"The images are {given}; the network takes {wanted}. Call model.prepare on the pictures.")
    if not len(array):
        raise HeatlensError("The batch holds no images; give at least one.")
    if not np.isfinite(array).all():
        which = int(np.flatnonzero(~np.isfinite(array).reshape(len(array), -1).all(1))[0])
        raise HeatlensError(f"Image {which} of the batch holds NaN or infinite values; replace them first.")
    return array


def prepare(card: Card, sources: Source | Iterable[Source]) -> tuple[np.ndarray, list[Box]]:
    """The batch (N, H, W, C) float32, and for each picture the part of it that the input covers.

    Sources are files, Pictures or arrays of grey levels from 0 to 255, (H, W) or (H, W, C); bool arrays are black and
    white. Arrays of floats from 0 to 1 are refused, since they would be taken for black.

    >>> batch, boxes = prepare(card, ["a.png", "b.png"])                                   # doctest: +SKIP
    """
    inputs: list[np.ndarray] = []
    boxes: list[Box] = []
    for number, source in enumerate(_each(sources), 1):
        name, levels = _levels(card, source, number)
        levels, box = _conformed(card, levels, name)
        if inputs and levels.shape != inputs[0].shape:
            height, width, _ = levels.shape
            first_height, first_width, _ = inputs[0].shape
            raise HeatlensError(
                f"{name} has {width} × {height} pixels and the first of the batch {first_width} × {first_height}; "
                "this model takes any size, but one size at a time, so give pictures of one size or one by one."
            )
        inputs.append(levels)
        boxes.append(box)
    if not inputs:
        raise HeatlensError("No pictures were given; name at least one.")
    return scaled(np.stack(inputs), card), boxes


def what_the_network_sees(card: Card, source: Source) -> np.ndarray:
    """The network's input for one picture, turned back into (H, W, 3) uint8 for the eye."""
    batch, _ = prepare(card, [source])
    levels = np.rint(np.clip(unscaled(batch, card), 0, 255)).astype(np.uint8)[0]
    return np.repeat(levels, 3, axis=2) if levels.shape[2] == 1 else levels[..., :3]


def fitted(levels: np.ndarray, height: int, width: int, fit: str, resize: str) -> tuple[np.ndarray, Box]:
    """Levels (H, W, C) brought to (height, width, C) float32, and the box of the picture that they show.

    ``stretch`` takes the whole picture whatever its shape, ``centre`` the largest central part of the input's shape,
    ``pad`` the whole picture with black beside it.
    """
    rows, columns = levels.shape[:2]
    if fit == "stretch":
        return _resized(levels, height, width, resize), Box(0, 0, columns, rows)
    if fit == "centre":
        zoom = min(rows / height, columns / width)
        tall, wide = max(1, round(height * zoom)), max(1, round(width * zoom))
        top, left = (rows - tall) // 2, (columns - wide) // 2
        part = levels[top : top + tall, left : left + wide]
        return _resized(part, height, width, resize), Box(left, top, wide, tall)
    zoom = max(rows / height, columns / width)
    tall, wide = max(1, round(rows / zoom)), max(1, round(columns / zoom))
    top, left = (height - tall) // 2, (width - wide) // 2
    padded = np.zeros((height, width, levels.shape[2]), np.float32)
    padded[top : top + tall, left : left + wide] = _resized(levels, tall, wide, resize)
    # One input pixel in picture pixels; rounding may make the two differ a little.
    down, across = rows / tall, columns / wide
    return padded, Box(-left * across, -top * down, width * across, height * down)


def unfitted(values: np.ndarray, size: tuple[int, ...], fit: str, around: int | None = 0) -> np.ndarray:
    """The way back: what a network answers at every place (h, w, C), laid on a picture of that size; nothing beside.

    What lies beyond a ``centre`` cut was not looked at and gets the class ``around`` all others, if there is one.
    """
    rows, columns = size
    _, box = fitted(np.zeros((rows, columns, 1), np.float32), values.shape[0], values.shape[1], fit, "nearest")
    left, top = round(box.x), round(box.y)
    laid = _resized(values, max(1, round(box.height)), max(1, round(box.width)), "bilinear")
    whole = np.zeros((rows, columns, values.shape[2]), np.float32)
    if around is not None:
        whole[..., around] = 1
    down, across = (
        slice(max(0, top), min(rows, top + len(laid))),
        slice(max(0, left), min(columns, left + laid.shape[1])),
    )
    whole[down, across] = laid[down.start - top : down.stop - top, across.start - left : across.stop - left]
    return whole


def scaled(levels: np.ndarray, card: Card) -> np.ndarray:
    """Levels (N, H, W, C) in the order red, green, blue, as the card's network wants them (in place)."""
    if card.scaling == "per-image standard":
        # As tf.image.per_image_standardization: a picture of one value must not be divided by zero.
        levels -= levels.mean(axis=(1, 2, 3), keepdims=True)
        levels /= np.maximum(levels.std(axis=(1, 2, 3), keepdims=True), 1 / np.sqrt(levels[0].size))
    else:
        scale = _SCALES[card.scaling]
        levels /= scale.unit
        levels -= np.array(scale.mean, np.float32)
        levels /= np.array(scale.std, np.float32)
    return np.ascontiguousarray(levels[..., ::-1]) if _is_bgr(card) else levels


def unscaled(batch: np.ndarray, card: Card) -> np.ndarray:
    """Levels (N, H, W, C) in the order red, green, blue from a batch.

    What per-image standardisation and z-scores took away is gone: such pictures come back over the whole range.
    """
    if _is_bgr(card):
        batch = batch[..., ::-1]
    if card.scaling == "per-image standard" or card.intensity == Z_SCORE:
        low, high = batch.min(axis=(1, 2, 3), keepdims=True), batch.max(axis=(1, 2, 3), keepdims=True)
        return np.where(high > low, (batch - low) * (255 / np.maximum(high - low, 1e-12)), 127.5)
    unit, mean, std = _SCALES[card.scaling]
    return (batch * np.array(std, np.float32) + np.array(mean, np.float32)) * np.float32(unit)


def _is_bgr(card: Card) -> bool:
    return card.channels == 3 and (card.colour == "bgr" or card.scaling == "imagenet-caffe")


def _each(sources: Source | Iterable[Source]) -> Iterable[Source]:
    if isinstance(sources, np.ndarray):
        # An array of three dimensions whose last is no channel count is a stack of grey pictures.
        one = sources.ndim <= 2 or (sources.ndim == 3 and sources.shape[2] in (1, 3, 4))
        return [sources] if one else list(sources)
    return [sources] if isinstance(sources, str | Path | Picture) else sources


def _levels(card: Card, source: Source, number: int) -> tuple[str, np.ndarray]:
    """The source's name for sentences, and its levels (H, W, C)."""
    if isinstance(source, str | Path):
        source = read(source)
    if isinstance(source, Picture):
        if card.channels not in (1, 3):
            source = case.joined(source, card.channels)
        name, levels = str(source.path), levels_by(card.intensity, source)
    else:
        name, levels = f"Array {number}", _checked(np.asarray(source), f"Array {number}")
    return name, levels[..., np.newaxis] if levels.ndim == 2 else levels


def _checked(array: np.ndarray, name: str) -> np.ndarray:
    if array.ndim not in (2, 3) or not array.size or array.dtype.kind not in "buif":
        raise HeatlensError(
            f"{name} has shape {array.shape} and type {array.dtype}; a picture is (height, width) or (height, width, "
            "channels) of numbers."
        )
    if array.dtype.kind == "b":
        # As one bit in a file.
        return array.astype(np.float32) * 255
    low, high = float(array.min()), float(array.max())
    # Written so that NaN fails it.
    if not (low >= 0 and high <= 255):
        raise HeatlensError(f"{name} runs from {low:g} to {high:g}; bring it to grey levels from 0 to 255.")
    if array.dtype.kind == "f" and 0 < high <= 1:
        raise HeatlensError(
            f"{name} runs from {low:g} to {high:g}, which is black in grey levels from 0 to 255; give it * 255, or as "
            "uint8 if it is so dark."
        )
    return array.astype(np.float32)


def _conformed(card: Card, levels: np.ndarray, name: str) -> tuple[np.ndarray, Box]:
    """Levels of the card's size and channels, still from 0 to 255."""
    channels = levels.shape[2]
    if channels != card.channels and not (channels in (1, 3) and card.channels in (1, 3)):
        raise HeatlensError(
            f"{name} has {counted(channels, 'channel')} and the model takes {card.channels}; "
            + (advice(file_of(name), card.channels) or f"give pictures with {card.channels}.")
        )
    if channels == 3 and card.colour == "grey":
        levels = (levels @ np.asarray(LUMA, np.float32))[..., np.newaxis]
    height, width = card.input_shape[0] or levels.shape[0], card.input_shape[1] or levels.shape[1]
    levels, box = fitted(levels, height, width, card.fit, card.resize)
    # Repeated last, so that grey pictures are resized once and not three times.
    return (np.repeat(levels, card.channels, axis=2) if levels.shape[2] != card.channels else levels), box


def _resized(levels: np.ndarray, height: int, width: int, resize: str) -> np.ndarray:
    import cv2

    levels = np.asarray(levels, np.float32)
    if levels.shape[:2] == (height, width):
        return levels
    # Averaging areas is for making smaller; OpenCV's own enlargement by area would show blocks.
    smaller = height <= levels.shape[0] and width <= levels.shape[1]
    methods = {
        # The one whose pixel centres agree with the other methods.
        "nearest": cv2.INTER_NEAREST_EXACT,
        "bilinear": cv2.INTER_LINEAR,
        "area": cv2.INTER_AREA if smaller else cv2.INTER_LINEAR,
        "lanczos": cv2.INTER_LANCZOS4,
    }
    resized = cv2.resize(levels, (width, height), interpolation=methods[resize])
    # Lanczos swings below the darkest and above the brightest value.
    return np.clip(resized.reshape(height, width, levels.shape[2]), levels.min(), levels.max())
