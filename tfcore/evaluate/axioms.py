"""Whether channel weights account for the score (METHODS.md §6; 004, eq. 2.15, 2.16, 5.5 and 5.6).

Printed with R where the axioms they measure have A; these are written with A. Relevance-weighted methods begin with
less than the score, so theirs is the contrastive score |S_t| − (C−1)·|S_t|/C = |S_t|/C (eq. 4.4), as in the thesis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.contributions import OF_GRADIENT, OF_RELEVANCE, Seen, contributions, layer_of, seen
from tfcore.evaluate.metric import Outcome, metric
from tfcore.explain.ablation_cam import without_each_channel
from tfcore.explain.runners import Request
from tfcore.models.program import Step
from tfcore.models.scores import of_classes
from tfcore.registry import Spec, function

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

FAMILY = "axioms"
RUNNER = "tfcore.evaluate.axioms:run"
NOTE = "for methods that weigh channels: " + ", ".join([*OF_GRADIENT, *OF_RELEVANCE])


@metric(
    "conservation-axiom",
    FAMILY,
    "Error of the sum of all channels' contributions against the score",
    runner=RUNNER,
    better="lower",
    needs=("channel weights",),
    note=NOTE,
)
def conservation(score: float, contributions: np.ndarray) -> Outcome:
    """|S − Σ_k C_k| / |S| for contributions C_k = Σ_ij w_k A_k."""
    return abs(score - float(contributions.sum())) / abs(score) if score else "score 0"


@metric(
    "sensitivity-axiom",
    FAMILY,
    "Error of each channel's contribution against what the score loses without it",
    runner=RUNNER,
    better="lower",
    needs=("channel weights", "drops"),
    note=NOTE + "; runs the network behind the layer once per channel",
)
def sensitivity(drops: np.ndarray, contributions: np.ndarray) -> Outcome:
    """Σ_k |D_k − C_k| / Σ_k |D_k| for D_k = S − S with A_k set to 0."""
    total = np.abs(drops).sum()
    return float(np.abs(drops - contributions).sum() / total) if total > 0 else "no channel matters"


def run(images: Images, found: Explanation, spec: Spec, params: dict[str, Any]) -> list[Outcome]:
    """The formula for every image; passes and drops are shared by all methods at a layer."""
    layer = layer_of(images, found)
    if found.method not in OF_GRADIENT and found.method not in OF_RELEVANCE:
        return ["no channel weights"] * len(images.batch)
    if layer is None:
        return ["several layers"] * len(images.batch)
    passed = images.once("passes", lambda: seen(images))
    scale = _scale(found, passed)
    shares = contributions(found, passed, layer)
    if "drops" in spec.needs:
        wanted = images.once(("drops", layer), lambda: _drops(images, layer)) * scale[:, np.newaxis]
    else:
        wanted = passed.scores * scale
    return [function(spec)(one, share, **params) for one, share in zip(wanted, shares, strict=True)]


def _scale(found: Explanation, passed: Seen) -> np.ndarray:
    """From S_t to the score that the method shares out."""
    if found.method in OF_GRADIENT:
        return np.ones_like(passed.scores)
    scale: np.ndarray = np.where(passed.scores >= 0, 1, -1) / max(2, found.logits.shape[-1])
    return scale


def _drops(images: Images, layer: Step) -> np.ndarray:
    """What each image's score loses without each channel (N, K)."""
    request = Request(images.model, images.batch, of_classes(images.targets))
    drops = []
    for index in range(len(images.batch)):
        whole, without, _ = without_each_channel(request, layer, index, request.target.one(index))
        drops.append((whole - without).numpy().astype(np.float64))
    return np.stack(drops)
