"""Small networks of every shape a user brings, with random weights that are the same in every run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


def _start() -> Any:
    import keras

    keras.utils.set_random_seed(7)
    return keras, keras.layers


def sequential(end: str = "inside") -> Any:
    """Conv net; its softmax written ``inside`` the Dense, as ``activation`` or ``softmax`` layer, or ``absent``."""
    keras, layers = _start()
    model = keras.Sequential([keras.Input((17, 23, 3))], name="plain")
    model.add(layers.Conv2D(6, 3, activation="relu", name="conv1"))
    model.add(layers.MaxPooling2D(name="pool1"))
    model.add(layers.Conv2D(8, 3, padding="same", activation="relu", name="conv2"))
    model.add(layers.Flatten(name="flatten"))
    model.add(layers.Dense(4, activation="softmax" if end == "inside" else None, name="scores"))
    if end == "activation":
        model.add(layers.Activation("softmax", name="answer"))
    if end == "softmax":
        model.add(layers.Softmax(name="answer"))
    return model


def branched() -> Any:
    """Functional, with a residual addition and a concatenation."""
    keras, layers = _start()
    picture = keras.Input((16, 16, 1), name="picture")
    x = layers.Conv2D(4, 3, padding="same", use_bias=False, name="stem")(picture)
    x = layers.ReLU(name="stem_relu")(layers.BatchNormalization(name="stem_norm")(x))
    y = layers.Conv2D(4, 3, padding="same", name="inner")(x)
    x = layers.ReLU(name="added_relu")(layers.Add(name="added")([x, y]))
    x = layers.MaxPooling2D(name="pool")(x)
    x = layers.Concatenate(name="joined")([x, layers.Conv2D(3, 1, name="side")(x)])
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(picture, layers.Dense(3, activation="softmax", name="scores")(x), name="branched")


def backbone() -> Any:
    """A small feature extractor to nest."""
    keras, layers = _start()
    picture = keras.Input((20, 20, 3))
    x = layers.Conv2D(5, 3, padding="same", name="conv1")(picture)
    x = layers.ReLU(name="relu1")(layers.BatchNormalization(name="norm1")(x))
    x = layers.MaxPooling2D(name="pool1")(x)
    x = layers.Conv2D(7, 3, padding="same", activation="relu", name="conv2")(x)
    return keras.Model(picture, x, name="backbone")


def nested() -> Any:
    """A head on a backbone that is one layer of the model around it."""
    keras, layers = _start()
    picture = keras.Input((20, 20, 3), name="picture")
    x = backbone()(picture)
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(picture, layers.Dense(3, activation="softmax", name="scores")(x), name="around")


def flattened() -> Any:
    """The same function as :func:`nested` without nesting, sharing its weights."""
    keras, _ = _start()
    outer = nested()
    inner = outer.get_layer("backbone")
    x = inner.output
    for layer in outer.layers[2:]:
        x = layer(x)
    return keras.Model(inner.input, x, name="flat")


def nested_sequential() -> Any:
    """Sequentials in a Sequential, as exported by tools for beginners; its softmax is a layer of the last one."""
    keras, layers = _start()
    features = keras.Sequential(
        [keras.Input((20, 20, 3)), backbone(), layers.GlobalAveragePooling2D()], name="features"
    )
    head = keras.Sequential([keras.Input((7,)), layers.Dense(3), layers.Softmax()], name="head")
    return keras.Sequential([keras.Input((20, 20, 3)), features, head], name="machine")


def shared() -> Any:
    """One convolution called twice."""
    keras, layers = _start()
    picture = keras.Input((12, 12, 3), name="picture")
    conv = layers.Conv2D(3, 3, padding="same", activation="relu", name="conv")
    x = layers.GlobalAveragePooling2D(name="mean")(conv(conv(picture)))
    return keras.Model(picture, layers.Dense(2, activation="softmax", name="scores")(x), name="shared")


def one_unit(end: str = "inside") -> Any:
    """A single sigmoid unit for two classes."""
    keras, layers = _start()
    picture = keras.Input((15, 15, 1), name="picture")
    x = layers.Conv2D(4, 3, activation="relu", name="conv")(picture)
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    x = layers.Dense(1, activation="sigmoid" if end == "inside" else None, name="score")(x)
    if end == "activation":
        x = layers.Activation("sigmoid", name="answer")(x)
    return keras.Model(picture, x, name="one_unit")


def segmenting() -> Any:
    """A fully convolutional network that answers per pixel."""
    keras, layers = _start()
    picture = keras.Input((16, 16, 4), name="picture")
    x = layers.Conv2D(6, 3, padding="same", activation="relu", name="down", strides=2)(picture)
    x = layers.UpSampling2D(name="up")(x)
    x = layers.Conv2D(5, 3, padding="same", activation="relu", name="fine")(x)
    return keras.Model(picture, layers.Conv2D(3, 1, activation="softmax", name="answer")(x), name="segmenting")


NETWORKS: dict[str, Callable[[], Any]] = {
    "sequential": sequential,
    "branched": branched,
    "nested": nested,
    "nested sequential": nested_sequential,
    "shared": shared,
    "one unit": one_unit,
    "segmenting": segmenting,
}


@cache
def built(name: str) -> Any:
    """The network of that name, built once and not to be changed."""
    return NETWORKS[name]()
