"""Probability as pixels appear or go, the hottest first (Petsiuk 2018, RISE; METHODS.md §6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.metric import ZERO_MAP, Curve, Outcome
from tfcore.evaluate.probing import probability, step_by_step
from tfcore.explain.baselines import baseline_of
from tfcore.registry import MetricSpec, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

_STEPS = 100


@register(
    MetricSpec(
        "insertion",
        family="faithfulness",
        summary="Area under the probability while the hottest pixels appear in a blurred picture",
        needs=("probabilities",),
        note="101 points, all channels of a pixel together",
    )
)
def insertion(images: Images, found: Explanation, _settings: Mapping[str, Any]) -> list[Outcome]:
    """∫ p over the share of pixels that are uncovered, from the blurred picture to the picture itself."""
    blurred = images.given.get("blurred")
    if blurred is None:
        blurred = images.once("blurred", lambda: baseline_of(images.model, images.batch, "blur"))

    known = probability(images)

    def curve(index: int, turn: np.ndarray) -> np.ndarray:
        appearing = step_by_step(images, index, blurred[index], images.batch[index], turn, range(_STEPS), "insertion")
        return np.append(appearing, known[index])

    return _areas(images, found, curve)


@register(
    MetricSpec(
        "deletion",
        family="faithfulness",
        summary="Area under the probability while the hottest pixels go, the mean of the data in their place",
        needs=("probabilities", "data mean"),
        note="101 points, all channels of a pixel together",
        better="lower",
    )
)
def deletion(images: Images, found: Explanation, _settings: Mapping[str, Any]) -> list[Outcome]:
    """∫ p over the share of pixels that are gone, from the picture itself to the mean of the data."""
    mean = np.broadcast_to(np.asarray(images.mean, np.float32), images.batch.shape[1:])
    known = probability(images)

    def curve(index: int, turn: np.ndarray) -> np.ndarray:
        going = step_by_step(images, index, images.batch[index], mean, turn, range(1, _STEPS + 1), "deletion")
        return np.append(known[index], going)

    return _areas(images, found, curve)


def turns(heat: np.ndarray) -> np.ndarray:
    """After how many steps each pixel's turn comes (H, W): before step k that of the ⌊k·n/100 + ½⌋ hottest.

    Ties go in reading order.
    """
    pixels = heat.size
    counts = (np.arange(_STEPS + 1) * pixels * 2 + _STEPS) // (2 * _STEPS)
    order = np.argsort(-heat.ravel().astype(np.float64), kind="stable")
    found = np.empty(pixels, np.uint8)
    found[order] = np.searchsorted(counts, np.arange(pixels), side="right") - 1
    return found.reshape(heat.shape)


def _areas(images: Images, found: Explanation, curve: Callable[[int, np.ndarray], np.ndarray]) -> list[Outcome]:
    share = np.linspace(0, 1, _STEPS + 1)
    outcomes: list[Outcome] = []
    for index, (heat, empty) in enumerate(zip(found.maps, found.degenerate, strict=True)):
        if empty:
            outcomes.append(ZERO_MAP)
        else:
            order = images.once(("turns", found, index), partial(turns, heat))
            outcomes.append(Curve(share, curve(index, order)))
    return outcomes
