"""Small pictures for the browser."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tfcore.pictures.picture import Picture
from tfcore.pictures.read import decode
from tfcore.pictures.source import contents
from tfcore.pictures.window import automatic


def thumbnail(path: str | Path, size: int = 128) -> np.ndarray:
    """The picture as (h, w, 3) uint8, at most ``size`` pixels on a side, never enlarged; safe to call from threads."""
    import cv2

    path = Path(path)
    array, _ = decode(contents(path), path, coarse=size)
    shown = Picture(array, path, "", automatic(array)).display()
    height, width = shown.shape[:2]
    shrink = size / max(height, width)
    if shrink >= 1:
        return shown
    small = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    return np.asarray(cv2.resize(shown, small, interpolation=cv2.INTER_AREA))
