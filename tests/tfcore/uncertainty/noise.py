"""Phantoms the demo never saw, and noise on them as a bad scan has it."""

from __future__ import annotations

import numpy as np

from tfcore.data.phantom import CLASSES, phantom


def phantoms(count: int, seed: int) -> tuple[np.ndarray, list[str]]:
    """Grey levels (N, H, W) uint8, the classes in turn, and their labels."""
    made = [phantom([seed, index], CLASSES[index % len(CLASSES)]) for index in range(count)]
    return np.stack([each.image for each in made]), [each.label for each in made]


def noisy(levels: np.ndarray, strength: float) -> np.ndarray:
    """Normal noise whose sd is that share of the grey scale, on the picture itself: clipped and rounded as a file is.

    The noise is the same at every strength, only scaled.
    """
    noise = np.random.default_rng(0).standard_normal(levels.shape)
    return np.rint(np.clip(levels + 255 * strength * noise, 0, 255)).astype(np.uint8)
