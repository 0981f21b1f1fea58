"""What a metric says of one image: a number, a curve, or why there is neither."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

ZERO_MAP = "zero map"


@dataclass(frozen=True, eq=False)
class Curve:
    """y over x, one value each per point; the number it stands for is the area below it, or another where stated.

    >>> Curve(np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.5, 0.0])).number
    0.5
    """

    x: np.ndarray
    y: np.ndarray
    stated: float | None = None

    @property
    def number(self) -> float:
        """The area by trapezoids where nothing else is stated."""
        return float(np.trapezoid(self.y, self.x)) if self.stated is None else self.stated


# A number, a curve that has one, or the reason why there is none.
Outcome = float | Curve | str


def read(outcome: Outcome) -> tuple[float | None, str, Curve | None]:
    """The number, the reason where there is none, and the curve behind the number."""
    if isinstance(outcome, str):
        return None, outcome, None
    curve = outcome if isinstance(outcome, Curve) else None
    number = curve.number if curve else float(outcome)  # type: ignore[arg-type]
    # No point of a curve escapes its area but where x stands still.
    if not math.isfinite(number) or (curve and not (np.isfinite(curve.x).all() and np.isfinite(curve.y).all())):
        return None, "the number is not finite", None
    return number, "", curve
