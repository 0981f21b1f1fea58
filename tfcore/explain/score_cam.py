"""Channels weighted by the score of the image seen through them: Score-CAM and its smoothed form (METHODS.md §2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tfcore.explain.cam import FAMILY, weighted
from tfcore.explain.params import SEED, SIGMA, TOP_K, samples
from tfcore.explain.pieces import advance, cut_at, forward, images_per_pass, start_values
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.explain.smooth import noise
from tfcore.explain.tokens import as_map
from tfcore.lazy import tf
from tfcore.models.program import Step
from tfcore.models.scores import Target, score
from tfcore.models.traced import Traced
from tfcore.registry import MethodSpec, Param, register

_NORMALISE = Param(
    "normalise",
    "choice",
    "softmax",
    "how scores become weights: softmax over the channels, or none (the bare differences)",
    choices=("softmax", "none"),
)


def _spec(name: str, summary: str, *params: Param) -> MethodSpec:
    return MethodSpec(
        name,
        family=FAMILY,
        summary=summary,
        params=params,
        needs=("layer",),
        note="runs the network once per channel" if name == "score-cam" else "runs the network many times per channel",
        slow=True,
    )


_SS_CAM = (samples(10, "noisy copies of each masked image"), SIGMA, SEED, TOP_K, _NORMALISE)


@register(_spec("ss-cam", "score-cam with each score averaged over noisy masked images", *_SS_CAM))
@register(_spec("score-cam", "Channels weighted by the score of the image masked with them", TOP_K, _NORMALISE))
def run(request: Request, asks: list[Ask]) -> list[Answer]:
    """Maps of every ask, image by image and channel group by channel group."""
    total = len(request.batch)
    seen = [_look(request, asks, index) for index in range(total)]
    logits = np.concatenate([look.logits.numpy() for look in seen])
    targets = np.concatenate([look.target.classes.numpy() for look in seen])
    return [
        Answer(np.concatenate([_map(request, ask, look, index) for index, look in enumerate(seen)]), logits, targets)
        for ask in asks
    ]


@dataclass(frozen=True, eq=False)
class _Look:
    """What one pass of an image and of nothing (zeros) tells; every tensor has one row."""

    logits: tf.Tensor
    target: Target
    # S_c(0), (1,).
    nothing: tf.Tensor
    # A by layer, (1, h, w, K).
    activations: dict[Step, tf.Tensor]


def _look(request: Request, asks: list[Ask], index: int) -> _Look:
    model, image = request.model, request.batch[index]
    values, at = start_values(model, np.stack([image, np.zeros_like(image)])), 0
    activations: dict[Step, tf.Tensor] = {}
    for cut, layer in sorted({cut_at(model.program, ask.layer): ask.layer for ask in asks}.items()):
        assert layer is not None
        values, at = advance(model, values, at, cut), cut
        activations[layer] = as_map(values[layer.output], model.program)[:1]
    logits = tf.cast(advance(model, values, at)[model.program.output], tf.float32)
    target = request.target.one(index)
    target = target.settled(score(model, logits[:1], target)[1])
    return _Look(logits[:1], target, score(model, logits[1:], target)[0], activations)


def _map(request: Request, ask: Ask, look: _Look, index: int) -> np.ndarray:
    """ReLU(Σ_k w_k A_k), (1, h, w), with w = softmax_k of v_k = S_c(x ⊙ mask_k) − S_c(0)."""
    assert ask.layer is not None
    model, params, image = request.model, ask.params, request.batch[index]
    activation = _strongest(look.activations[ask.layer], params["top_k"])
    channels, copies = activation.shape[-1], params.get("samples", 1)
    together = images_per_pass(model, request.batch)
    on_device = tf.constant(image)
    total_runs = len(request.batch) * channels * copies
    totals = []
    for start in range(0, channels, together):
        masked = _masked()(on_device, activation[0, :, :, start : start + together])
        total = tf.zeros(len(masked))
        for copy, seen in enumerate(_copies(masked, image, ask)):
            request.progress((index * channels + start) * copies + copy * len(masked), total_runs)
            total += score(model, forward(model, seen), look.target)[0]
        totals.append(total / copies)
    differences = tf.concat(totals, 0) - look.nothing
    weights = tf.nn.softmax(differences) if params["normalise"] == "softmax" else differences
    found: np.ndarray = weighted(weights[None], activation).numpy()
    return found


def _strongest(activation: tf.Tensor, top_k: int | None) -> tf.Tensor:
    """The channels that vary most over the image, in their own order."""
    if top_k is None or top_k >= activation.shape[-1]:
        return activation
    spread = tf.math.reduce_std(activation, (0, 1, 2))
    return tf.gather(activation, tf.sort(tf.math.top_k(spread, top_k).indices), axis=-1)


def _copies(masked: tf.Tensor, image: np.ndarray, ask: Ask) -> Iterator[tf.Tensor]:
    """The masked images as they are, or each noisy copy of them."""
    if ask.spec.name == "score-cam":
        yield masked
    for sample in range(ask.params.get("samples", 0)):
        yield masked + noise(image, ask.params["sigma"], ask.params["seed"], sample)


@cache
def _masked() -> Any:
    """(H, W, C) seen through each of (h, w, k) channels, enlarged and min-max normalised: (k, H, W, C)."""

    def masked(image: tf.Tensor, channels: tf.Tensor) -> tf.Tensor:
        height, width, colours = tf.unstack(tf.shape(image))
        low, wide = tf.transpose(channels, (2, 0, 1)), _enlarging(tf.shape(channels)[1], width)
        tall = tf.matmul(_enlarging(tf.shape(channels)[0], height), low)
        masks = tf.matmul(tall, wide, transpose_b=True)
        least, most = (reduce(masks, (1, 2), keepdims=True) for reduce in (tf.reduce_min, tf.reduce_max))
        # Enlarging keeps constants, so it may follow the scaling, and write each mask once per colour at once.
        tall = (tall - least) * tf.math.divide_no_nan(1.0, most - least)
        masks = tf.matmul(tall, tf.repeat(wide, colours, 0), transpose_b=True)
        return tf.reshape(masks * tf.reshape(image, (height, width * colours)), (-1, height, width, colours))

    picture = tf.TensorSpec([None] * 3, tf.float32)
    return Traced(masked, [picture, picture])


def _enlarging(small: tf.Tensor, large: tf.Tensor) -> tf.Tensor:
    """The matrix (large, small) of half-pixel-centre bilinear interpolation along one axis."""
    return tf.image.resize(tf.eye(small)[:, None], (large, 1))[:, 0]
