"""Small pictures and heats the canvas tests share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tfcore.pictures import Picture
from tfcore.results import Box, Heat


def picture(array: np.ndarray, name: str = "one.png", window: tuple[float, float] = (0.0, 255.0)) -> Picture:
    return Picture(array, Path(name), "0" * 64, window)


def ramp(height: int = 40, width: int = 60) -> Picture:
    """Each pixel's value is 3 · row + column, so a value names its place."""
    rows, columns = np.mgrid[:height, :width]
    return picture((3 * rows + columns).astype(np.uint8))


def heat(map: np.ndarray, box: Box, name: str = "one.png", **changes: Any) -> Heat:
    values: dict[str, Any] = {
        "path": name,
        "model": "demo",
        "method": "grad-cam",
        "layer": "stage4",
        "params": {},
        "classes": ("healthy", "glioma"),
        "probabilities": np.array([0.1, 0.9]),
        "logits": np.array([0.0, 2.2]),
        "target": 1,
        "map": map.astype(np.float32),
        "native": map.astype(np.float32),
        "signed": False,
        "degenerate": False,
        "box": box,
        "seconds": 0.04,
        "hashes": {},
    }
    return Heat(**(values | changes))


def blob(size: int = 32) -> np.ndarray:
    """A bump right of and above the middle, with a zero far away from it."""
    y, x = np.mgrid[:size, :size] / size
    bump: np.ndarray = np.exp(-((x - 0.6) ** 2 + (y - 0.4) ** 2) / 0.02)
    return bump - bump.min()
