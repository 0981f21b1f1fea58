"""Is a probability honest: of the pictures answered with 0.8, are eight of ten right?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import softmax

from tfcore.errors import HeatlensError
from tfcore.results import Calibration
from tfcore.trust.given import classes, of_truth, rows, shares


def calibration(probabilities: ArrayLike, labels: ArrayLike, bins: int = 15) -> Calibration:
    """How far confidence and accuracy lie apart.

    A probability of 0 for what is true costs an infinite NLL; it is taken as the smallest number there is (709 nats).
    """
    p = shares(probabilities)
    y = classes(labels, p)
    brier = np.sum((p - np.eye(p.shape[1])[y]) ** 2, 1)
    return _over_bins(p.max(1), p.argmax(1) == y, bins, brier, _nats(of_truth(p, y)))


def by_class(probabilities: ArrayLike, labels: ArrayLike, bins: int = 15) -> tuple[Calibration, ...]:
    """Of each class how far its probability and how often it is the truth lie apart, all other classes taken together.

    The Brier scores of all classes add up to that of the answers.
    """
    p = shares(probabilities)
    y = classes(labels, p)
    found = []
    for index in range(p.shape[1]):
        own, true = p[:, index], y == index
        found.append(_over_bins(own, true, bins, (own - true) ** 2, _nats(np.where(true, own, 1 - own))))
    return tuple(found)


def _over_bins(stated: np.ndarray, true: np.ndarray, bins: int, brier: np.ndarray, nll: np.ndarray) -> Calibration:
    """Of probabilities (N,) that were stated, and whether what they were stated of came true."""
    if bins < 1:
        raise HeatlensError(f"bins={bins}: at least one bin is needed.")
    bin_of = np.clip(np.ceil(stated * bins).astype(int) - 1, 0, bins - 1)
    count = np.bincount(bin_of, minlength=bins)
    with np.errstate(invalid="ignore"):
        share, mean = (np.bincount(bin_of, each, bins) / count for each in (true.astype(float), stated))
    gaps = np.abs(share - mean)
    return Calibration(
        ece=float(np.nansum(gaps * count) / len(stated)),
        mce=float(np.nanmax(gaps)),
        adaptive_ece=_adaptive(stated, true, bins),
        brier=float(brier.mean()),
        nll=float(nll.mean()),
        edges=np.linspace(0, 1, bins + 1),
        count=count,
        accuracy=share,
        confidence=mean,
    )


def _nats(p: np.ndarray) -> np.ndarray:
    return -np.log(np.maximum(p, np.finfo(float).tiny))


def _adaptive(confidence: np.ndarray, right: np.ndarray, bins: int) -> float:
    """The error over bins of equal count, each as heavy as what it holds."""
    parts = np.array_split(np.argsort(confidence, kind="stable"), bins)
    gaps = [abs(right[part].mean() - confidence[part].mean()) * len(part) for part in parts if len(part)]
    return float(sum(gaps) / len(confidence))


def temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    """The T for which softmax(logits / T) has the least NLL; above 1 the network was too sure of itself.

    The NLL is convex in 1/T, so that its slope has one root. Where it has none (all answers right, or none better than
    chance) there is nothing to fit, and that is said.
    """
    z = rows(logits, "Logits")
    y = classes(labels, z)

    def slope(log_t: float) -> float:
        """Of the NLL over 1/T: what the logits are expected to be, less what the true ones are."""
        return float(((softmax(z / np.exp(log_t), axis=1) * z).sum(1) - of_truth(z, y)).mean())

    sharp, flat = np.log(0.01), np.log(100)
    if not slope(sharp) > 0 > slope(flat):
        raise HeatlensError(
            "No temperature fits: these answers are all right, or no better than chance. Use more pictures."
        )
    return float(np.exp(brentq(slope, sharp, flat, xtol=1e-12)))
