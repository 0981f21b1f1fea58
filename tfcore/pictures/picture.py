"""A picture in memory, with what is needed to show it and to name it in a result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.pictures.address import file_of
from tfcore.pictures.depth import parts
from tfcore.pictures.look import Look

# Pixels longer than this come from a wrong header rather than from a scanner.
MOST_TALL = 25.0


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels as the file holds them, upright and without alpha: (H, W), (H, W, 3) or a plain 4-channel (H, W, 4).

    ``path`` is its address (tfcore.pictures.address) and ``sha256`` the hash of its file; ``note`` says which of how
    many it is ("frame 1 of 3"). ``window`` are the pixel values shown as black and as white, ``inverted`` the other
    way round; ``look`` is there where the way between is no straight line. ``spacing`` is that of rows and of columns
    in mm where the file says so, ``unit`` that of the values ("HU"), ``sides`` which sides of the patient are at its
    edges (tfcore.pictures.sides). Nothing in it says whose picture it is.
    """

    array: np.ndarray
    path: Path
    sha256: str
    window: tuple[float, float]
    note: str = ""
    frames: int = 1
    spacing: tuple[float, float] | None = None
    unit: str = ""
    look: Look | None = None
    inverted: bool = False
    sides: str = ""
    # Whether words are likely in its pixels, as in those of ultrasound and of screens.
    burned_in: bool = False
    # Rows and columns of the file where these are more than are shown.
    full: tuple[int, int] | None = None
    # The channel that is shown in grey, of channels that are no colours.
    grey: int | None = None

    @property
    def tall(self) -> float:
        """How much higher than wide a pixel is, as far as that can be shown; 1 where the file does not say."""
        rows, columns = self.spacing or (1.0, 1.0)
        return min(max(rows / columns, 1 / MOST_TALL), MOST_TALL) if rows > 0 and columns > 0 else 1.0

    @property
    def file(self) -> Path:
        """The file that holds it."""
        return file_of(self.path)

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
        levels = np.empty(self.array.shape, np.float32)
        stored, found = self.array.reshape(-1), levels.reshape(-1)
        for part in parts(stored.size):
            found[part] = self._levels(stored[part])
        return levels

    def display(self) -> np.ndarray:
        """The same levels as (H, W, 3) uint8 for the screen; of four channels the first three, or one in grey."""
        shown = self.screen()
        return shown if shown.ndim == 3 else np.repeat(shown[..., np.newaxis], 3, axis=2)

    def screen(self) -> np.ndarray:
        """As :meth:`display`, but what is grey is (H, W)."""
        array = self.array if self.grey is None else self.array[..., self.grey]
        stored = array[..., :3] if array.ndim == 3 else array
        shown = np.empty(stored.shape, np.uint8)
        found, flat = (each.reshape(-1, *stored.shape[2:]) for each in (shown, stored))
        table = None
        if stored.dtype.kind in "iu" and stored.dtype.itemsize == 2 and stored.size > 1 << 16:
            # There are fewer values than pixels: the level of each is looked up.
            table = _of_16_bits(stored.dtype, self.window, self.look, self.inverted)
        for part in parts(len(flat), *stored.shape[2:]):
            values = flat[part]
            found[part] = np.rint(self._levels(values)) if table is None else table.take(values.view(np.uint16))
        return shown

    def _levels(self, stored: np.ndarray) -> np.ndarray:
        return _levels(stored, self.window, self.look, self.inverted)


def _levels(stored: np.ndarray, window: tuple[float, float], look: Look | None, inverted: bool) -> np.ndarray:
    if look is not None:
        levels = look(stored)
    elif stored.dtype == np.uint8 and window == (0, 255):
        levels = stored
    else:
        levels = _through(stored, *window)
    return 255 - levels if inverted else levels


@lru_cache(maxsize=8)
def _of_16_bits(kind: np.dtype, *how: Any) -> np.ndarray:
    """The level on the screen of every value there is, in the order of their bits."""
    return np.rint(_levels(np.arange(1 << 16, dtype=np.uint16).view(kind), *how)).astype(np.uint8)


def _through(stored: np.ndarray, low: float, high: float) -> np.ndarray:
    # Half precision in the middle of a 32-bit range would show as bands.
    kind = np.float32 if stored.dtype.itemsize <= 2 and max(-low, high) < 1e30 else np.float64
    wide: np.ndarray = stored.astype(kind)
    # Clipped first, so that infinite pixels become black or white and nothing overflows.
    np.clip(wide, low, high, out=wide)
    if not np.isfinite((high - low) * 255):
        wide, low, high = wide / 1024, low / 1024, high / 1024
    wide -= low
    # In this order the levels of 8 bits saved as 16 come back to the last bit.
    wide *= 255
    wide /= max(high - low, float(np.finfo(kind).tiny))
    # A narrow window far from 0 leaves no digits for its ends.
    return np.clip(wide, 0, 255, out=wide)
