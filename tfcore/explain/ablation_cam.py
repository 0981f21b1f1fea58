"""Channels weighted by what the score loses without them (METHODS.md §2)."""

from __future__ import annotations

import numpy as np

from tfcore.explain.cam import FAMILY, weighted
from tfcore.explain.passes import predicted
from tfcore.explain.pieces import advance, cut_at, images_per_pass, start_values
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.explain.tokens import as_map
from tfcore.lazy import tf
from tfcore.models.program import Step
from tfcore.models.scores import Target, score
from tfcore.registry import MethodSpec, register


@register(
    MethodSpec(
        "ablation-cam",
        family=FAMILY,
        summary="Channels weighted by the drop of the score when they are switched off",
        needs=("layer",),
        note="runs the network behind the layer once per channel",
        slow=True,
    )
)
def ablation_cam(request: Request, asks: list[Ask]) -> list[Answer]:
    """ReLU(Σ_k w_k A_k) with w_k = (S − S with A_k set to 0)/|S|."""
    logits, target = predicted(request)
    answers = []
    for ask in asks:
        maps = [_map(request, ask, index, target.one(index)) for index in range(len(logits))]
        answers.append(Answer(np.concatenate(maps), logits, target.classes))
    return answers


def _map(request: Request, ask: Ask, index: int, target: Target) -> np.ndarray:
    """The (1, h, w) map of one image."""
    assert ask.layer is not None
    whole, without, activation = without_each_channel(request, ask.layer, index, target)
    weights = tf.math.divide_no_nan(whole - without, tf.abs(whole))
    found: np.ndarray = weighted(weights[None], activation).numpy()
    return found


def without_each_channel(
    request: Request, layer: Step, index: int, target: Target
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """S (1,), S with each A_k set to 0 (K,) and A (1, h, w, K) of one image."""
    model = request.model
    # Only what lies behind the layer runs again.
    cut = cut_at(model.program, layer)
    values = advance(model, start_values(model, request.batch[index : index + 1]), 0, cut)
    activation = values[layer.output]
    channels = activation.shape[-1]
    together = images_per_pass(model, request.batch)

    def scored(given: dict[int, tf.Tensor]) -> tf.Tensor:
        return score(model, advance(model, given, cut)[model.program.output], target)[0]

    whole = scored(values)
    without = []
    for start in range(0, channels, together):
        request.progress(index * channels + start, len(request.batch) * channels)
        off = tf.range(start, min(start + together, channels))
        ablated = {number: tf.repeat(value, len(off), 0) for number, value in values.items()}
        kept = 1 - tf.one_hot(off, channels, dtype=activation.dtype)
        ablated[layer.output] *= tf.reshape(kept, (-1, *[1] * (activation.shape.rank - 2), channels))
        without.append(scored(ablated))
    return whole, tf.concat(without, 0), as_map(activation, model.program)
