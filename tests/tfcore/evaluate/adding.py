"""A network whose right heatmap is known, since it adds up its pixels."""

from __future__ import annotations

from functools import cache

import keras
import numpy as np

import tfcore
from tfcore.models.model import Model

HEIGHT, WIDTH = 6, 8


@cache
def adding(even: bool = False) -> Model:
    """The logit of class 1 is the weighted sum of all pixels; ``even``: of weights that are all alike."""
    draw = np.random.default_rng(2)
    weights = np.ones((HEIGHT, WIDTH, 1)) if even else draw.normal(0, 1, (HEIGHT, WIDTH, 1))
    network = keras.Sequential(
        [keras.Input((HEIGHT, WIDTH, 1)), keras.layers.Flatten(), keras.layers.Dense(2, activation="softmax")]
    )
    network.set_weights([np.stack([0 * weights.ravel(), 0.2 * weights.ravel()], 1), np.zeros(2)])
    return tfcore.load_model(network)


def contributions(model: Model) -> np.ndarray:
    batch = pictures()
    return batch[..., 0] * model.keras.get_weights()[0][:, 1].reshape(1, HEIGHT, WIDTH)


def pictures(count: int = 2) -> np.ndarray:
    return np.random.default_rng(1).uniform(0.5, 1, (count, HEIGHT, WIDTH, 1)).astype(np.float32)
