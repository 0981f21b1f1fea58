"""Averages over noisy copies of the image: SmoothGrad around any gradient method, Smooth Grad-CAM++."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from tfcore.explain.cam import FAMILY, weighted
from tfcore.explain.gradients import FAMILY as GRADIENT
from tfcore.explain.noise import noisy_copies
from tfcore.explain.params import SEED, SIGMA, samples
from tfcore.explain.passes import Pass, answer, differentiate, predicted
from tfcore.explain.pieces import cut_at, images_per_pass
from tfcore.explain.runners import Answer, Ask, Request, runner
from tfcore.lazy import LazyModule
from tfcore.registry import Param, Spec, find, register

if TYPE_CHECKING:
    import tensorflow as tf
else:
    tf = LazyModule("tensorflow")

_WRAPPED = ("gradient", "saliency", "grad-times-input", "guided-backprop", "integrated-gradients", "deeplift")
_OF = Param("of", "choice", "gradient", "method that is averaged, with its usual settings", choices=_WRAPPED)


@register(
    Spec(
        "smoothgrad",
        kind="method",
        family=GRADIENT,
        summary="A gradient method averaged over noisy copies of the image: less grain",
        params=(_OF, samples(50, "noisy copies"), SIGMA, SEED),
        signed=True,
        extra={"runner": "tfcore.explain.smooth:smoothgrad"},
    )
)
def smoothgrad(request: Request, asks: list[Ask]) -> list[Answer]:
    """mean over n of method(x + noise_n), for the class seen in the clean image."""
    logits, targets = predicted(request)
    answers = []
    for ask in asks:
        wrapped = find("method", ask.params["of"])
        inner = Ask(wrapped, wrapped.parse({}), None)
        values = np.zeros(request.batch.shape, np.float32)
        for index, copies in _copies(request, ask, images_per_pass(request.model, request.batch, 0)):
            noisy = Request(request.model, copies, np.repeat(targets[index], len(copies)))
            found = runner(wrapped)(noisy, [inner])[0].values
            assert found is not None
            values[index] += found.sum(0) / ask.params["samples"]
        answers.append(answer(inner, values, logits, targets))
    return answers


@register(
    Spec(
        "smooth-grad-cam++",
        kind="method",
        family=FAMILY,
        summary="grad-cam++ with gradients averaged over noisy copies of the image",
        params=(samples(25, "noisy copies"), SIGMA, SEED),
        needs=("layer",),
        extra={"runner": "tfcore.explain.smooth:smooth_grad_cam_plus_plus"},
    )
)
def smooth_grad_cam_plus_plus(request: Request, asks: list[Ask]) -> list[Answer]:
    """grad-cam++ with G, G² and G³ each averaged over n noisy copies, A of the clean image."""
    logits, targets = predicted(request)
    return [Answer(_smooth_maps(request, ask, targets), logits, targets) for ask in asks]


def _smooth_maps(request: Request, ask: Ask, targets: np.ndarray) -> np.ndarray:
    model, layer = request.model, ask.layer
    together = images_per_pass(model, request.batch, cut_at(model.program, layer))

    def seen(batch: np.ndarray, target: int) -> Pass:
        return differentiate(model, batch, np.repeat(target, len(batch)), [layer])

    # Σ_n G, Σ_n G², Σ_n G³ of each image, on the device.
    moments = [[0.0, 0.0, 0.0] for _ in targets]
    for index, copies in _copies(request, ask, together):
        gradient = seen(copies, targets[index]).gradients[layer]
        for power in (1, 2, 3):
            moments[index][power - 1] += tf.reduce_sum(gradient**power, 0, keepdims=True)
    maps = []
    for index, image in enumerate(request.batch):
        activation = seen(image[None], targets[index]).activations[layer]
        first, second, third = (moment / ask.params["samples"] for moment in moments[index])
        maps.append(_smooth(activation, first, second, third).numpy())
    return np.concatenate(maps)


def _smooth(activation: tf.Tensor, first: tf.Tensor, second: tf.Tensor, third: tf.Tensor) -> tf.Tensor:
    """ReLU(Σ_k w_k A_k) with w_k = Σ_ij α·ReLU(Ḡ), α = mean G² / (2·mean G² + mean G³·Σ_ij A)."""
    total = tf.reduce_sum(activation, (1, 2), keepdims=True)
    alpha = tf.math.divide_no_nan(1.0, 2.0 + tf.math.divide_no_nan(third, second) * total)
    alpha = tf.where(second > 0, alpha, 0.0)
    return weighted(tf.reduce_sum(alpha * tf.nn.relu(first), (1, 2)), activation)


def _copies(request: Request, ask: Ask, together: int) -> Iterator[tuple[int, np.ndarray]]:
    """Groups of noisy copies with the index of their image, while progress is told."""
    samples, sigma, seed = (ask.params[name] for name in ("samples", "sigma", "seed"))
    total = samples * len(request.batch)
    for index, image in enumerate(request.batch):
        done = index * samples
        for copies in noisy_copies(image, samples, sigma, seed, together):
            request.progress(done, total)
            yield index, copies
            done += len(copies)
    request.progress(total, total)
