"""Gradients collected on ways from baselines to the image: integrated and expected gradients (METHODS.md §3)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tfcore.explain.baselines import baseline_of
from tfcore.explain.completeness import completeness
from tfcore.explain.gradients import FAMILY
from tfcore.explain.params import BASELINE, SEED, samples
from tfcore.explain.passes import answer, differentiate, predicted
from tfcore.explain.pieces import forward, images_per_pass
from tfcore.explain.references import reference, references
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.models.scores import Target, score
from tfcore.registry import MethodSpec, Param, register

_STEPS = Param("steps", "int", 50, "points on the way from the baseline to the image", low=2, high=10_000)


class _Ways(NamedTuple):
    """Points b + α(x − b) at which the gradient of an image is taken, and what each of them counts."""

    # (B, H, W, C), and which of them each point is on the way from.
    bases: np.ndarray
    base: np.ndarray
    alpha: np.ndarray
    share: np.ndarray


@register(
    MethodSpec(
        "integrated-gradients",
        family=FAMILY,
        summary="Gradients collected from a baseline to the image: shares that add up to the score",
        params=(_STEPS, BASELINE),
        signed=True,
        slow=True,
        passes=lambda params, *_: params["steps"],
    )
)
def integrated_gradients(request: Request, asks: list[Ask]) -> list[Answer]:
    """(x − b) ⊙ ∫₀¹ ∂S/∂x at b + α(x − b) dα by the trapezoid rule; the facts tell whether it is complete."""
    logits, target = predicted(request)
    answers = []
    for ask in asks:
        steps = ask.params["steps"]
        bases = baseline_of(request.model, request.batch, ask.params["baseline"])
        alpha, share = np.linspace(0, 1, steps, dtype=np.float32), np.full(steps, 1 / (steps - 1), np.float32)
        share[[0, -1]] /= 2  # trapezoid: the two ends count half
        ways = [_Ways(base[None], np.zeros(steps, int), alpha, share) for base in bases]
        answers.append(_answer(request, ask, logits, target, ways))
    return answers


@register(
    MethodSpec(
        "expected-gradients",
        family=FAMILY,
        summary="Gradients collected from many other pictures to the image: shares against what is usual",
        params=(samples(100, "points"), reference("the image's own zero, mean and blurred image"), SEED),
        given=("reference",),
        signed=True,
        slow=True,
        passes=lambda params, *_: params["samples"],
    )
)
def expected_gradients(request: Request, asks: list[Ask]) -> list[Answer]:
    """mean of (x − b) ⊙ ∂S/∂x at b + α(x − b) over baselines b of a reference set and α in 0 … 1."""
    logits, target = predicted(request)
    answers = []
    for ask in asks:
        count, name = ask.params["samples"], ask.params["reference"]
        draw = np.random.default_rng(ask.params["seed"])
        chosen, alpha = draw.random(count), draw.random(count, np.float32)
        share = np.full(count, 1 / count, np.float32)
        usual = ask.given.get("reference")
        if usual is None and name is not None:
            usual = references(request.model, name, request.batch.shape[1:])
        ways = []
        for image in request.batch:
            own = [baseline_of(request.model, image[None], each)[0] for each in BASELINE.choices]
            bases = np.stack(own) if usual is None else np.asarray(usual, np.float32)
            ways.append(_Ways(bases, (chosen * len(bases)).astype(int), alpha, share))
        answers.append(_answer(request, ask, logits, target, ways))
    return answers


def _answer(request: Request, ask: Ask, logits: np.ndarray, target: Target, ways: list[_Ways]) -> Answer:
    """Values per pixel and channel, and the score less the mean of those of the baselines."""
    model, batch = request.model, request.batch
    together = images_per_pass(model, batch, 0)
    values, total = np.zeros(batch.shape, np.float32), sum(len(way.alpha) for way in ways)
    differences = score(model, logits, target)[0].numpy()
    done = 0
    for index, (image, way) in enumerate(zip(batch, ways, strict=True)):
        one = target.one(index)
        for start in range(0, len(way.alpha), together):
            request.progress(done, total)
            some = slice(start, start + together)
            apart = image - way.bases[way.base[some]]
            points = image - (1 - way.alpha[some, None, None, None]) * apart
            gradients = differentiate(model, points, one).gradients[None].numpy()
            values[index] += np.einsum("n,nhwc,nhwc->hwc", way.share[some], gradients, apart)
            done += len(points)
        counts = np.bincount(way.base, way.share, len(way.bases))
        for start in range(0, len(way.bases), together):
            some = slice(start, start + together)
            scores = score(model, forward(model, way.bases[some]), one)[0].numpy()
            differences[index] -= scores @ counts[some]
    request.progress(total, total)
    return answer(ask, values, logits, target.classes, **completeness(values, differences))
