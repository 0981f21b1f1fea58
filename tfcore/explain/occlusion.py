"""Occlusion: how much the score drops when a patch of the image is covered (METHODS.md §5)."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from tfcore.explain.baselines import baseline_of
from tfcore.explain.params import BASELINE
from tfcore.explain.passes import predicted
from tfcore.explain.pieces import forward, images_per_pass
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.lazy import tf
from tfcore.models.scores import Target, score
from tfcore.registry import MethodSpec, Param, register

FAMILY = "perturbation"


@register(
    MethodSpec(
        "occlusion",
        family=FAMILY,
        summary="Drop of the score when a patch is covered, averaged over the patches on a pixel",
        params=(
            Param("patch", "int", 16, "side of the covered square", low=1, high=4096, unit="px"),
            Param("stride", "int", 8, "distance from one square to the next", low=1, high=4096, unit="px"),
            BASELINE,
        ),
        signed=True,
        note="runs the network once per patch",
        slow=True,
    )
)
def occlusion(request: Request, asks: list[Ask]) -> list[Answer]:
    """mean over the windows covering a pixel of S(x) − S(x with the window covered)."""
    logits, target = predicted(request)
    answers = []
    for ask in asks:
        bases = baseline_of(request.model, request.batch, ask.params["baseline"])
        maps = [
            _map(request, ask.params["patch"], ask.params["stride"], bases[index], index, target.one(index))
            for index in range(len(logits))
        ]
        native = np.stack(maps)
        # One drop for all channels of a pixel.
        values = np.broadcast_to(native[..., None], request.batch.shape)
        answers.append(Answer(native, logits, target.classes, values))
    return answers


def windows(size: int, patch: int, stride: int) -> range:
    """Where the windows begin along an axis: 0, stride, …; the last one is cut at the edge."""
    return range(0, stride * max(1, math.ceil((size - patch) / stride) + 1), stride)


def _map(request: Request, patch: int, stride: int, base: np.ndarray, index: int, target: Target) -> np.ndarray:
    model = request.model
    height, width = request.batch.shape[1:3]
    corners = np.array(
        [(top, left) for top in windows(height, patch, stride) for left in windows(width, patch, stride)], np.int32
    )
    together = images_per_pass(model, request.batch)
    image, cover = tf.constant(request.batch[index]), tf.constant(base)

    def scored(images: tf.Tensor) -> tf.Tensor:
        return score(model, forward(model, images), target)[0].numpy()

    whole = scored(image[None])
    drops, covered = np.zeros((height, width)), np.zeros((height, width))
    for start in range(0, len(corners), together):
        request.progress(index * len(corners) + start, len(request.batch) * len(corners))
        some = corners[start : start + together]
        for (top, left), drop in zip(some, whole - scored(_occluded()(image, cover, some, patch)), strict=True):
            window = slice(top, top + patch), slice(left, left + patch)
            drops[window] += drop
            covered[window] += 1
    return (drops / np.maximum(covered, 1)).astype(np.float32)


@cache
def _occluded() -> Any:
    """The image with one window of the base in each copy: (corners, H, W, C)."""

    def occluded(image: tf.Tensor, base: tf.Tensor, corners: tf.Tensor, patch: tf.Tensor) -> tf.Tensor:
        height, width, _ = tf.unstack(tf.shape(image))
        rows = tf.range(height)[None] - corners[:, :1]
        columns = tf.range(width)[None] - corners[:, 1:]
        inside_rows, inside_columns = (rows >= 0) & (rows < patch), (columns >= 0) & (columns < patch)
        inside = inside_rows[:, :, None, None] & inside_columns[:, None, :, None]
        return tf.where(inside, base, image)

    picture = tf.TensorSpec([None] * 3, tf.float32)
    signature = [picture, picture, tf.TensorSpec([None, 2], tf.int32), tf.TensorSpec([], tf.int32)]
    return tf.function(occluded, input_signature=signature, autograph=False)
