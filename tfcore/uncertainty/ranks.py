"""Mean Spearman rank correlation between all pairs of many maps, without keeping the maps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Ranks:
    """Σ of the ranks of each map, standardised: of length 1 around 0, so that a product of two is their correlation."""

    total: np.ndarray
    count: int
    # Maps with one value everywhere, which have no ranks.
    flat: int

    @classmethod
    def of(cls, maps: np.ndarray) -> Ranks:
        """Of maps (T, …)."""
        from scipy.stats import rankdata

        ranks = rankdata(maps.reshape(len(maps), -1), axis=1)
        ranks -= ranks.mean(1, keepdims=True)
        lengths = np.linalg.norm(ranks, axis=1)
        ranked = lengths > 0
        return cls((ranks[ranked] / lengths[ranked, None]).sum(0), int(ranked.sum()), int((~ranked).sum()))

    def __add__(self, other: Ranks) -> Ranks:
        return Ranks(self.total + other.total, self.count + other.count, self.flat + other.flat)

    @property
    def correlation(self) -> float:
        """Σ over pairs of z_s·z_t / number of pairs = (|Σ z|² − T) / (T (T − 1)); NaN for fewer than two maps."""
        pairs = self.count * (self.count - 1)
        return float((self.total @ self.total - self.count) / pairs) if pairs else float("nan")
