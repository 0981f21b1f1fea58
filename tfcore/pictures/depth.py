"""Pictures of 8 bits that were saved with more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

# So many values are worked on at a time: whole pictures in wider types would take several times their own memory.
_PART = 1 << 20


def parts(length: int, channels: int = 1) -> Iterator[slice]:
    """The pixels 0 to ``length`` in runs that are worked on one after the other."""
    step = max(1, _PART // channels)
    return (slice(start, start + step) for start in range(0, length, step))


def step_of_8_bits(array: np.ndarray) -> int:
    """How far apart the 256 levels of an 8-bit picture lie in a wider unsigned type; 0 where it is no such picture.

    Writers spread 0 to 255 over the type (× 257 in 16 bits) or shift it (× 256): then every pixel is a multiple. The
    step of 8 bits themselves is 1.

    >>> step_of_8_bits(np.array([0, 514], np.uint16)), step_of_8_bits(np.array([0, 500], np.uint16))
    (257, 0)
    """
    if array.dtype.kind != "u":
        return 0
    top = int(np.iinfo(array.dtype).max)
    return next((step for step in (top // 255, (top + 1) // 256) if _all_multiples(array, step)), 0)


def _all_multiples(array: np.ndarray, step: int) -> bool:
    if step == 1:
        return True
    values = array.reshape(-1)
    # Nearly every other picture shows it with its first few pixels that are not black.
    sparse = values[:: max(1, values.size // 1000)]
    return not (sparse % step).any() and not any((values[part] % step).any() for part in parts(values.size))
