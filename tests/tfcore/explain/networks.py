"""Tiny networks, one for each way in which real ones are built."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, lru_cache
from typing import Any

import keras
import numpy as np
from keras import layers

import tfcore
from tfcore.explain.explanation import Explanation
from tfcore.models.model import Model
from tfcore.registry import MethodSpec, catalogue, find

Explanations = dict[str, Explanation]

# Non-square on purpose.
HEIGHT, WIDTH = 12, 16
NAMES = ("sequential", "branched", "nested", "unit", "segmentation")


def sequential() -> keras.Model:
    """Activations inside the layers, global average pooling, softmax inside the last one."""
    return keras.Sequential(
        [
            keras.Input((HEIGHT, WIDTH, 3)),
            layers.Conv2D(4, 3, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling2D(2, name="pool"),
            layers.Conv2D(5, 3, padding="same", activation="relu", name="conv2"),
            layers.GlobalAveragePooling2D(name="gap"),
            layers.Dense(3, activation="softmax", name="head"),
        ]
    )


def branched() -> keras.Model:
    """Two branches joined, batch norm, ReLU6 and activations as layers of their own, softmax last."""
    images = keras.Input((HEIGHT, WIDTH, 3))
    trunk = layers.BatchNormalization(name="norm")(layers.Conv2D(4, 3, 2, padding="same", name="stem")(images))
    trunk = layers.ReLU(max_value=6.0, name="relu6")(trunk)
    left = layers.Activation("relu", name="left")(layers.Conv2D(3, 3, padding="same")(trunk))
    right = layers.Conv2D(2, 1, activation="tanh", name="right")(trunk)
    joined = layers.Concatenate(name="joined")([left, right])
    hidden = layers.Dropout(0.5)(layers.Dense(6, activation="elu")(layers.Flatten()(joined)))
    return keras.Model(images, layers.Softmax()(layers.Dense(3)(hidden)))


def nested() -> keras.Model:
    """A backbone that is one layer of the model, as transfer models have it; no activation at the end."""
    images = keras.Input((HEIGHT, WIDTH, 3))
    return keras.Model(images, _head(_backbone()(images)))


def flattened(of: keras.Model) -> keras.Model:
    """The nested network with its backbone's layers laid open and the same weights."""
    images = keras.Input((HEIGHT, WIDTH, 3))
    value = images
    for layer in of.get_layer("backbone").layers[1:]:
        value = layer(value)
    flat = keras.Model(images, _head(value))
    flat.set_weights(of.get_weights())
    return flat


def _backbone() -> keras.Model:
    images = keras.Input((HEIGHT, WIDTH, 3))
    value = layers.Conv2D(4, 3, padding="same", activation="relu6", name="first")(images)
    value = layers.Conv2D(5, 3, strides=2, padding="same", activation="relu", name="last")(value)
    return keras.Model(images, value, name="backbone")


def _head(value: Any) -> Any:
    return layers.Dense(3, name="head")(layers.GlobalAveragePooling2D()(value))


def unit() -> keras.Model:
    """One sigmoid unit over grey images."""
    return keras.Sequential(
        [
            keras.Input((HEIGHT, WIDTH, 1)),
            layers.Conv2D(4, 3, activation="relu", name="conv1"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def segmentation() -> keras.Model:
    """Class logits at every position of four-channel images of any size, a skip around the bottom."""
    images = keras.Input((None, None, 4))
    down = layers.Conv2D(4, 3, padding="same", activation="relu", name="down")(images)
    bottom = layers.Conv2D(5, 3, strides=2, padding="same", activation="relu", name="bottom")(down)
    up = layers.UpSampling2D(2)(bottom)
    return keras.Model(images, layers.Conv2D(3, 1, activation="softmax")(layers.Concatenate()([down, up])))


@cache
def model(name: str) -> Model:
    """The opened network, its weights the same in every run and its batch norm away from zero."""
    return opened(globals()[name]())


def opened(network: keras.Model) -> Model:
    """The network with seeded weights (biases and statistics too), opened."""
    draw = np.random.default_rng(7)
    network.set_weights([_drawn(draw, weight, 0.4) for weight in network.weights])
    return tfcore.load_model(network)


def _drawn(draw: np.random.Generator, weight: Any, spread: float) -> np.ndarray:
    """Factors and variances around 1, anything else around 0."""
    around_one = "variance" in weight.path or "gamma" in weight.path
    return draw.uniform(0.5, 1.5, weight.shape) if around_one else draw.normal(0, spread, weight.shape)


@lru_cache(maxsize=1)
def zoo(name: str) -> Model:
    """A network of the zoo at a small size: kernels as its initialisers draw them, biases and statistics away from 0.

    With biases of 0 a ReLU network is homogeneous, which makes it easier to explain than any trained one.
    """
    side = max(64, find("architecture", name).smallest)
    keras.utils.set_random_seed(5)
    # Their encoders of ImageNet are tried as networks of their own.
    small = {"encoder": "small", "filters": 4} if name in ("res-unet", "sim-unet") else {}
    network = tfcore.build(name, classes=3, input_shape=(side, side, 3), **small).keras
    draw = np.random.default_rng(7)
    network.set_weights(
        [weight.numpy() if len(weight.shape) > 1 else _drawn(draw, weight, 0.1) for weight in network.weights]
    )
    return tfcore.load_model(network)


@contextmanager
def of(value: float, model: Model) -> Iterator[None]:
    """The same network, all of whose weights are this, for a while."""
    weights = model.keras.get_weights()
    model.keras.set_weights([np.full_like(weight, value) for weight in weights])
    try:
        yield
    finally:
        model.keras.set_weights(weights)


def of_zeros(model: Model) -> AbstractContextManager[None]:
    """The same network that sees nothing, for a while."""
    return of(0, model)


def batch(of: Model, count: int = 3) -> np.ndarray:
    """Seeded images for the network."""
    height, width, channels = of.input_shape
    return np.random.default_rng(3).normal(0, 1, (count, height or HEIGHT, width or WIDTH, channels)).astype(np.float32)


def ours() -> list[MethodSpec]:
    """Every method that an ordinary network can be asked."""
    return [spec for spec in catalogue("method") if set(spec.needs) <= {"layer", "gap-dense"}]


def fits(spec: MethodSpec, name: str) -> bool:
    """Whether the network has what the method needs."""
    return "gap-dense" not in spec.needs or name in ("sequential", "nested")


def together(
    network: Model,
    name: str,
    images: np.ndarray,
    layer: str | None = None,
    target: Any = None,
    only: Collection[str] | None = None,
) -> Explanations:
    """Every method that the network of that name can have, or those of them, in passes that they share."""
    specs = [spec for spec in ours() if fits(spec, name) and (only is None or spec.name in only)]
    params = {spec.name: quick(spec) for spec in specs}
    found = tfcore.explain_many(network, images, [*params], [layer], target, params)
    return {method: explanation for (method, _), explanation in found.items()}


def quick(spec: MethodSpec) -> dict[str, Any]:
    """Settings with which the method takes a moment."""
    return among(spec, {"samples": 3, "steps": 4, "patch": 4, "stride": 4})


def among(spec: MethodSpec, small: dict[str, Any]) -> dict[str, Any]:
    """Those settings that the method has; a few super-pixels take some more samples."""
    names = {param.name for param in spec.params}
    pieces = {"samples": 16, "superpixels": 3} if "superpixels" in names else {}
    return {name: value for name, value in {**small, **pieces}.items() if name in names}
