"""Networks that segment by how bright a pixel is, so that it is known what they draw."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

from tfcore.models.card import Card

# Of a picture: what is darker than a quarter is nothing, what is brighter than two thirds the core.
NAMES = ("background", "lesion", "core")
BRAIN = ("background", "necrotic", "oedema", "enhancing")


def by_brightness(folder: Path, dropout: float = 0.0, lesion: float = -2.5) -> Path:
    """Grey pictures of any size, three classes; a pixel that is dropped is nothing. The less is added to a lesion, the
    less is one."""
    return _saved(folder / "brightness.keras", NAMES, 1, [[0.0, 10.0, 20.0]], [0.0, lesion, -9.2], dropout)


def by_contrast(folder: Path, dropout: float = 0.0) -> Path:
    """Slices of four channels; where T2 is bright is oedema, where T1 with contrast is, enhancing."""
    kernel = [[0, 0, 0, 0], [0, 0, 0, 12], [0, 0, 10, 0], [0, 0, 0, 0]]
    return _saved(folder / "contrast.keras", BRAIN, 4, kernel, [0, -20, -5, -8], dropout)


def _saved(path: Path, names: tuple[str, ...], channels: int, kernel: list, bias: list, dropout: float) -> Path:
    layers = keras.layers
    images = keras.Input((None, None, channels))
    same = layers.Conv2D(channels, 1, activation="relu", name="same", use_bias=False)
    last = layers.Conv2D(len(names), 1, activation="softmax", name="classes")
    network = keras.Model(images, last(layers.Dropout(dropout)(same(images)) if dropout else same(images)))
    same.set_weights([np.eye(channels, dtype=np.float32)[None, None]])
    last.set_weights([np.array(kernel, np.float32)[None, None], np.array(bias, np.float32)])
    network.save(path)
    colour = "grey" if channels == 1 else ""
    Card(names, (None, None, channels), task="segmentation", scaling="1/255", colour=colour).save(path)
    return path
