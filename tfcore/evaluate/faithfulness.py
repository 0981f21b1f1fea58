"""Whether the score follows the heat (METHODS.md §6; 004, eq. 2.20, 2.21, 5.3 and 5.4), on probabilities.

M is the map stretched to 0 … 1, x the image as the network eats it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal

import numpy as np

from tfcore.evaluate.metric import ZERO_MAP, Outcome
from tfcore.evaluate.probing import probability
from tfcore.explain.aggregate import min_max
from tfcore.registry import MetricSpec, Param, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

# From the probability before and after the change to the outcome.
OfChange = Callable[Concatenate[float, float, ...], Outcome]
Shows = Literal["kept", "rest"]


def faithfulness(
    name: str,
    summary: str,
    *params: Param,
    shows: Shows,
    better: Literal["higher", "lower"],
    note: str = "",
) -> Callable[[OfChange], OfChange]:
    """Enter a formula over p before and after; ``shows`` says which part of the picture is left to be seen."""
    needs = ("probabilities",) if shows == "kept" else ("probabilities", "data mean")

    def enter(formula: OfChange) -> OfChange:
        @register(MetricSpec(name, "faithfulness", summary, params, needs, note, better=better))
        @wraps(formula)
        def measure(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
            before = probability(images)
            # What two metrics show alike goes through the network once.
            after = images.once((shows, found), lambda: probability(images, _shown(images, found.maps, shows)))
            outcomes: list[Outcome] = []
            for empty, was, now in zip(found.degenerate, before.tolist(), after.tolist(), strict=True):
                if empty:
                    outcomes.append(ZERO_MAP)
                else:
                    outcomes.append(formula(was, now, **settings) if was > 0 else "probability 0")
            return outcomes

        return formula

    return enter


@faithfulness(
    "average-drop",
    "Loss of probability when only the heated part is shown",
    better="lower",
    note="in percent of the probability before",
    shows="kept",
)
def average_drop(before: float, after: float) -> Outcome:
    """100 · max(0, p(x) − p(x ⊙ M)) / p(x)."""
    return 100 * max(0.0, before - after) / before


@faithfulness(
    "increase",
    "How often the probability rises when only the heated part is shown",
    better="higher",
    note="in percent of the images",
    shows="kept",
)
def increase(before: float, after: float) -> Outcome:
    """100 where p(x) < p(x ⊙ M), else 0."""
    return 100.0 * (before < after)


@faithfulness(
    "confidence-drop",
    "Loss of probability when the heated part is hidden behind the mean of the data",
    better="higher",
    note="as a share of the probability before; below 0 where it rises",
    shows="rest",
)
def confidence_drop(before: float, after: float) -> Outcome:
    """(p(x) − p(x ⊙ (1 − M) + μM)) / p(x)."""
    return (before - after) / before


def _shown(images: Images, maps: np.ndarray, shows: Shows) -> np.ndarray:
    mask = min_max(maps)[..., np.newaxis]
    if shows == "kept":
        return images.batch * mask
    assert images.mean is not None
    return images.batch * (1 - mask) + images.mean * mask
