"""Tiny networks with dropout in every kind of place."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from tfcore.models.loading import load_model
from tfcore.models.model import Model

SIDE = 8
SHAPE = (SIDE, SIDE, 3)


def images(count: int, side: int = SIDE) -> np.ndarray:
    return np.random.default_rng(3).random((count, side, side, 3), np.float32)


def opened(network: keras.Model) -> Model:
    """The network with weights and statistics that are not those of a fresh one."""
    random = np.random.default_rng(1)
    for weight in network.weights:
        if "seed" not in weight.path:
            noise = random.standard_normal(weight.shape).astype(np.float32) * 0.3
            weight.assign(np.abs(noise) + 0.5 if "variance" in weight.path else noise)
    return load_model(network)


def sequential(*dropout: Any, classes: int = 3) -> Model:
    """Convolution, batch norm, pooling, dense; the given layers before the classifier."""
    layers = keras.layers
    body = [layers.Conv2D(4, 3, activation="relu"), layers.BatchNormalization(), layers.MaxPooling2D(2)]
    head = [layers.Flatten(), layers.Dense(6, activation="relu"), *dropout]
    return opened(keras.Sequential([keras.Input(SHAPE), *body, *head, layers.Dense(classes, activation="softmax")]))


def branched() -> Model:
    """A residual block whose short cut is random, beside a branch that is not."""
    layers = keras.layers
    image = keras.Input(SHAPE)
    trunk = layers.Conv2D(4, 3, padding="same", activation="relu", name="trunk")(image)
    short = layers.SpatialDropout2D(0.4)(trunk)
    long = layers.BatchNormalization()(layers.Conv2D(4, 3, padding="same", name="long")(trunk))
    joined = layers.Concatenate(name="joined")([layers.Add()([short, long]), layers.ReLU()(long)])
    pooled = layers.GlobalAveragePooling2D()(joined)
    return opened(keras.Model(image, layers.Dense(3, activation="softmax")(layers.Dropout(0.5)(pooled))))


def nested() -> Model:
    """A backbone with dropout inside, called as at inference."""
    layers = keras.layers
    inner = keras.Input((SIDE, SIDE, 3))
    value = layers.Conv2D(4, 3, activation="relu", name="conv")(inner)
    value = layers.BatchNormalization()(layers.GaussianDropout(0.3)(value))
    backbone = keras.Model(inner, layers.Conv2D(5, 3, activation="relu", name="last")(value), name="backbone")
    image = keras.Input(SHAPE)
    pooled = layers.GlobalAveragePooling2D()(backbone(layers.Rescaling(2.0)(image), training=False))
    return opened(keras.Model(image, layers.Dense(3, activation="softmax")(pooled)))


def per_pixel() -> Model:
    """An answer for every pixel, with dropout in between."""
    layers = keras.layers
    image = keras.Input(SHAPE)
    value = layers.Dropout(0.3)(layers.Conv2D(5, 3, padding="same", activation="relu")(image))
    return opened(keras.Model(image, layers.Conv2D(3, 1, activation="softmax")(value)))


def without_dropout() -> Model:
    return sequential()
