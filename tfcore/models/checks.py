"""Refusing a batch the network cannot eat, before anything is computed."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcore.errors import HeatlensError


def checked_batch(batch: Any, input_shape: tuple[int | None, ...]) -> np.ndarray:
    """The batch as float32 (N, H, W, C), or a sentence that says how it differs from what the network eats."""
    array: np.ndarray = np.asarray(batch, dtype=np.float32)
    wanted = " × ".join("any" if side is None else str(side) for side in input_shape)
    if array.ndim != 1 + len(input_shape):
        raise HeatlensError(
            f"The batch has shape {array.shape}; the network takes (images × {wanted}). "
            "Call model.prepare on the pictures first."
        )
    if any(side is not None and side != given for side, given in zip(input_shape, array.shape[1:], strict=True)):
        given = " × ".join(map(str, array.shape[1:]))
        raise HeatlensError(f"The images are {given}; the network takes {wanted}. Call model.prepare on the pictures.")
    if not len(array):
        raise HeatlensError("The batch holds no images; give at least one.")
    if not np.isfinite(array).all():
        which = int(np.flatnonzero(~np.isfinite(array).reshape(len(array), -1).all(1))[0])
        raise HeatlensError(f"Image {which} of the batch holds NaN or infinite values; replace them first.")
    return array
