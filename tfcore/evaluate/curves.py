"""Probability as pixels appear or go, the hottest first (Petsiuk 2018, RISE; METHODS.md §6)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.metric import ZERO_MAP, Curve, Outcome
from tfcore.evaluate.probing import Way, step_by_step
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
    return _areas(images, found, "insertion")


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
    return _areas(images, found, "deletion")


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


def _areas(images: Images, found: Explanation, name: str) -> list[Outcome]:
    share = np.linspace(0, 1, _STEPS + 1)
    outcomes: list[Outcome] = []
    for index, empty in enumerate(found.degenerate):
        outcomes.append(ZERO_MAP if empty else Curve(share, _curve(images, found, index, name)))
    return outcomes


def _curve(images: Images, found: Explanation, index: int, name: str) -> np.ndarray:
    """p at every step; the same pixels turn in both metrics, so who asks for both gets both at once."""
    known = images.once(("curves", found, index), dict[Hashable, np.ndarray])
    if name not in known:
        asked = {name, *images.asked} & _WAYS.keys()
        ways: dict[Hashable, Way] = {each: _WAYS[each](images, index) for each in sorted(asked)}
        known.update(step_by_step(images, index, ways, turns(found.maps[index]), _STEPS))
    return known[name]


def _from_blurred(images: Images, index: int) -> Way:
    blurred = images.given.get("blurred")
    if blurred is None:
        blurred = images.once("blurred", lambda: baseline_of(images.model, images.batch, "blur"))
    return Way(blurred[index], appears=True)


def _to_mean(images: Images, _index: int) -> Way:
    return Way(np.broadcast_to(np.asarray(images.mean, np.float32), images.batch.shape[1:]))


_WAYS = {"insertion": _from_blurred, "deletion": _to_mean}
