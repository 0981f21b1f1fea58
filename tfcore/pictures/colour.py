"""Turning stored pixels upright and to plain grey or RGB."""

from __future__ import annotations

from typing import Literal

import numpy as np


def upright(array: np.ndarray, orientation: int) -> np.ndarray:
    """The picture as the camera was held: EXIF and TIFF orientations 1 to 8; other values are no statement."""
    if orientation in (5, 6, 7, 8):
        array = array.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    return array


def on_black(colour: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """What is seen of ``colour`` (H, W) or (H, W, C) through ``alpha`` (H, W) in front of black."""
    top = np.iinfo(alpha.dtype).max if alpha.dtype.kind == "u" else 1
    # An alpha channel that hides everything was never meant as one (32-bit BMPs do that).
    if not alpha.any() or (alpha == top).all():
        return colour
    if colour.ndim == 3:
        alpha = alpha[..., np.newaxis]
    if alpha.dtype.kind != "u":
        return colour * alpha
    return ((colour.astype(np.uint64) * alpha + top // 2) // top).astype(colour.dtype)


def exif_orientation(exif: bytes) -> int:
    """The orientation tag of an EXIF block; 1 where there is none or the block is damaged."""
    exif = exif.removeprefix(b"Exif\0\0")
    order: Literal["little", "big"] = "big" if exif.startswith(b"MM") else "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(exif[at : at + size], order)

    directory = number(4, 4)
    for entry in range(directory + 2, directory + 2 + 12 * number(directory, 2), 12):
        if number(entry, 2) == 0x0112:
            return number(entry + 8, 2)
    return 1
