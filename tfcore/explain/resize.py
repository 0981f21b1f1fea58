"""From the layer's size to the input's: half-pixel-centre bilinear, the one resize every map goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfcore.lazy import LazyModule

if TYPE_CHECKING:
    import tensorflow as tf
else:
    tf = LazyModule("tensorflow")


def to_input(native: np.ndarray, height: int, width: int) -> np.ndarray:
    """(N, h, w) maps as (N, height, width)."""
    if native.shape[1:] == (height, width):
        return native
    resized: np.ndarray = tf.image.resize(native[..., None], (height, width), method="bilinear").numpy()[..., 0]
    return resized
