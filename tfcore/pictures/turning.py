"""How the axes of a stored volume are turned to run towards the patient's right, front and head, and back."""

from __future__ import annotations

import numpy as np


def ways(affine: np.ndarray) -> np.ndarray | None:
    """Of each axis of a file the axis of the patient that it runs along, and 1 or −1 for towards or away, as (3, 2);
    ``None`` where that is not so of all three.
    """
    with np.errstate(all="ignore"):
        sides = np.linalg.norm(affine[:3, :3], axis=0)
    # Between a hundredth of a micrometre and ten metres.
    if not np.isfinite(affine).all() or not ((sides > 1e-8) & (sides < 1e4)).all():
        return None
    directions = affine[:3, :3] / sides
    if abs(np.linalg.det(directions)) < 1e-6:
        return None
    # Without shear: the rotation that is nearest.
    left, _, right = np.linalg.svd(directions)
    rotation, found = left @ right, np.zeros((3, 2), int)
    # Those first that leave least to choose.
    for axis in np.argsort(-np.abs(rotation).max(axis=0), kind="stable"):
        along = int(np.abs(rotation[:, axis]).argmax())
        found[axis] = along, -1 if rotation[along, axis] < 0 else 1
        # No two run along the same.
        rotation[along] = 0
    return found


def turned(voxels: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Stored voxels, perhaps with more axes behind, along the patient's."""
    flipped = voxels[tuple(slice(None, None, int(way)) for way in of[:, 1])]
    return flipped.transpose(*np.argsort(of[:, 0]), *range(3, voxels.ndim))


def turned_back(voxels: np.ndarray, of: np.ndarray) -> np.ndarray:
    """The way back, on the same memory: what is written there is written to the voxels."""
    stored = voxels.transpose(*of[:, 0], *range(3, voxels.ndim))
    return stored[tuple(slice(None, None, int(way)) for way in of[:, 1])]


def turned_affine(affine: np.ndarray, of: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """From indices along the patient's axes to mm, of a file with this affine and shape."""
    back = np.zeros((4, 4))
    back[3, 3] = 1
    for axis, (along, way) in enumerate(of):
        back[axis, along] = way
        back[axis, 3] = shape[axis] - 1 if way < 0 else 0
    found: np.ndarray = affine @ back
    return found
