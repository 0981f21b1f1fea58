"""What the header of a file of voxels says, in whichever format: how they are stored, and how they lie in space."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.source import size
from tfcore.pictures.turning import ways


@dataclass(frozen=True, eq=False)
class Header:
    """The values' type and shape (the fastest axis first), and what they are multiplied by and what is added; from
    indices to mm, and whether the file says which way its axes run.
    """

    kind: np.dtype
    shape: tuple[int, ...]
    affine: np.ndarray
    directed: bool
    slope: float = 1.0
    inter: float = 0.0
    # Where what holds the voxels begins in the file, whether that is packed, and where they begin in it (below 0: so
    # that they end where it ends); or the file beside this one that holds it.
    at: int = 0
    packed: bool = False
    start: int = 0
    beside: str = ""
    # Whether the last axis, that of volumes in time or channels, is stored as the first.
    interleaved: bool = False


def placed(path: Path, found: Header) -> tuple[tuple[int, ...], np.ndarray]:
    """Its shape, and which way its axes run; a sentence for what is no volume."""
    kind, shape = found.kind, found.shape
    if kind.kind not in "biuf":
        what = "complex" if kind.kind == "c" else "colour" if kind.itemsize > 1 else "unknown"
        raise HeatlensError(f"{path} holds {what} values; a volume holds grey levels.")
    if len(shape) not in (3, 4):
        raise HeatlensError(f"{path} has {len(shape)} dimensions; a volume has 3, or 4 with volumes in time.")
    taken = math.prod(shape) * kind.itemsize
    if min(shape) < 1 or taken > MOST_MEMORY:
        each = " × ".join(map(str, shape))
        raise HeatlensError(
            f"{path} has {each} voxels ({size(taken)}); 1 voxel to {size(MOST_MEMORY)} are opened, so cut or split it."
        )
    if (of := ways(found.affine)) is None:
        raise HeatlensError(
            f"{path} does not say how its voxels lie in space (its affine is singular or a voxel has no size); "
            "correct its header."
        )
    return shape[:3] if shape[3:] == (1,) else shape, of
