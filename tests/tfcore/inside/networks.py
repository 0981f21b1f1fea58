"""Networks and pictures of which it is known what is inside."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

from tfcore.models.card import Card

SIDE = 32
# The filter that fires where a pixel is as bright as a lesion.
LESION = 3


def slices(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Grey slices (N, 32, 32, 1) from 0 to 1 with a bright lesion somewhere each, and where that is (N, 32, 32)."""
    random = np.random.default_rng(seed)
    pictures = random.uniform(0.1, 0.5, (count, SIDE, SIDE, 1)).astype(np.float32)
    masks = np.zeros((count, SIDE, SIDE), bool)
    for mask, top, left in zip(masks, random.integers(1, 27, count), random.integers(1, 27, count), strict=True):
        mask[top : top + 4, left : left + 4] = True
    pictures[masks] = random.uniform(0.85, 1.0, (masks.sum(), 1))
    return pictures, masks


def thresholding(path: Path | None = None) -> keras.Model:
    """Eight filters of noise, but for the one that lets through what is brighter than 0.7."""
    layers = keras.layers
    image = keras.Input((SIDE, SIDE, 1))
    filters = layers.Conv2D(8, 3, padding="same", activation="relu", name="filters")
    answer = layers.Conv2D(2, 1, activation="softmax", name="answer")
    network = keras.Model(image, answer(filters(image)))
    kernel = np.random.default_rng(1).normal(0, 1, (3, 3, 1, 8)).astype(np.float32)
    kernel -= kernel.mean((0, 1), keepdims=True)
    bias = np.full(8, 0.05, np.float32)
    kernel[..., LESION], bias[LESION] = 0, -0.7
    kernel[1, 1, 0, LESION] = 1
    filters.set_weights([kernel, bias])
    if path is not None:
        network.save(path)
        Card(("nothing", "lesion"), (SIDE, SIDE, 1), "segmentation", "1/255", "grey").save(path)
    return network
