"""What a network that segments draws on one picture."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tfcore.results.heat import Box

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False)
class Mask:
    """A class for every pixel of a picture, at the picture's own size, and what each class covers.

    The first class is what lies around all others.
    """

    path: str
    model: str
    classes: tuple[str, ...]
    # (H, W) uint8.
    labels: np.ndarray
    # By class; mm² where the picture's spacing is known.
    pixels: tuple[int, ...]
    area: tuple[float, ...] | None
    # The part of the picture that the network looked at.
    box: Box
    hashes: dict[str, str]
    weights: str = "file"
    # (H, W): what the data say is there, and how well the two agree by class; both nothing where the data are silent,
    # and why where they cannot be used.
    truth: np.ndarray | None = None
    dice: tuple[float, ...] | None = None
    why_no_truth: str = ""

    def size(self, index: int) -> str:
        """What a class covers: ``12.3 mm²``, or ``41 px`` of a picture without a spacing."""
        if self.area is None:
            return f"{self.pixels[index]:,} px"
        return f"{self.area[index]:,.{0 if self.area[index] >= 100 else 1}f} mm²"

    @property
    def largest(self) -> int:
        """The class that covers most beside the first; the first where there is no other."""
        others = self.pixels[1:]
        return 1 + others.index(max(others)) if any(others) else 0

    @property
    def words(self) -> str:
        """The largest class that is drawn: ``oedema 12.3 mm²``."""
        return f"{self.classes[self.largest]} {self.size(self.largest)}" if self.largest else f"only {self.classes[0]}"

    def only(self, shown: Collection[int]) -> Mask:
        """The same with the first class in place of all that are not shown."""
        if all(index in shown for index in range(1, len(self.classes))):
            return self
        import numpy as np

        return replace(self, labels=np.where(np.isin(self.labels, list(shown)), self.labels, 0).astype(np.uint8))

    def as_dict(self) -> dict[str, Any]:
        """What a record says of it."""
        by_class = {"pixels": self.pixels, "area_mm2": self.area, "dice": self.dice}
        return {name: dict(zip(self.classes, each, strict=True)) for name, each in by_class.items() if each is not None}


def covered(classes: Sequence[str], shares: Sequence[float] | np.ndarray) -> str:
    """The class that covers most of a picture beside the first, and how much of it.

    >>> covered(("background", "necrotic", "oedema"), (0.95, 0.01, 0.04))
    'oedema 4.0 %'
    """
    largest = max(range(1, len(shares)), key=lambda index: float(shares[index]))
    return f"{classes[largest]} {shares[largest]:.1%}".replace("%", " %") if shares[largest] else f"only {classes[0]}"
