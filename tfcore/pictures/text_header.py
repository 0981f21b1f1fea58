"""What NRRD and MetaImage have in common: a header of lines of text, in the axes of ITK, and a file beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError

# To the left, the back and the head: what ITK counts in, as factors of ours.
LPS = (-1.0, -1.0, 1.0, 1.0)


def beside(name: str, path: Path) -> str:
    """The name of a file in the same folder; a sentence for anything else that a header may name."""
    if not name or Path(name).name != name or "\\" in name or "%" in name or name.upper().startswith("LIST"):
        raise HeatlensError(
            f"{path} has its voxels in several files or in another folder; save it as one file (in 3D Slicer: Save, or "
            "with SimpleITK: WriteImage)."
        )
    return name


def affine_of(columns: np.ndarray, corner: np.ndarray) -> np.ndarray:
    """From indices to mm, by the ways of the axes and where the first voxel lies."""
    found = np.eye(4)
    found[:3, :3], found[:3, 3] = columns, corner
    return found


def numbers(text: str, count: int | None = None) -> np.ndarray:
    """So many numbers; ``ValueError`` for others."""
    found = np.array([float(each) for each in text.replace(",", " ").split()])
    if count is not None and found.size != count:
        raise ValueError
    return found
