"""How masks of filters and concepts overlap, counted over pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfcore.inside.concepts import Marks
from tfcore.inside.masks import cleaned, firing

# Masks as they are, cleaned ones, and these held against concepts of other pictures.
RAW, CLEAN, STRANGE = range(3)


class Counts(NamedTuple):
    """Pixels over some pictures, each first for the three kinds above; those of pictures apart are added."""

    # (3, K, C) of both filter and concept, (3, K) of filters, (3, C) of concepts.
    both: np.ndarray
    filters: np.ndarray
    concepts: np.ndarray
    # Σ over the pictures that hold a concept of the IoU in that picture (K, C), and how many these are (C,).
    of_each: np.ndarray
    holding: np.ndarray

    @classmethod
    def none(cls, filters: int, concepts: int) -> Counts:
        shapes = (3, filters, concepts), (3, filters), (3, concepts), (filters, concepts), (concepts,)
        return cls(*map(np.zeros, shapes))

    def plus(self, other: Counts) -> Counts:
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def iou(self, kind: int) -> np.ndarray:
        """(K, C): pixels of both / pixels of either, over all pictures; NaN of what nobody has."""
        either = self.filters[kind][:, None] + self.concepts[kind] - self.both[kind]
        with np.errstate(invalid="ignore"):
            found: np.ndarray = self.both[kind] / either
        return found

    @property
    def iou_mean(self) -> np.ndarray:
        """(K, C): mean over the pictures that hold the concept."""
        with np.errstate(invalid="ignore"):
            found: np.ndarray = self.of_each / self.holding
        return found


def counted(
    activation: np.ndarray, thresholds: np.ndarray, dead: np.ndarray, marks: Marks, strangers: Sequence[Marks]
) -> Counts:
    """One picture: where the filters of A (h, w, K) fire in it, against its own concepts and those of strangers."""
    codes, areas = marks.codes.ravel(), marks.areas
    found = Counts.none(len(thresholds), len(areas))
    for index, mask in firing(activation, thresholds, dead, marks.codes.shape):
        clean = cleaned(mask, marks.foreground)
        for kind, one in ((RAW, mask), (CLEAN, clean)):
            places = np.flatnonzero(one)
            found.filters[kind, index] = len(places)
            found.both[kind, index] = marks.inside(codes[places])
        both = found.both[CLEAN, index]
        found.of_each[index] = both / np.maximum(len(places) + areas - both, 1)
        found.filters[STRANGE, index] = len(strangers) * len(places)
        found.both[STRANGE, index] = sum(other.inside(other.codes.ravel()[places]) for other in strangers)
    found.of_each[:, areas == 0] = 0
    found.holding[:] = areas > 0
    found.concepts[:] = areas, areas, sum((other.areas for other in strangers), np.zeros(len(areas)))
    return found
