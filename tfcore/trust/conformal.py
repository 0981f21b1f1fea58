"""A set of classes instead of one, which holds the truth as often as was wished (split conformal prediction)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tfcore.errors import HeatlensError
from tfcore.models.belief import SCORES, distances
from tfcore.trust.given import classes, of_truth, shares


@dataclass(frozen=True, eq=False)
class Conformal:
    """The highest score that still belongs to a set; infinite where the pictures were too few for the coverage."""

    threshold: float
    score: str
    alpha: float
    n: int
    seed: int = 0

    def sets(self, probabilities: ArrayLike, u: ArrayLike | None = None) -> np.ndarray:
        """Which classes belong (n, C); a set may be empty."""
        p = shares(probabilities)
        return distances(p, self.score, _draws(u, len(p), [self.seed, 1])) <= self.threshold


def conformal(
    probabilities: ArrayLike,
    labels: ArrayLike,
    alpha: float = 0.1,
    score: str = "lac",
    u: ArrayLike | None = None,
    seed: int = 0,
) -> Conformal:
    """Learn from pictures that were not trained on how far down a set has to reach to hold the truth 1 − alpha times.

    ``lac`` takes 1 − p of a class, ``aps`` the mass above it and a share ``u`` of its own; ``u`` is drawn by the seed
    unless it is given.
    """
    if score not in SCORES:
        raise HeatlensError(f"score={score!r}: choose one of {', '.join(SCORES)}.")
    if not 0 < alpha < 1:
        raise HeatlensError(f"alpha={alpha:g}: the share of misses lies between 0 and 1, 0.1 for sets of 90 %.")
    p = shares(probabilities)
    y = classes(labels, p)
    truth = np.sort(of_truth(distances(p, score, _draws(u, len(p), [seed, 0])), y))
    # The rank counts the picture still to come; where it lies beyond the pictures at hand, every class belongs.
    rank = int(np.ceil(round((len(p) + 1) * (1 - alpha), 9)))
    threshold = float(truth[rank - 1]) if rank <= len(p) else np.inf
    return Conformal(threshold, score, alpha, len(p), seed)


def _draws(u: ArrayLike | None, n: int, seed: list[int]) -> np.ndarray:
    drawn = np.random.default_rng(seed).random(n) if u is None else np.asarray(u, np.float64)
    if drawn.shape != (n,):
        raise HeatlensError(f"u: one number for each of the {n} pictures is needed, got {drawn.shape}.")
    return drawn
