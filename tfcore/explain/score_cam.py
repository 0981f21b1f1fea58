"""Channels weighted by the score of the image seen through them: Score-CAM and its smoothed form (METHODS.md §2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.explain.cam import FAMILY, weighted
from tfcore.explain.noise import noise
from tfcore.explain.params import SEED, SIGMA, TOP_K, samples
from tfcore.explain.passes import predicted
from tfcore.explain.pieces import advance, cut_at, forward, images_per_pass, start_values
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.explain.scores import class_scores
from tfcore.explain.tokens import as_map
from tfcore.lazy import LazyModule
from tfcore.registry import Param, Spec, register

if TYPE_CHECKING:
    import tensorflow as tf
else:
    tf = LazyModule("tensorflow")

_NORMALISE = Param(
    "normalise",
    "choice",
    "softmax",
    "how scores become weights: softmax over the channels, or none (the bare differences)",
    choices=("softmax", "none"),
)


def _spec(name: str, summary: str, *params: Param) -> Spec:
    return Spec(
        name,
        kind="method",
        family=FAMILY,
        summary=summary,
        params=params,
        needs=("layer",),
        note="runs the network once per channel" if name == "score-cam" else "runs the network many times per channel",
        extra={"runner": "tfcore.explain.score_cam:run", "slow": True},
    )


@register(_spec("score-cam", "Channels weighted by the score of the image masked with them", TOP_K, _NORMALISE))
def score_cam(differences: tf.Tensor, activation: tf.Tensor, normalise: str) -> tf.Tensor:
    """ReLU(Σ_k w_k A_k) with w = softmax_k of v_k = S_c(x ⊙ mask_k) − S_c(0)."""
    weights = tf.nn.softmax(differences) if normalise == "softmax" else differences
    return weighted(weights, activation)


register(
    _spec(
        "ss-cam",
        "score-cam with each score averaged over noisy masked images",
        samples(10, "noisy copies of each masked image"),
        SIGMA,
        SEED,
        TOP_K,
        _NORMALISE,
    )
)(score_cam)


def run(request: Request, asks: list[Ask]) -> list[Answer]:
    """Maps of every ask, image by image and channel group by channel group."""
    logits, targets = predicted(request)
    return [
        Answer(
            np.concatenate([_map(request, ask, index, int(target)) for index, target in enumerate(targets)]),
            logits,
            targets,
        )
        for ask in asks
    ]


def _map(request: Request, ask: Ask, index: int, target: int) -> np.ndarray:
    """The (1, h, w) map of one image."""
    model, params = request.model, ask.params
    image = request.batch[index]
    assert ask.layer is not None
    values = advance(model, start_values(model, image[None]), 0, cut_at(model.program, ask.layer))
    activation = _strongest(as_map(values[ask.layer.output]), params["top_k"])
    channels, copies = activation.shape[-1], params.get("samples", 1)
    together = images_per_pass(model, request.batch)
    on_device = tf.constant(image)

    def score(images: tf.Tensor) -> tf.Tensor:
        return class_scores(forward(model, images))[:, target]

    nothing = score(tf.zeros_like(on_device)[None])
    total_runs = len(request.batch) * channels * copies
    totals = []
    for start in range(0, channels, together):
        masked = _masked()(on_device, activation[0, :, :, start : start + together])
        total = tf.zeros(len(masked))
        for copy, added in enumerate(_noises(image, ask)):
            request.progress((index * channels + start) * copies + copy * len(masked), total_runs)
            total += score(masked + added)
        totals.append(total / copies)
    differences = tf.concat(totals, 0) - nothing
    found: np.ndarray = score_cam(differences[None], activation, params["normalise"]).numpy()
    return found


def _strongest(activation: tf.Tensor, top_k: int | None) -> tf.Tensor:
    """The channels that vary most over the image, in their own order."""
    if top_k is None or top_k >= activation.shape[-1]:
        return activation
    spread = tf.math.reduce_std(activation, (0, 1, 2))
    return tf.gather(activation, tf.sort(tf.math.top_k(spread, top_k).indices), axis=-1)


def _noises(image: np.ndarray, ask: Ask) -> Iterator[Any]:
    if ask.spec.name == "score-cam":
        yield 0.0
    for sample in range(ask.params.get("samples", 0)):
        yield noise(image, ask.params["sigma"], ask.params["seed"], sample)


@cache
def _masked() -> Any:
    """(H, W, C) seen through each of (h, w, k) channels, enlarged and min-max normalised: (k, H, W, C)."""

    def masked(image: tf.Tensor, channels: tf.Tensor) -> tf.Tensor:
        masks = tf.image.resize(channels, tf.shape(image)[:2], method="bilinear")
        masks -= tf.reduce_min(masks, (0, 1))
        masks = tf.math.divide_no_nan(masks, tf.reduce_max(masks, (0, 1)))
        return tf.transpose(masks, (2, 0, 1))[..., None] * image

    picture = tf.TensorSpec([None] * 3, tf.float32)
    return tf.function(masked, input_signature=[picture, picture], autograph=False)
