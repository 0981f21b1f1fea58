"""What a network that segments draws on one picture."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tfcore.results.heat import Box
from tfcore.results.prediction import TAIL
from tfcore.results.shift import Shift

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False)
class Mask:
    """A class for every pixel of a picture, at the picture's own size, and what each class covers.

    The first class is what lies around all others. Where classes may overlap, ``labels`` has the smaller over the
    larger, and :meth:`inside` tells of each.
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
    # (S, H, W): where each class but the first is and where it truly is, of classes that may overlap.
    each: np.ndarray | None = None
    true_each: np.ndarray | None = None
    # The number that each class has in the network, −1 for none; how many pieces it is in.
    meaning: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    # The probability from which on a class is there, where that decides.
    threshold: float | None = None
    # How far the picture lies from the training pictures, where that is known.
    shift: Shift | None = None
    # Whether the true classes are seen in place of those that are drawn.
    shows_truth: bool = False
    # Of several networks that drew it as one, where they lie.
    members: tuple[str, ...] = ()

    def inside(self, index: int) -> np.ndarray:
        """(H, W): where a class is."""
        return self.labels == index if self.each is None or not index else self.each[index - 1]

    def true_inside(self, index: int) -> np.ndarray:
        """(H, W): where it truly is."""
        if self.true_each is not None and index:
            found: np.ndarray = self.true_each[index - 1]
            return found
        assert self.truth is not None
        return self.truth == index

    def size(self, index: int) -> str:
        """What a class covers: ``12.3 mm²``, or ``41 px`` of a picture without a spacing."""
        if self.area is None:
            return f"{self.pixels[index]:,} px"
        return f"{self.area[index]:,.{0 if self.area[index] >= 100 else 1}f} mm²"

    def shares(self, classes: int) -> np.ndarray:
        """(C,): the share of the picture that each class of the network covers."""
        import numpy as np

        found = np.zeros(classes)
        for number, pixels in zip(self.meaning, self.pixels, strict=True):
            if number >= 0:
                found[number] = pixels / self.labels.size
        return found

    @property
    def largest(self) -> int:
        """The class that covers most beside the first; the first where there is no other."""
        others = self.pixels[1:]
        return 1 + others.index(max(others)) if any(others) else 0

    @property
    def words(self) -> str:
        """The largest class that is drawn: ``oedema 12.3 mm²``."""
        return f"{self.classes[self.largest]} {self.size(self.largest)}" if self.largest else f"only {self.classes[0]}"

    @property
    def together(self) -> str:
        """What is added where several networks drew it as one: `` as 2 models draw it together``."""
        return f" as {len(self.members)} models draw it together" if self.members else ""

    def only(self, shown: Collection[int]) -> Mask:
        """The same with the first class in place of all that are not shown."""
        if all(index in shown for index in range(1, len(self.classes))):
            return self
        import numpy as np

        labels = np.where(np.isin(self.labels, list(shown)), self.labels, 0).astype(np.uint8)
        if self.each is None:
            return replace(self, labels=labels)
        kept = np.isin(np.arange(1, len(self.classes)), list(shown))
        return replace(self, labels=labels, each=self.each & kept[:, None, None])

    @property
    def drawn(self) -> list[str]:
        """The classes that are seen somewhere."""
        return [name for index, name in enumerate(self.classes) if index and self.inside(index).any()]

    def as_dict(self) -> dict[str, Any]:
        """What a record says of it."""
        by_class = {"pixels": self.pixels, "area_mm2": self.area, "parts": self.parts or None, "dice": self.dice}
        said: dict[str, Any] = {
            name: dict(zip(self.classes, each, strict=True)) for name, each in by_class.items() if each is not None
        }
        said["drawn"] = self.drawn
        said |= {"truth": True} if self.shows_truth else {}
        said |= {"members": list(self.members)} if self.members else {}
        return said if self.threshold is None else {**said, "threshold": self.threshold}


@dataclass(frozen=True)
class MaskVolume:
    """What is drawn on all slices of a volume together, by class."""

    classes: tuple[str, ...]
    slices: int
    voxels: tuple[int, ...]
    # Where the volume lies in space.
    millilitres: tuple[float, ...] | None
    parts: tuple[int, ...]
    # Where the truth is known.
    dice: tuple[float, ...] | None = None

    def size(self, index: int) -> str:
        """What a class covers: ``12.34 ml``, or ``410 voxels``."""
        return f"{self.voxels[index]:,} voxels" if self.millilitres is None else f"{self.millilitres[index]:,.2f} ml"


@dataclass(frozen=True, eq=False)
class Voxel:
    """All that is known of a pixel: its values, the probabilities of the classes, what is drawn there, what is true."""

    path: str
    x: int
    y: int
    values: tuple[float, ...]
    classes: tuple[str, ...]
    # (C,), and of every pass with dropout on, or of several networks asked as one (T, C); none of one without.
    probabilities: np.ndarray
    samples: np.ndarray | None
    drawn: tuple[str, ...]
    # None where the truth is not known.
    true: tuple[str, ...] | None
    # What the samples are of.
    each: str = "passes"

    @property
    def intervals(self) -> np.ndarray | None:
        """(C, 2): between which probabilities the middle 90 % of the passes lie."""
        import numpy as np

        return None if self.samples is None else np.quantile(self.samples, [TAIL, 1 - TAIL], axis=0).T


def covered(classes: Sequence[str], shares: Sequence[float] | np.ndarray, around: int | None = 0) -> str:
    """The class that covers most of a picture beside the one ``around`` all others, and how much of it.

    >>> covered(("background", "necrotic", "oedema"), (0.95, 0.01, 0.04))
    'oedema 4.0 %'
    """
    largest = max((i for i in range(len(shares)) if i != around), key=lambda index: float(shares[index]))
    if shares[largest]:
        return f"{classes[largest]} {shares[largest]:.1%}".replace("%", " %")
    return "nothing drawn" if around is None else f"only {classes[around]}"
