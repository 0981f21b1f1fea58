"""Whether a network's probabilities are honest, and what makes them so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False)
class Calibration:
    """Errors of calibration, and the bins of the reliability diagram they come from.

    Confidence is the highest probability. A bin is (i/bins, (i+1)/bins]; empty ones hold NaN and weigh nothing.
    """

    ece: float
    mce: float
    adaptive_ece: float
    brier: float
    nll: float
    edges: np.ndarray
    count: np.ndarray
    accuracy: np.ndarray
    confidence: np.ndarray

    @property
    def figures(self) -> dict[str, float]:
        """The errors by name."""
        names = ("ece", "mce", "adaptive_ece", "brier", "nll")
        return {name: float(getattr(self, name)) for name in names}


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What was found on pictures with labels, and what a card may keep of it.

    Figures ``after`` and coverage are held out: each half of the pictures is judged by what the other half gave.
    """

    model: str
    classes: tuple[str, ...]
    # The data and its side, by name.
    on: str
    # Pictures of each class (C,).
    counts: np.ndarray
    accuracy: float
    before: Calibration
    after: Calibration | None
    # Of each class, all others taken together: how far its probability and its share lie apart, and the same after.
    each: tuple[Calibration, ...]
    each_after: tuple[Calibration, ...]
    # For the card: the temperature and the sets with what they come from; empty where there is none.
    calibration: Mapping[str, Any]
    sets: Mapping[str, Any]
    # Held out: the share of pictures of each class whose set holds it (C,), and how many sets hold how many classes.
    coverage: np.ndarray
    sizes: np.ndarray
    # Sentences: why there is no temperature or no set, what was left out, what to keep in mind.
    notes: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def diagrams(self) -> list[tuple[str, Calibration, Calibration | None]]:
        """Before and after, of the answers under an empty name and then of each class."""
        after = self.each_after or [None] * len(self.each)
        return [("", self.before, self.after), *zip(self.classes, self.each, after, strict=True)]

    def as_dict(self) -> dict[str, Any]:
        """Plain data: every figure, class by class, and the bins."""
        import numpy as np

        def plain(values: np.ndarray) -> list[float | None]:
            return [None if np.isnan(each) else float(each) for each in np.asarray(values, float)]

        def bins(of: Calibration) -> dict[str, list[float | None]]:
            return {name: plain(getattr(of, name)) for name in ("edges", "count", "accuracy", "confidence")}

        return {
            "model": self.model,
            "on": self.on,
            "pictures": self.n,
            "accuracy": self.accuracy,
            "before": self.before.figures,
            "after": None if self.after is None else self.after.figures,
            "calibration": dict(self.calibration),
            "sets": dict(self.sets),
            "classes": [
                {
                    "class": name,
                    "pictures": int(count),
                    "before": own.figures,
                    "after": None if cooled is None else cooled.figures,
                    "coverage": covered,
                    "bins": bins(own),
                }
                for (name, own, cooled), count, covered in zip(
                    self.diagrams[1:], self.counts, plain(self.coverage), strict=True
                )
            ],
            "set sizes": [int(count) for count in self.sizes],
            "bins": bins(self.before),
            "notes": list(self.notes),
        }
