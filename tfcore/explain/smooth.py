"""Averages over noisy copies of the image: SmoothGrad around any gradient method, Smooth Grad-CAM++."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tfcore.explain.cam import FAMILY, weighted
from tfcore.explain.gradients import FAMILY as GRADIENT
from tfcore.explain.params import SEED, SIGMA, samples
from tfcore.explain.passes import Pass, answer, differentiate, points_of, predicted
from tfcore.explain.pieces import cut_at, images_per_pass
from tfcore.explain.runners import Answer, Ask, Request, in_groups
from tfcore.lazy import tf
from tfcore.models.scores import Target
from tfcore.registry import MethodSpec, Param, find, function, register

_WRAPPED = ("gradient", "saliency", "grad-times-input", "guided-backprop", "integrated-gradients", "deeplift")
_OF = Param("of", "choice", "gradient", "method that is averaged, with its usual settings", choices=_WRAPPED)


@register(
    MethodSpec(
        "smoothgrad",
        family=GRADIENT,
        summary="A gradient method averaged over noisy copies of the image: less grain",
        params=(_OF, samples(50, "noisy copies"), SIGMA, SEED),
        signed=True,
        slow=True,
    )
)
def smoothgrad(request: Request, asks: list[Ask]) -> list[Answer]:
    """mean over n of method(x + noise_n), for the class seen in the clean image."""
    logits, target = predicted(request)
    answers = []
    for ask in asks:
        wrapped = find("method", ask.params["of"])
        inner = Ask(wrapped, wrapped.parse({}), None)
        values = np.zeros(request.batch.shape, np.float32)
        for index, copies in _copies(request, ask, images_per_pass(request.model, request.batch, 0)):
            noisy = Request(request.model, copies, target.some([index] * len(copies)))
            found = function(wrapped)(noisy, [inner])[0].values
            assert found is not None
            values[index] += found.sum(0) / ask.params["samples"]
        answers.append(answer(inner, values, logits, target.classes))
    return answers


@register(
    MethodSpec(
        "smooth-grad-cam++",
        family=FAMILY,
        summary="grad-cam++ with gradients averaged over noisy copies of the image",
        params=(samples(25, "noisy copies"), SIGMA, SEED),
        needs=("layer",),
        slow=True,
    )
)
def smooth_grad_cam_plus_plus(request: Request, asks: list[Ask]) -> list[Answer]:
    """grad-cam++ with G, G² and G³ each averaged over n noisy copies, A of the clean image."""
    logits, target = predicted(request)

    # Layers asked with the same settings see the same copies.
    def answered(group: list[Ask]) -> Iterator[Answer]:
        for maps in _smooth_maps(request, group, target):
            yield Answer(maps, logits, target.classes)

    return in_groups(asks, answered)


def _smooth_maps(request: Request, asks: list[Ask], target: Target) -> list[np.ndarray]:
    """The maps of each layer."""
    model, layers = request.model, [ask.layer for ask in asks]
    first_cut = min(cut_at(model.program, layer) for layer in layers)
    together = images_per_pass(model, request.batch, first_cut)

    def seen(batch: np.ndarray, index: int) -> Pass:
        return differentiate(model, batch, target.one(index), points_of(asks))

    # Σ_n G, Σ_n G², Σ_n G³ of each image at each layer, on the device.
    moments: list[dict[Any, Any]] = [dict.fromkeys(layers, 0.0) for _ in request.batch]
    for index, copies in _copies(request, asks[0], together):
        gradients = seen(copies, index).gradients
        for layer in moments[index]:
            moments[index][layer] += _powers(gradients[layer])
    maps = []
    for index, sums in enumerate(moments):
        activations = seen(request.batch[index : index + 1], index).activations
        samples = asks[0].params["samples"]
        maps.append([_smooth(activations[layer], sums[layer] / samples).numpy() for layer in layers])
    return [np.concatenate(of_layer) for of_layer in zip(*maps, strict=True)]


def _powers(gradient: tf.Tensor) -> tf.Tensor:
    """Σ_n G, Σ_n G², Σ_n G³ of N copies: (3, 1, h, w, K)."""
    return tf.stack([tf.reduce_sum(gradient**power, 0, keepdims=True) for power in (1, 2, 3)])


def _smooth(activation: tf.Tensor, means: tf.Tensor) -> tf.Tensor:
    """ReLU(Σ_k w_k A_k) with w_k = Σ_ij α·ReLU(Ḡ), α = mean G² / (2·mean G² + mean G³·Σ_ij A)."""
    first, second, third = tf.unstack(means)
    total = tf.reduce_sum(activation, (1, 2), keepdims=True)
    alpha = tf.math.divide_no_nan(1.0, 2.0 + tf.math.divide_no_nan(third, second) * total)
    alpha = tf.where(second > 0, alpha, 0.0)
    return weighted(tf.reduce_sum(alpha * tf.nn.relu(first), (1, 2)), activation)


def _copies(request: Request, ask: Ask, together: int) -> Iterator[tuple[int, np.ndarray]]:
    """Groups of noisy copies with the index of their image, while progress is told.

    Copy number i has the same noise for every image, so an image gets the same map alone and in a batch.
    """
    samples, sigma, seed = (ask.params[name] for name in ("samples", "sigma", "seed"))
    total = samples * len(request.batch)
    for index, image in enumerate(request.batch):
        for start in range(0, samples, together):
            request.progress(index * samples + start, total)
            some = range(start, min(start + together, samples))
            yield index, np.stack([image + noise(image, sigma, seed, sample) for sample in some])
    request.progress(total, total)


def noise(image: np.ndarray, sigma: float, seed: int, sample: int) -> np.ndarray:
    """Draw number ``sample`` of Gaussian noise of ``sigma`` times the image's range."""
    draw: np.ndarray = np.random.default_rng([seed, sample]).standard_normal(image.shape, np.float32)
    return draw * np.float32(sigma * (image.max() - image.min()))
