"""Small pictures for the browser."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tfcore.pictures.budget import MOST_FOR_A_THUMBNAIL
from tfcore.pictures.picture import Picture
from tfcore.pictures.read import decode
from tfcore.pictures.source import contents
from tfcore.pictures.window import automatic

# Pixels a side for each of the thumbnail: more of them no eye can tell.
_ENOUGH = 8


def thumbnail(path: str | Path, size: int = 128) -> np.ndarray:
    """The picture as (h, w, 3) uint8, at most ``size`` pixels on a side, never enlarged; safe to call from threads."""
    from PIL import Image

    path = Path(path)
    array, _ = decode(contents(path, MOST_FOR_A_THUMBNAIL), path, coarse=size)
    window = automatic(array)
    skip = max(1, max(array.shape[:2]) // (_ENOUGH * size))
    shown = Picture(array[::skip, ::skip], path, "", window).display()
    height, width = shown.shape[:2]
    shrink = size / max(height, width)
    if shrink >= 1:
        return shown
    small = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    # Pillow is there already to read the file, and comes ten times sooner than OpenCV.
    return np.asarray(Image.fromarray(shown).resize(small, Image.Resampling.BOX, reducing_gap=2.0))
