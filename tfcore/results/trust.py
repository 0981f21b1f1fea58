"""What is found when it is asked whether an answer may be believed: neighbours, concepts, how much is missed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False)
class Neighbour:
    """A picture of the data, its class, and how far its features lie, each counted in its standard deviation."""

    path: Path
    label: str
    distance: float
    # Of the nearest picture of the class that was predicted, to compare with; infinite where there is none.
    own_distance: float
    # The picture that was asked about and this one, each with its heat for the class predicted of the first.
    items: tuple[Any, ...] = ()

    @property
    def words(self) -> str:
        """What was found, in a line."""
        there = self.own_distance < float("inf")
        own = f"the nearest picture of the predicted class lies at {self.own_distance:.2f}"
        return f"a {self.label} at a distance of {self.distance:.2f}" + f"; {own}" * there


@dataclass(frozen=True)
class ConceptScore:
    """Of one concept at one layer: mean and spread of its score over the directions, those of random concepts, the same
    of the sensitivity, how well a direction tells the concept's pictures (held out), and the chance of a random concept
    to be as far from the others (two-sided; Holm over all).
    """

    concept: str
    layer: str
    target: str
    score: float
    sd: float
    random: float
    random_sd: float
    sensitivity: float
    random_sensitivity: float
    random_sensitivity_sd: float
    accuracy: float
    p: float
    p_holm: float
    runs: int
    pictures: int

    @property
    def significant(self) -> bool:
        return self.p_holm < 0.05

    @property
    def words(self) -> str:
        """What it comes to."""
        depends = "depends on" if self.significant else "is not shown to depend on"
        return f"{self.target} {depends} {self.concept} at {self.layer}"

    def row(self) -> dict[str, str]:
        """Its cells in a table."""
        return {
            "concept": self.concept,
            "p (Holm)": f"{self.p_holm:.3g}",
            "sensitivity": f"{self.sensitivity:.2f}",
            "of random": f"{self.random_sensitivity:.2f} ± {self.random_sensitivity_sd:.2f}",
            "score": f"{self.score:.2f} ± {self.sd:.2f}",
            "random": f"{self.random:.2f} ± {self.random_sd:.2f}",
            "told apart": f"{self.accuracy:.2f}",
            "layer": self.layer,
        }


@dataclass(frozen=True)
class MaskRisk:
    """Of one structure: the threshold (0 where the cases are too few), the missed share there and at the network's own
    decision at 0.5, both as means over the cases that have the structure (nothing without any), and how many those are.
    ``learnt_from`` counts the pictures, of all, that the network has learnt from.
    """

    structure: str
    threshold: float
    missed: float | None
    missed_before: float | None
    cases: int
    learnt_from: int = 0

    def row(self) -> dict[str, str]:
        """Its cells in a table."""
        return {
            "structure": self.structure,
            "threshold": f"{self.threshold:.3f}" if self.threshold else "—",
            "missed": _share(self.missed),
            "missed at 0.5": _share(self.missed_before),
            "cases": str(self.cases),
        }


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


@dataclass(frozen=True, eq=False)
class RiskCoverage:
    """``risk[k]`` is the error rate among the k + 1 surest; ``eaurc`` what perfect ranking would spare."""

    coverage: np.ndarray
    risk: np.ndarray
    aurc: float
    eaurc: float
