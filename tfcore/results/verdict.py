"""What a heatmap went through, and what that says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

# These limits choose words and marks and nothing else: the number always stands beside them. They are those of maps
# that point to the lesions of unseen phantoms (docs/results/verdict.md).
# Relative change of the map under small noise: up to here it stands still, up to there it moves a little.
STILL, A_LITTLE = 0.07, 0.57
# Rank correlation of the maps of two passes with dropout on: from here on they are alike.
AGREES = 0.81
# SSIM of the map with that of a network which forgot what it learnt: from here on they are much alike.
ALIKE = 0.68
FLAT = "nearly flat"
_BEYOND = "more than in every random order"


class Remark(NamedTuple):
    """One finding in words, whether it speaks for the map, against it, or neither, and where the limit lies."""

    text: str
    good: bool | None
    limit: str = ""

    @property
    def mark(self) -> str:
        return {True: "✓", False: "✗", None: "·"}[self.good]


@dataclass(frozen=True, eq=False)
class Verdict:
    """Of one map. What could not be found is ``None``, and ``why`` says it by the name of the finding."""

    # p of the class explained while cells of the picture give way to its mean, hottest first (L + 1,) …
    curve: np.ndarray | None
    # … and in several random orders (orders, L + 1).
    random_curves: np.ndarray | None
    # Largest relative change of the map under small changes of the picture.
    moves: float | None
    # SSIM with the maps of networks whose head and last stage were drawn anew.
    remains: float | None
    # Empty where it is not.
    flat: str
    # Entropy as a share of that of a constant map.
    evenness: float | None
    why: dict[str, str]
    # With how many random orders, changed pictures and random networks, at which seed …
    settings: dict[str, Any]
    seconds: float = 0.0
    # Mean rank correlation between the maps of two passes with dropout on; None also without any dropout.
    agreement: float | None = None

    @property
    def drop(self) -> float | None:
        """Mean loss of probability, the hottest cells first."""
        return None if self.curve is None else float((self.curve[0] - self.curve).mean())

    @property
    def random_drops(self) -> list[float]:
        """The same of every random order."""
        curves = () if self.random_curves is None else self.random_curves
        return [float((curve[0] - curve).mean()) for curve in curves]

    def remarks(self) -> list[Remark]:
        """The findings in words."""
        return [self._faithful(), self._stable(), self._learnt(), Remark(self.flat or "not flat", not self.flat)]

    @property
    def words(self) -> str:
        """All of it in a line."""
        return "; ".join(remark.text for remark in self.remarks())

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        found = {"drop": self.drop, "random_drops": self.random_drops, "moves": self.moves, "remains": self.remains}
        found["agreement"] = self.agreement
        more = {"flat": self.flat or None, "evenness": self.evenness, "left_out": self.why}
        curves = {"curve": self.curve, "random_curves": self.random_curves}
        limits = {"moves": A_LITTLE, "agreement": AGREES, "remains": ALIKE}
        return {"says": self.words, **found, **more, "limits": limits, "settings": self.settings, **curves}

    def _faithful(self) -> Remark:
        if self.drop is None:
            return Remark(f"no deletion curve: {self.why.get('curve', 'not measured')}", None)
        randoms = self.random_drops
        mean = sum(randoms) / len(randoms)
        told = f"hottest first costs {self.drop:.2f} of the probability, at random {mean:.2f}"
        return Remark(told, None if min(randoms) < self.drop <= max(randoms) else self.drop > max(randoms), _BEYOND)

    def _stable(self) -> Remark:
        if self.moves is None:
            return Remark(f"stability not known: {self.why.get('moves', 'not measured')}", None)
        how = "stands still" if self.moves <= STILL else "moves a little" if self.moves <= A_LITTLE else "moves"
        told, good = f"{how} under noise ({self.moves:.0%})", self.moves <= A_LITTLE
        if self.agreement is not None:
            told += f", rank correlation {self.agreement:.2f} under dropout"
            good = good and self.agreement >= AGREES
        return Remark(told, good, f"up to {A_LITTLE:.0%}, and from {AGREES} on under dropout")

    def _learnt(self) -> Remark:
        if self.remains is None:
            return Remark(f"randomised weights: {self.why.get('remains', 'not measured')}", None)
        if self.remains >= ALIKE:
            return Remark(f"hardly changes when the network forgets (SSIM {self.remains:.2f})", False, f"below {ALIKE}")
        return Remark(f"changes when the network forgets (SSIM {self.remains:.2f})", True, f"below {ALIKE}")
