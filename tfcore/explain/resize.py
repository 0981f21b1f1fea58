"""From the layer's size to the input's: half-pixel-centre bilinear, the one resize every map goes through."""

from __future__ import annotations

import numpy as np


def to_input(native: np.ndarray, height: int, width: int) -> np.ndarray:
    """(N, h, w) maps as (N, height, width)."""
    if native.shape[1:] == (height, width):
        return native
    import cv2

    resized = np.empty((len(native), height, width), np.float32)
    for map, large in zip(native, resized, strict=True):
        cv2.resize(map, (width, height), dst=large, interpolation=cv2.INTER_LINEAR)
    return resized
