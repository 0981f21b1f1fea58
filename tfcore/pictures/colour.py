"""Turning stored pixels upright and to plain grey or RGB."""

from __future__ import annotations

from typing import Literal

import numpy as np

from tfcore.pictures.depth import parts, step_of_8_bits


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
    integer = alpha.dtype.kind == "u"
    step = step_of_8_bits(alpha)
    top = (255 * step or int(np.iinfo(alpha.dtype).max)) if integer else 1
    # An alpha channel that hides everything was never meant as one (32-bit BMPs do that).
    if not alpha.any() or (alpha == top).all():
        return colour
    # 8 bits saved as more stay 8 bits saved as more, rounded as these.
    unit = (step_of_8_bits(colour) if step else 0) or 1
    seen = np.empty(colour.shape, colour.dtype)
    channels = colour.shape[2] if colour.ndim == 3 else 1
    pixels, shares, found = colour.reshape(-1, channels), alpha.reshape(-1, 1), seen.reshape(-1, channels)
    for part in parts(len(pixels), channels):
        if integer:
            found[part] = (pixels[part].astype(np.uint64) // unit * shares[part] + top // 2) // top * unit
        else:
            with np.errstate(invalid="ignore", over="ignore"):
                found[part] = pixels[part] * shares[part]
    return seen


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
