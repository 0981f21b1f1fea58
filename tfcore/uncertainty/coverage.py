"""Does the network know when it is wrong? Accuracy when the pictures it is least sure of are left to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError

_STEPS = 20
_RESAMPLED = 1000


@dataclass(frozen=True, eq=False)
class Coverage:
    """One row per share of the pictures kept, the surest first; ``low`` to ``high`` is a bootstrap 95 % interval."""

    share: np.ndarray
    kept: np.ndarray
    accuracy: np.ndarray
    low: np.ndarray
    high: np.ndarray
    # The least sure picture kept has this uncertainty.
    limit: np.ndarray


def coverage(uncertain: Any, correct: Any, seed: int = 0) -> Coverage:
    """Accuracy against the share kept, from each picture's uncertainty (entropy, say) and whether it was right.

    >>> coverage([0.1, 0.9], [True, False]).accuracy[[9, 19]]
    array([1. , 0.5])
    """
    uncertain, correct = np.asarray(uncertain, float), np.asarray(correct, bool)
    if uncertain.ndim != 1 or uncertain.shape != correct.shape or not len(uncertain):
        raise HeatlensError(
            f"{uncertain.size} uncertainties and {correct.size} labels make no curve; give one of both per picture."
        )
    order = np.argsort(uncertain, kind="stable")
    kept = np.unique((np.arange(1, _STEPS + 1) * len(order) + _STEPS - 1) // _STEPS)
    accuracy = np.cumsum(correct[order])[kept - 1] / kept
    # Drawing n pictures again, each right with this probability, is the bootstrap of an accuracy.
    again = np.random.default_rng(seed).binomial(kept, accuracy, (_RESAMPLED, len(kept))) / kept
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    return Coverage(kept / len(order), kept, accuracy, low, high, uncertain[order][kept - 1])
