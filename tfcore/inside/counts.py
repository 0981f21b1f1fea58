"""How masks of filters and concepts overlap, counted over pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfcore.inside.concepts import Marks
from tfcore.inside.sheets import sheets

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
    activations: np.ndarray,
    thresholds: np.ndarray,
    dead: np.ndarray,
    marked: Sequence[Marks],
    strangers: Sequence[Sequence[Marks]],
) -> Counts:
    """Some pictures: where the filters of A (n, h, w, K) fire, against their own concepts and those of strangers."""
    found = Counts.none(len(thresholds), len(marked[0].areas))
    both, filters, concepts, of_each, holding = found
    for activation, marks, others in zip(activations, marked, strangers, strict=True):
        areas = marks.areas
        holding += areas > 0
        concepts += areas, areas, sum((other.areas for other in others), np.zeros(len(areas)))
        for numbers, raw, clean in sheets(activation, thresholds, dead, marks.foreground, marks.codes.shape):
            held = [(RAW, raw, marks), (CLEAN, clean, marks), *((STRANGE, clean, other) for other in others)]
            for kind, places, whose in held:
                pixels, shared = places.counted(whose.codes, whose.members, len(numbers))
                filters[kind, numbers] += pixels
                both[kind, numbers] += shared
                if kind == CLEAN:
                    either = pixels[:, np.newaxis] + areas - shared
                    of_each[numbers] += (areas > 0) * shared / np.maximum(either, 1)
    return found
