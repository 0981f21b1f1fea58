"""Small networks that hold, between them, every kind of layer relevance goes through."""

from __future__ import annotations

from functools import cache
from typing import Any

import keras
import numpy as np
from keras import layers

import tfcore
from tfcore.models.model import Model

SHAPE = (16, 20, 3)
NAMES = ("residual", "dense", "mobile", "gated", "scales", "kernels")


def residual() -> keras.Model:
    """Convolution → batch norm → ReLU with additions, padded outside the convolution."""
    images = keras.Input(SHAPE)
    value = layers.ZeroPadding2D(1, name="pad")(images)
    value = _relu(layers.BatchNormalization(name="norm0")(layers.Conv2D(6, 3, strides=2, name="stem")(value)))
    for number in (1, 2):
        branch = layers.BatchNormalization()(layers.Conv2D(6, 3, padding="same", name=f"conv{number}")(value))
        value = _relu(layers.Add(name=f"add{number}")([branch, value]), f"out{number}")
    return _classified(images, layers.GlobalAveragePooling2D(name="gap")(value))


def dense() -> keras.Model:
    """Batch norms before convolutions, everything concatenated, average pooling behind ReLU."""
    images = keras.Input(SHAPE)
    value = layers.Conv2D(4, 3, padding="same", name="stem")(images)
    for number in (1, 2):
        found = _relu(layers.BatchNormalization()(value))
        found = layers.Conv2D(3, 3, padding="same", name=f"conv{number}")(found)
        value = layers.Concatenate(name=f"joined{number}")([value, found])
    value = layers.BatchNormalization(name="straight")(value)
    value = layers.Conv2D(5, 1, activation="relu", name="narrow")(value)
    value = layers.AveragePooling2D(2, name="pool")(value)
    return _classified(images, layers.Dropout(0.3)(layers.Flatten()(value)))


def mobile() -> keras.Model:
    """Depthwise and separable convolutions, ReLU6, linear bottlenecks added up."""
    images = layers.Input(SHAPE)
    value = layers.Rescaling(0.5, 0.1)(images)
    value = layers.Conv2D(4, 3, strides=2, padding="same", name="stem")(value)
    branch = layers.ReLU(6.0)(layers.BatchNormalization()(layers.DepthwiseConv2D(3, padding="same", name="own")(value)))
    branch = layers.BatchNormalization()(layers.Conv2D(4, 1, name="bottleneck")(branch))
    value = layers.Add(name="add")([value, branch])
    value = layers.SeparableConv2D(6, 3, depth_multiplier=2, activation="relu", name="separable")(value)
    return _classified(images, layers.GlobalMaxPooling2D()(value))


def gated() -> keras.Model:
    """A squeeze-and-excite gate, and two paths chosen by softmax."""
    images = keras.Input(SHAPE)
    value = layers.Conv2D(4, 3, padding="same", activation="relu", name="stem")(images)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(value)
    gate = layers.Conv2D(4, 1, activation="sigmoid", name="gate")(gate)
    value = layers.Multiply(name="excited")([value, gate])
    paths = [layers.Conv2D(4, 3, padding="same", dilation_rate=rate, activation="relu")(value) for rate in (1, 2)]
    shares = layers.GlobalAveragePooling2D()(layers.Add()(paths))
    shares = layers.Softmax(axis=1)(layers.Reshape((2, 4))(layers.Dense(8, name="select")(shares)))
    chosen = [
        layers.Multiply(name=f"path{number}")(
            [path, layers.Reshape((1, 1, 4))(layers.Cropping1D((number, 1 - number))(shares))]
        )
        for number, path in enumerate(paths)
    ]
    return _classified(images, layers.GlobalAveragePooling2D()(layers.Add(name="selected")(chosen)))


def scales() -> keras.Model:
    """Down and up again with a skip; logits at every position."""
    images = keras.Input(SHAPE)
    fine = layers.Conv2D(4, 3, padding="same", activation="relu", name="fine")(images)
    coarse = layers.Conv2D(6, 3, padding="same", activation="relu", name="coarse")(layers.MaxPooling2D()(fine))
    raised = layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu", name="raise")(coarse)
    other = layers.UpSampling2D(2, interpolation="bilinear", name="enlarge")(coarse)
    value = layers.Concatenate(name="joined")([fine, raised, other])
    return keras.Model(images, layers.Conv2D(3, 1, activation="softmax", name="head")(value))


def kernels() -> keras.Model:
    """Strides, groups, cropping, and one layer used twice."""
    images = keras.Input(SHAPE)
    twice = layers.Conv2D(4, 3, padding="same", activation="relu", name="twice")
    value = layers.Conv2D(4, 5, strides=2, activation="relu", name="wide")(images)
    value = twice(twice(value))
    value = layers.Conv2D(8, 3, padding="same", groups=2, activation="relu", name="grouped")(value)
    value = layers.Cropping2D(1)(value)
    return _classified(images, layers.Permute((2, 1))(layers.Reshape((24, 8))(value)))


def _relu(value: Any, name: str | None = None) -> Any:
    return layers.ReLU(name=name)(value)


def _classified(images: Any, value: Any) -> keras.Model:
    if len(value.shape) > 2:
        value = layers.Flatten()(value)
    return keras.Model(images, layers.Dense(4, activation="softmax", name="head")(value))


@cache
def small(name: str) -> Model:
    """The opened network with seeded weights and batch norms that do something."""
    return shaken(tfcore.load_model(globals()[name]()))


def shaken(model: Model) -> Model:
    """The network with every weight drawn anew, activations kept about as large as the picture's values."""
    draw = np.random.default_rng(5)
    for weight in model.keras.weights:
        name, shape = weight.path, tuple(weight.shape)
        if "gamma" in name or "variance" in name:
            weight.assign(draw.uniform(0.5, 1.5, shape))
        elif "beta" in name or "mean" in name or "bias" in name or len(shape) < 2:
            weight.assign(draw.normal(0, 0.1, shape))
        else:
            fan_in = np.prod(shape[:2]) if "depthwise" in name else np.prod(shape[:-1])
            weight.assign(draw.normal(0, np.sqrt(2 / fan_in), shape))
    return model


def pictures(model: Model, count: int = 2) -> np.ndarray:
    """Seeded pictures."""
    return np.random.default_rng(1).normal(0.3, 1, (count, *model.input_shape)).astype(np.float32)
