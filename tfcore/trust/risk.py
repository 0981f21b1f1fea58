"""How wrong the answers are if only the surest are given."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tfcore.errors import HeatlensError
from tfcore.results import RiskCoverage


def risk_coverage(confidence: ArrayLike, correct: ArrayLike) -> RiskCoverage:
    """The curve over all pictures, the surest first, ties in their own order; ``correct`` is yes or no, or how right an
    answer is, from 0 to 1.
    """
    sure, right = np.asarray(confidence, np.float64), np.asarray(correct, np.float64)
    if sure.ndim != 1 or sure.shape != right.shape or not len(sure) or np.isnan(sure).any():
        raise HeatlensError(
            f"Confidence and correctness: one number and one yes or no per picture, got {sure.shape}, {right.shape}."
        )
    risk = _risks(right[np.argsort(-sure, kind="stable")])
    best = _risks(np.sort(right)[::-1])
    aurc = float(risk.mean())
    return RiskCoverage(np.arange(1, len(sure) + 1) / len(sure), risk, aurc, aurc - float(best.mean()))


def _risks(right: np.ndarray) -> np.ndarray:
    return np.cumsum(1 - right) / np.arange(1, len(right) + 1)
