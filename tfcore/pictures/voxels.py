"""Voxels towards the patient's right, front and head, and their planes as radiologists hang them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tfcore.pictures.address import PLANES
from tfcore.pictures.look import Look
from tfcore.pictures.spread import Spread, sampled, spread


@dataclass(frozen=True, eq=False)
class Volume:
    """Voxels (X, Y, Z) or with volumes in time (X, Y, Z, T), the first index growing to the patient's right, the
    second to the front, the third to the head; ``spacing`` in mm, ``affine`` from indices to mm.
    """

    path: Path
    sha256: str
    spacing: tuple[float, float, float]
    affine: np.ndarray
    stored: np.ndarray
    slope: float
    inter: float
    # How the file's own axes were turned (tfcore.pictures.turning), and its own affine and shape.
    turned: np.ndarray
    file_affine: np.ndarray
    file_shape: tuple[int, int, int]
    # Whether the file says which way its axes run; where it does not, a usual order is taken.
    directed: bool = True
    # What its slices are shown through where the file says so, and what is odd about it.
    unit: str = ""
    window: tuple[float, float] | None = None
    look: Look | None = None
    inverted: bool = False
    note: str = ""
    _spreads: dict[int, Spread] = field(default_factory=dict)
    _samples: dict[int, np.ndarray] = field(default_factory=dict)

    @property
    def array(self) -> np.ndarray:
        """All voxels as the file's scaling has them."""
        return self._scaled(self.stored)

    @property
    def times(self) -> int:
        return self.stored.shape[3] if self.stored.ndim == 4 else 1

    @property
    def counts(self) -> dict[str, int]:
        """How many slices there are of each plane, and how many volumes in time."""
        return {**dict(zip(PLANES, self.stored.shape, strict=False)), "t": self.times}

    def slice(self, plane: str, index: int, t: int = 0) -> np.ndarray:
        """One slice upright; of a sagittal one the front is on the left."""
        cut: np.ndarray = np.moveaxis(self._at(t), PLANES.index(plane), 0)[index]
        return self._scaled(upright(cut))

    def spacing_of(self, plane: str) -> tuple[float, float]:
        """Millimetres between the rows and the columns of a plane."""
        return between(self.spacing, plane)

    def spread(self, t: int = 0) -> Spread:
        """Of one volume in time, whatever slice is asked for."""
        if t not in self._spreads:
            stored = self._at(t)
            found = spread((stored[..., z] for z in range(stored.shape[2])), stored.size)
            sample = self._scaled(found.sample)
            self._spreads[t] = Spread(found.mean * self.slope + self.inter, found.sd * abs(self.slope), sample)
        return self._spreads[t]

    def sample(self, t: int = 0) -> np.ndarray:
        """A million values at most of one volume in time, for its window: sooner there than its mean."""
        if t not in self._samples:
            self._samples[t] = self._scaled(sampled(as_it_lies(self._at(t))))
        return self._samples[t]

    def _at(self, t: int) -> np.ndarray:
        return self.stored[..., t] if self.stored.ndim == 4 else self.stored

    def _scaled(self, stored: np.ndarray) -> np.ndarray:
        if (self.slope, self.inter) == (1, 0):
            return stored
        with np.errstate(all="ignore"):
            scaled: np.ndarray = stored * np.float64(self.slope) + self.inter
        return scaled


def as_it_lies(voxels: np.ndarray) -> np.ndarray:
    """The voxels in the order in which memory has them: to go through them so costs a fraction."""
    ahead = voxels[tuple(slice(None, None, -1 if step < 0 else 1) for step in voxels.strides)]
    return ahead.transpose(np.argsort([-step for step in ahead.strides], kind="stable"))


def between(spacing: tuple[float, float, float], plane: str) -> tuple[float, float]:
    """Of the steps to the right, to the front and to the head those between the rows and the columns of a plane."""
    across, up = (step for axis, step in enumerate(spacing) if axis != PLANES.index(plane))
    return up, across


def upright(cut: np.ndarray) -> np.ndarray:
    """A plane of a volume as radiologists hang it: front or head on top, the patient's left on the right."""
    return cut[::-1, ::-1].T


def laid_down(picture: np.ndarray) -> np.ndarray:
    """The way back from :func:`upright`."""
    return picture.T[::-1, ::-1]
