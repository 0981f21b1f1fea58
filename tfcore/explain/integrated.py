"""Integrated gradients: the gradient collected on the way from a baseline to the image (METHODS.md §3)."""

from __future__ import annotations

import numpy as np

from tfcore.explain.baselines import baseline_of
from tfcore.explain.completeness import completeness
from tfcore.explain.gradients import FAMILY
from tfcore.explain.params import BASELINE
from tfcore.explain.passes import answer, differentiate, predicted
from tfcore.explain.pieces import images_per_pass
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.models.scores import Target, score
from tfcore.registry import MethodSpec, Param, register

_STEPS = Param("steps", "int", 50, "points on the way from the baseline to the image", low=2, high=10_000)


@register(
    MethodSpec(
        "integrated-gradients",
        family=FAMILY,
        summary="Gradients collected from a baseline to the image: shares that add up to the score",
        params=(_STEPS, BASELINE),
        signed=True,
        slow=True,
    )
)
def integrated_gradients(request: Request, asks: list[Ask]) -> list[Answer]:
    """(x − b) ⊙ ∫₀¹ ∂S/∂x at b + α(x − b) dα by the trapezoid rule; the facts tell whether it is complete."""
    logits, target = predicted(request)
    answers = []
    for ask in asks:
        values, differences = _integrated(request, target, ask.params["steps"], ask.params["baseline"])
        answers.append(answer(ask, values, logits, target.classes, **completeness(values, differences)))
    return answers


def _integrated(request: Request, target: Target, steps: int, baseline: str) -> tuple[np.ndarray, np.ndarray]:
    """Values per pixel and channel, and the score less that of the baseline."""
    model, batch = request.model, request.batch
    bases = baseline_of(model, batch, baseline)
    together = images_per_pass(model, batch, 0)
    alphas = np.linspace(0, 1, steps, dtype=np.float32)
    shares = np.full(steps, 1 / (steps - 1), np.float32)
    shares[[0, -1]] /= 2  # trapezoid: the two ends count half
    values = np.zeros(batch.shape, np.float32)
    differences = np.zeros(len(batch), np.float32)
    for index, (image, base) in enumerate(zip(batch, bases, strict=True)):
        scores = []
        for start in range(0, steps, together):
            request.progress(index * steps + start, len(batch) * steps)
            some = slice(start, start + together)
            path = base + alphas[some, None, None, None] * (image - base)
            seen = differentiate(model, path, target.one(index))
            values[index] += np.tensordot(shares[some], seen.gradients[None].numpy(), 1)
            scores.extend(score(model, seen.logits, target.one(index))[0].numpy())
        values[index] *= image - base
        differences[index] = scores[-1] - scores[0]
    request.progress(1, 1)
    return values, differences
