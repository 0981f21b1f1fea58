"""A picture in memory, with what is needed to show it and to name it in a result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels as the file holds them, upright and without alpha: (H, W), (H, W, 3) or a plain 4-channel (H, W, 4).

    ``window`` are the pixel values shown as black and as white; ``sha256`` is the hash of the file; ``note`` says
    what was left out ("frame 1 of 3").
    """

    array: np.ndarray
    path: Path
    sha256: str
    window: tuple[float, float]
    note: str = ""

    @property
    def height(self) -> int:
        return int(self.array.shape[0])

    @property
    def width(self) -> int:
        return int(self.array.shape[1])

    @property
    def channels(self) -> int:
        return int(self.array.shape[2]) if self.array.ndim == 3 else 1

    def levels(self) -> np.ndarray:
        """Float32 grey levels from 0 to 255 through the window: what a network is fed before its own scaling."""
        if self.array.dtype == np.uint8:
            return self.array.astype(np.float32)
        low, high = self.window
        # Half precision in the middle of a 32-bit range would show as bands.
        wide = self.array.astype(np.float32 if self.array.dtype.itemsize <= 2 else np.float64)
        # Clipped first, so that infinite pixels become black or white and nothing overflows.
        inside = np.clip(wide, low, high)
        return ((inside - low) * (255.0 / (high - low))).astype(np.float32, copy=False)

    def display(self) -> np.ndarray:
        """The same levels as (H, W, 3) uint8 for the screen; of four channels the first three."""
        shown = self.array if self.array.dtype == np.uint8 else np.rint(self.levels()).astype(np.uint8)
        return np.repeat(shown[..., np.newaxis], 3, axis=2) if shown.ndim == 2 else shown[..., :3].copy()
