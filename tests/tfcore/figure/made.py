"""Heatmaps and pictures made by hand, small and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tfcore.pictures import Picture
from tfcore.results import Box, Heat


def scan(height: int = 96, width: int = 96, **fields: Any) -> Picture:
    """A grey ellipse with a bright lesion up on the left, on black."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    array = 90.0 * (x**2 / 0.7 + y**2 / 0.85 < 1) + 120.0 * ((x + 0.3) ** 2 + (y + 0.3) ** 2 < 0.03)
    known: dict[str, Any] = {"path": Path("P0132.png"), "sha256": "a" * 64, "window": (0.0, 255.0)}
    return Picture(array.astype(np.uint8), **(known | fields))


def bump(size: int = 64, x: float = -0.3, y: float = -0.3) -> np.ndarray:
    rows, columns = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    return np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 0.1).astype(np.float32)


def heat(map: np.ndarray | None = None, **fields: Any) -> Heat:
    """Grad-CAM for a glioma, on a square picture of 96 pixels unless told otherwise."""
    map = bump() if map is None else map
    known: dict[str, Any] = {
        "path": "P0132.png",
        "model": "demo",
        "method": "grad-cam",
        "layer": "stage4",
        "params": {},
        "classes": ("glioma", "meningioma", "no tumour", "pituitary"),
        "probabilities": np.array([0.97, 0.02, 0.0, 0.01], np.float32),
        "logits": np.array([5.0, 1.0, -1.0, 0.5], np.float32),
        "target": 0,
        "map": map,
        "native": map[::16, ::16],
        "signed": False,
        "degenerate": False,
        "box": Box(0, 0, 96, 96),
        "seconds": 0.03,
        "hashes": {"model": "b" * 64},
    }
    return Heat(**(known | fields))
