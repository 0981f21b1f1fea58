"""What overflowed in single precision, or went far out of all proportion, is a flagged zero map with the reason beside
it, never a number that is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tfcore.explain.runners import Answer, Ask

# The fact that says, per image, why there is no map; empty where there is one.
WHY = "why"
# Of 32 bits: sums over a hundred million values up to this one are finite, too, and so are their differences.
LARGEST = (2 - 2.0**-23) * 2.0**100
# Shares of a score that together are so many times the score share nothing: a denominator near zero made them.
ABSURD = 1e6


def finite(ask: Ask, answer: Answer) -> Answer:
    """The answer as it is; of images for which anything in it overflowed everything is zero, and the facts say why."""
    lost = ~_whole(answer.native)
    for array in (answer.values, answer.standard_error, *_per_image(answer.facts, len(lost))):
        if array is not None:
            lost |= ~_whole(array)
    silent = ~np.isfinite(answer.logits.reshape(len(lost), -1)).all(1)
    absurd = _absurd(ask, answer)
    if not (lost | silent | absurd).any():
        return answer
    none = _UNHEARD if ask.spec.asks else _OVERFLOWED
    reasons = np.select([silent, lost, absurd], [_SILENT, _reason(ask, none), _reason(ask, _OUT)], "")
    lost |= silent | absurd
    facts = {name: _without(value, lost) for name, value in answer.facts.items()}
    return replace(
        answer,
        native=without(answer.native, lost),
        values=None if answer.values is None else without(answer.values, lost),
        standard_error=None if answer.standard_error is None else without(answer.standard_error, lost),
        facts={**facts, WHY: reasons},
    )


def finite_rows(array: np.ndarray) -> np.ndarray:
    """The array with zeros for every image of which something in it overflowed."""
    return without(array, ~_whole(array))


def without(array: np.ndarray, lost: np.ndarray) -> np.ndarray:
    """The array with zeros for some images."""
    if not lost.any():
        return array
    kept = array.copy()
    kept[lost] = 0
    return kept


def joined(facts: Sequence[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """Why there is no map of what several answers make together: the first reason of each image."""
    reasons = [each[WHY] for each in facts if WHY in each]
    return {WHY: np.array([next(filter(None, each), "") for each in zip(*reasons, strict=True)])} if reasons else {}


_SILENT = "the network's own answer to this picture is not finite, so there is nothing to explain"
_OVERFLOWED = "overflowed in single precision"
_UNHEARD = "was answered with what is no number for altered copies of this picture"
_OUT = f"gives values that together exceed the score more than {ABSURD:,.0f} times"


def _reason(ask: Ask, what: str) -> str:
    return f"{ask.spec.name} {what}, so there is no heatmap; use {_instead(ask)}"


def _absurd(ask: Ask, answer: Answer) -> np.ndarray:
    """(N,): whether values that should share out the score are out of all proportion to it."""
    images = len(answer.native)
    if ask.spec.propagation is None and "completeness_gap" not in answer.facts:
        return np.zeros(images, bool)
    values = answer.native if answer.values is None else answer.values
    with np.errstate(over="ignore", invalid="ignore"):
        total = np.abs(values.reshape(images, -1)).sum(1, dtype=np.float64)
        # Some ways begin with probabilities, which are at most 1, also where the logits are next to nothing.
        score = np.maximum(np.abs(answer.logits.reshape(images, -1)).max(1), 1.0)
    found: np.ndarray = total > ABSURD * score
    return found


def _instead(ask: Ask) -> str:
    """What stays finite where this did not."""
    if ask.spec.propagation is None:
        return "another baseline or network" if ask.spec.asks else "occlusion, which only compares scores"
    if ask.params.get("beta"):
        return "alpha 1 and beta 0"
    # Under α1β0 no share is larger than what is shared, so only the network itself could overflow.
    return (
        "lrp-alphabeta, or attnlrp for a transformer"
        if ask.spec.name in ("lrp-epsilon", "lrp-gamma", "lrp-composite")
        else "grad-cam"
    )


def _whole(array: np.ndarray) -> np.ndarray:
    """(N,): whether all of an image's values can be computed with."""
    within: np.ndarray = (np.abs(array.reshape(len(array), -1)) <= LARGEST).all(1)
    return within


def _per_image(facts: Mapping[str, Any], images: int) -> Iterator[np.ndarray]:
    for value in facts.values():
        if isinstance(value, Mapping):
            yield from _per_image(value, images)
        elif _has_rows(value, images):
            yield value


def _without(value: Any, lost: np.ndarray) -> Any:
    if isinstance(value, Mapping):
        return {name: _without(each, lost) for name, each in value.items()}
    return without(value, lost) if _has_rows(value, len(lost)) else value


def _has_rows(value: Any, images: int) -> bool:
    return isinstance(value, np.ndarray) and value.shape[:1] == (images,) and value.dtype.kind in "fiu"
