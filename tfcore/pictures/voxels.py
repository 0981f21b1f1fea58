"""Voxels towards the patient's right, front and head, and their planes as radiologists hang them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tfcore.lazy import nibabel
from tfcore.pictures.address import PLANES
from tfcore.pictures.look import Look
from tfcore.pictures.spread import Spread, spread


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
    # The way back to the file's own axes (nibabel's orientation), and its own affine and shape.
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
        across, up = (step for axis, step in enumerate(self.spacing) if axis != PLANES.index(plane))
        return up, across

    def spread(self, t: int = 0) -> Spread:
        """Of one volume in time, whatever slice is asked for."""
        if t not in self._spreads:
            stored = self._at(t)
            found = spread((stored[..., z] for z in range(stored.shape[2])), stored.size)
            sample = self._scaled(found.sample)
            self._spreads[t] = Spread(found.mean * self.slope + self.inter, found.sd * abs(self.slope), sample)
        return self._spreads[t]

    def _at(self, t: int) -> np.ndarray:
        return self.stored[..., t] if self.stored.ndim == 4 else self.stored

    def _scaled(self, stored: np.ndarray) -> np.ndarray:
        if (self.slope, self.inter) == (1, 0):
            return stored
        with np.errstate(all="ignore"):
            scaled: np.ndarray = stored * np.float64(self.slope) + self.inter
        return scaled


def upright(cut: np.ndarray) -> np.ndarray:
    """A plane of a volume as radiologists hang it: front or head on top, the patient's left on the right."""
    return cut[::-1, ::-1].T


def laid_down(picture: np.ndarray) -> np.ndarray:
    """The way back from :func:`upright`."""
    return picture.T[::-1, ::-1]


def as_in_file(whole: Volume, voxels: np.ndarray) -> np.ndarray:
    """Voxels (X, Y, Z) along the axes that the file has them; what is written there is written to the voxels."""
    orientations = nibabel.orientations
    back = orientations.ornt_transform(orientations.axcodes2ornt("RAS"), whole.turned)
    turned: np.ndarray = orientations.apply_orientation(voxels, back)
    return turned


def ways(affine: np.ndarray) -> np.ndarray | None:
    """Which way each axis of a file runs (nibabel's orientation); ``None`` where that is not so of all three."""
    with np.errstate(all="ignore"):
        sides = np.linalg.norm(affine[:3, :3], axis=0)
    # Between a hundredth of a micrometre and ten metres.
    if not np.isfinite(affine).all() or not ((sides > 1e-8) & (sides < 1e4)).all():
        return None
    if abs(np.linalg.det(affine[:3, :3] / sides)) < 1e-6:
        return None
    turned: np.ndarray = nibabel.orientations.io_orientation(affine)
    return None if np.isnan(turned).any() else turned
