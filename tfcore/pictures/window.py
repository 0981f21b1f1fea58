"""Which pixel values are shown black and white, when the file does not say."""

from __future__ import annotations

import numpy as np

# Per cent of the pixels that may be clipped at either end: a few hot pixels must not darken everything else.
TAIL = 0.5
# Percentiles of a million pixels are those of all of them, at a hundredth of the time.
ENOUGH = 1_000_000


def automatic(array: np.ndarray) -> tuple[float, float]:
    """Low and high pixel value of the display: 0 and 255 for 8 bits, else robust percentiles of the finite pixels.

    A picture of one value is shown mid-grey, and one whose few pixels of interest are rarer than the tails is shown
    over its whole range.
    """
    if array.dtype == np.uint8:
        return 0.0, 255.0
    values = _finite(array.ravel())
    if values.size == 0:
        return 0.0, 1.0
    sample = values[:: max(1, values.size // ENOUGH)]
    # Taken from the pixels themselves: between two huge values an interpolation could overflow.
    low, high = (float(edge) for edge in np.percentile(sample, (TAIL, 100 - TAIL), method="nearest"))
    if low == high:
        low, high = float(values.min()), float(values.max())
    if low == high:
        margin = max(1.0, abs(low) * 1e-3)
        low, high = low - margin, high + margin
    return low, high


def _finite(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind != "f":
        return values
    finite = np.isfinite(values)
    return values if finite.all() else values[finite]
