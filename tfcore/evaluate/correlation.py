"""Whether the heat of a part of the picture tells what is lost without that part (Bhatt 2020; METHODS.md §6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.metric import ZERO_MAP, Outcome
from tfcore.evaluate.probing import probability, without_parts
from tfcore.evaluate.similar import pearson
from tfcore.explain.baselines import baseline_of
from tfcore.explain.params import BASELINE, SEED, samples
from tfcore.registry import MetricSpec, Param, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

# About as many super-pixels does a picture have, and how much they follow its edges.
_PARTS, _COMPACTNESS = 64, 0.1


@register(
    MetricSpec(
        "faithfulness-correlation",
        family="faithfulness",
        summary="Correlation of the heat of random parts of the picture and the loss of probability without them",
        params=(
            Param("subset", "float", 0.2, "share of the super-pixels that are taken away", low=0.01, high=0.99),
            samples(100, "random parts"),
            BASELINE,
            SEED,
        ),
        needs=("probabilities",),
        note="parts are drawn from super-pixels of the picture, the same for all maps",
    )
)
def faithfulness_correlation(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
    """Pearson correlation of Σ_{i ∈ R} map_i and p(x) − p(x without R) over random sets of super-pixels R."""
    outcomes: list[Outcome] = []
    key = tuple(settings.items())
    for index, (heat, empty) in enumerate(zip(found.maps, found.degenerate, strict=True)):
        if empty:
            outcomes.append(ZERO_MAP)
            continue
        # What is lost is the same for all maps of the picture.
        parts, drawn, lost = images.once(("lost", key, index), partial(_lost, images, index, settings))
        sums = drawn @ np.bincount(parts.ravel(), heat.ravel().astype(np.float64), drawn.shape[1])
        correlation = pearson(sums, lost)
        outcomes.append("nothing varies" if np.isnan(correlation) else correlation)
    return outcomes


def _lost(images: Images, index: int, settings: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Super-pixels (H, W), random sets of them (n, K), and the loss of probability without each set (n,)."""
    given = images.given.get("segments")
    parts = super_pixels(images.batch[index]) if given is None else np.asarray(given[index])
    many = int(parts.max()) + 1
    draw = np.random.default_rng(settings["seed"])
    # The first so many of any order.
    size = min(max(1, round(settings["subset"] * many)), max(1, many - 1))
    drawn = draw.random((settings["samples"], many)).argsort(1) < size
    other = baseline_of(images.model, images.batch[index : index + 1], settings["baseline"])[0]
    return parts, drawn, probability(images)[index] - without_parts(images, index, other, parts, drawn)


def super_pixels(image: np.ndarray) -> np.ndarray:
    """The picture's super-pixels (SLIC), numbered from 0 without gaps."""
    from skimage.segmentation import slic

    low, high = float(image.min()), float(image.max())
    levels = (image.astype(np.float64) - low) / ((high - low) or 1)
    found = slic(levels, _PARTS, _COMPACTNESS, channel_axis=-1, convert2lab=False, start_label=0)
    numbered: np.ndarray = np.unique(found, return_inverse=True)[1].reshape(found.shape)
    return numbered
