"""What many passes say of a batch: one prediction with its spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Share of the passes that lie below the lower and above the upper end of an interval.
TAIL = 0.05


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """T passes of N images over C classes (METHODS.md §7).

    For a network that answers per pixel every (N, …) below is (N, H, W, …). Entropies are in nats.
    """

    classes: tuple[str, ...]
    # (N, …, C): mean probability.
    mean: np.ndarray
    # (N, C): variance over the passes (eq. 9b); per pixel (N, H, W), its mean over the classes.
    variance: np.ndarray
    # (N, …): entropy of the mean. What is unclear, for whatever reason.
    entropy: np.ndarray
    # (N, …): entropy of the mean less mean entropy. What the passes disagree about.
    mutual_information: np.ndarray
    # (N, …, C): share of the passes that decide for each class.
    votes: np.ndarray
    # (T, N, C): the probabilities of every pass; None per pixel, where they would fill the memory.
    probabilities: np.ndarray | None
    # Passes done; fewer than asked for where the run was cancelled.
    passes: int
    seed: int
    # Whether dropout was put in, and of which rate; else the network's own is used alone.
    inserted: bool
    insert: float | None
    # Random layers other than dropout, which stayed switched off.
    left_inactive: tuple[str, ...]
    # The entropy of a network that knows nothing, to compare with.
    largest_entropy: float
    seconds: float

    @property
    def intervals(self) -> np.ndarray | None:
        """(N, C, 2): between which probabilities the middle 90 % of the passes lie; None per pixel."""
        if self.probabilities is None:
            return None
        ends: np.ndarray = np.quantile(self.probabilities, [TAIL, 1 - TAIL], axis=0)
        return np.moveaxis(ends, 0, -1)
