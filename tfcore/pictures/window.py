"""Which pixel values are shown black and white, when the file does not say."""

from __future__ import annotations

import numpy as np

from tfcore.pictures.depth import step_of_8_bits

# Per cent of the pixels that may be clipped at either end: a few hot pixels must not darken everything else.
TAIL = 0.5
# Percentiles of a million pixels are those of all of them, at a hundredth of the time.
ENOUGH = 1_000_000
# Shares of the type's range: from the first on the window opens, at the second it is the type's whole range.
PARTLY, WHOLLY = 0.5, 0.75


def automatic(array: np.ndarray) -> tuple[float, float]:
    """Low and high pixel value of the display.

    - 8 bits, or 8 bits saved as more (every pixel a multiple of 257, or of 256): the 0 and 255 of the 8 bits, so that
      both files of one picture are one picture to a network, however dark it is.
    - Other integers whose robust span covers three quarters of their type: the type's black and white.
    - Everything else, as 12 bits in 16, CT or floats: robust percentiles of the finite pixels. Between half and three
      quarters of the type the window opens steadily from these to the whole range, so that a little more light never
      changes the picture at once.

    A picture of one value is shown mid-grey, and one whose few pixels of interest are rarer than the tails is shown
    over its whole range.
    """
    if step := step_of_8_bits(array):
        return 0.0, 255.0 * step
    low, high = _robust(array)
    if array.dtype.kind in "iu":
        bottom, top = float(np.iinfo(array.dtype).min), float(np.iinfo(array.dtype).max)
        opened = float(np.clip(((high - low) / (top - bottom) - PARTLY) / (WHOLLY - PARTLY), 0, 1))
        low, high = low + opened * (bottom - low), high + opened * (top - high)
    return low, high


def _robust(array: np.ndarray) -> tuple[float, float]:
    values = array.reshape(-1)
    sample = _finite(values[:: max(1, values.size // ENOUGH)])
    if sample.size:
        # Taken from the pixels themselves: between two huge values an interpolation could overflow.
        low, high = (float(edge) for edge in np.percentile(sample, (TAIL, 100 - TAIL), method="nearest"))
    if not sample.size or low == high:
        values = _finite(values)
        if not values.size:
            return 0.0, 1.0
        low, high = float(values.min()), float(values.max())
    # A span so small that 255 levels of it are no numbers any more counts as one value.
    if (high - low) / 255 < np.finfo(np.float64).tiny:
        margin = max(1.0, abs(low) * 1e-3)
        most = np.finfo(np.float64).max
        low, high = float(max(low - margin, -most)), float(min(high + margin, most))
    return low, high


def _finite(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind != "f":
        return values
    finite = np.isfinite(values)
    return values if finite.all() else values[finite]
