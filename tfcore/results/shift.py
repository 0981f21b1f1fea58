"""How far a picture lies from those that a network has learnt from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

# From here on a picture is unlike the training pictures: further away than all but one of a thousand.
BEYOND = 99.9


@dataclass(frozen=True)
class Shift:
    """``percentile`` is the higher of those of both distances among the training pictures' own, held out."""

    percentile: float
    # To the nearest class (Mahalanobis), and to the fifth nearest training picture.
    mahalanobis: float
    neighbours: float
    # Further away than the mark; with fewer than a thousand training pictures, than each of them.
    beyond: bool
    # What can be seen without the network: colour, contrast, grey levels, border, size.
    remarks: tuple[str, ...] = ()
    # Of a picture beyond the mark the nearest training pictures, small (H, W, 3), where the reference keeps such.
    nearest: tuple[np.ndarray, ...] = field(default=(), compare=False, repr=False)

    @property
    def words(self) -> str:
        """One line where there is something to say, else nothing."""
        seen = "; ".join(self.remarks)
        if self.beyond:
            unlike = (
                f"unlike anything this network was trained on ({ordinal(self.percentile)} percentile), "
                "do not rely on the answer or the heat"
            )
            return f"{unlike}: {seen}" if seen else unlike
        return f"unusual for this network: {seen}" if seen else ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "percentile": self.percentile,
            "mahalanobis": self.mahalanobis,
            "neighbours": self.neighbours,
            "beyond": self.beyond,
            "remarks": list(self.remarks),
        }


def ordinal(percentile: float) -> str:
    """``99.9th``; never the hundredth, which would say more than a sample can.

    >>> ordinal(99.95), ordinal(98.36), ordinal(42.0), ordinal(12.0)
    ('99.9th', '98.3rd', '42nd', '12th')
    """
    tenths = min(int(percentile * 10), 999)
    said = f"{tenths / 10:g}"
    ending = "th" if said in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(said[-1], "th")
    return f"{said}{ending}"
