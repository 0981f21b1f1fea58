"""What each channel of a layer adds to a class activation map: Σ_ij w_k A_k, before the map's ReLU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfcore.explain.passes import differentiate
from tfcore.explain.pieces import cut_at, images_per_pass
from tfcore.explain.runners import Request, in_passes
from tfcore.explain.tokens import on_grid
from tfcore.lazy import tf
from tfcore.models.program import Step
from tfcore.models.scores import Target, of_classes, score
from tfcore.registry import MethodSpec, catalogue, find

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation


def weighing() -> list[MethodSpec]:
    """The methods that weigh the channels of a layer."""
    return [spec for spec in catalogue("method") if spec.weights is not None]


@dataclass(frozen=True, eq=False)
class Seen:
    """S_c per image, and A and G of each layer, with one row per image."""

    scores: np.ndarray
    activations: dict[Step, np.ndarray]
    gradients: dict[Step, np.ndarray]


def layer_of(images: Images, found: Explanation) -> Step | None:
    """The one layer an explanation is about; aggregates and methods at input resolution have none."""
    return next((step for step in images.model.program.steps if step.path == found.layer), None)


def seen(images: Images) -> Seen:
    """One forward and one backward pass for all layers that are explained."""
    layers = list(dict.fromkeys(filter(None, (layer_of(images, found) for found in images.explanations))))
    request = Request(images.model, images.batch, of_classes(images.targets))

    def one(batch: np.ndarray, target: Target) -> list[np.ndarray]:
        found = differentiate(images.model, batch, target, layers)
        scores, _ = score(images.model, found.logits, target)
        values = [*(found.activations[layer] for layer in layers), *(found.gradients[layer] for layer in layers)]
        return [value.numpy() for value in (scores, *values)]

    first = min(cut_at(images.model.program, layer) for layer in layers)
    together = images_per_pass(images.model, images.batch, first)
    scores, *values = in_passes(request, together, one)
    return Seen(
        scores.astype(np.float64),
        dict(zip(layers, values[: len(layers)], strict=True)),
        dict(zip(layers, values[len(layers) :], strict=True)),
    )


def contributions(found: Explanation, seen: Seen, layer: Step) -> np.ndarray:
    """Σ_ij w_k A_k per image and channel (N, K)."""
    activation = tf.constant(seen.activations[layer])
    spec = find("method", found.method)
    assert spec.weights is not None
    if spec.propagation is None:
        arriving = tf.constant(seen.gradients[layer])
    else:
        arriving = on_grid(tf.constant(found.relevance(layer.path)), activation.shape[1:3])
    settings = {} if spec.propagation else found.params
    weights = spec.weights(activation, arriving, **settings).numpy().astype(np.float64)
    if weights.ndim == 2:
        weights = weights[:, np.newaxis, np.newaxis]
    total: np.ndarray = (weights * seen.activations[layer]).sum((1, 2))
    return total
