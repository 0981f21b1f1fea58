"""Whether channel weights account for the score (METHODS.md §6; 004, eq. 2.15, 2.16, 5.5 and 5.6).

Printed with R where the axioms they measure have A; these are written with A. Relevance-weighted methods begin with
less than the score, so theirs is the contrastive score |S_t| − (C−1)·|S_t|/C = |S_t|/C (eq. 4.4), as in the thesis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate

import numpy as np

from tfcore.evaluate.contributions import contributions, layer_of, seen, weighing
from tfcore.evaluate.metric import Outcome
from tfcore.explain.ablation_cam import without_each_channel
from tfcore.explain.runners import Request
from tfcore.models.program import Step
from tfcore.models.scores import of_classes
from tfcore.registry import MetricSpec, find, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

# From the score (or what it loses without each channel) and the channels' contributions to the outcome.
OfShares = Callable[Concatenate[Any, np.ndarray, ...], Outcome]


def axiom(name: str, summary: str, drops: bool = False, note: str = "") -> Callable[[OfShares], OfShares]:
    """Enter a formula over the score, or with ``drops`` what it loses without each channel, and contributions."""
    needs = ("channel weights", "drops") if drops else ("channel weights",)
    note = f"for methods that weigh channels: {', '.join(spec.name for spec in weighing())}{note}"

    def enter(formula: OfShares) -> OfShares:
        @register(MetricSpec(name, "axioms", summary, needs=needs, note=note, better="lower"))
        @wraps(formula)
        def measure(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
            layer, spec = layer_of(images, found), find("method", found.method)
            if spec.weights is None:
                return ["no channel weights"] * len(images.batch)
            if layer is None:
                return ["several layers"] * len(images.batch)
            # Passes and drops are shared by all methods at a layer.
            passed = images.once("passes", lambda: seen(images))
            wanted, scale = passed.scores, np.ones_like(passed.scores)
            if spec.propagation is not None:
                scale = np.where(wanted >= 0, 1, -1) / max(2, found.logits.shape[-1])
            if drops:
                wanted, scale = images.once(("drops", layer), lambda: _drops(images, layer)), scale[:, np.newaxis]
            shares = contributions(found, passed, layer)
            return [formula(one, share, **settings) for one, share in zip(wanted * scale, shares, strict=True)]

        return formula

    return enter


@axiom("conservation-axiom", "Error of the sum of all channels' contributions against the score")
def conservation(score: float, contributions: np.ndarray) -> Outcome:
    """|S − Σ_k C_k| / |S| for contributions C_k = Σ_ij w_k A_k."""
    return abs(score - float(contributions.sum())) / abs(score) if score else "score 0"


@axiom(
    "sensitivity-axiom",
    "Error of each channel's contribution against what the score loses without it",
    drops=True,
    note="; runs the network behind the layer once per channel",
)
def sensitivity(drops: np.ndarray, contributions: np.ndarray) -> Outcome:
    """Σ_k |D_k − C_k| / Σ_k |D_k| for D_k = S − S with A_k set to 0."""
    total = np.abs(drops).sum()
    return float(np.abs(drops - contributions).sum() / total) if total > 0 else "no channel matters"


def _drops(images: Images, layer: Step) -> np.ndarray:
    """What each image's score loses without each channel (N, K)."""
    request = Request(images.model, images.batch, of_classes(images.targets))
    drops = []
    for index in range(len(images.batch)):
        whole, without, _ = without_each_channel(request, layer, index, request.target.one(index))
        drops.append((whole - without).numpy().astype(np.float64))
    return np.stack(drops)
