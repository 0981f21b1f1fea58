"""Networks nobody would build on purpose, drawn at random: all kinds of layers, precisions, names and statistics."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import layers

POLICIES = ("float32", "float32", "float32", "mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64")
# Not mish: for a sum of a convolution under it TensorFlow has no kernel on CPUs, whoever asks.
ACTIVATIONS = ("relu", "relu6", "elu", "selu", "gelu", "swish", "hard_swish", "softplus", "tanh", "sigmoid")
# Keras allows all of these; none is a path.
NAMES = ("conv", "Schicht ü", "a,b", "a+b", "a, b", " lead", "x@2", "*", "[0]", "stage1", "stage2+stage3", "日本", "-1")
HEADS = ("softmax", "sigmoid", "linear", "unit", "hidden", "flatten", "per pixel")


def network(draw: random.Random) -> keras.Model:
    """A network small enough to be explained in a moment; the same for the same state of ``draw``."""
    keras.utils.set_random_seed(draw.randrange(1 << 31))
    with _policy(draw.choice(POLICIES)):
        built = _Drawn(draw).model()
    _enliven(draw, built)
    return built


class _policy:
    """Layers made inside have this dtype policy."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(self._name)

    def __exit__(self, *_: Any) -> None:
        keras.config.set_dtype_policy(self._before)


class _Drawn:
    """One network in the making."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._names = draw.sample(NAMES, 3) if draw.random() < 0.5 else []

    def model(self) -> keras.Model:
        draw = self._draw
        head = draw.choice(HEADS)
        # What is flattened has a size.
        is_open = head != "flatten" and draw.random() < 0.2
        height, width = (None, None) if is_open else (draw.choice((12, 16)), draw.choice((12, 16)))
        dtype = draw.choice((None, None, None, None, "uint8", "int32", "float16", "float64"))
        images = keras.Input((height, width, draw.choice((1, 3, 4))), dtype=dtype)
        value = layers.Rescaling(1 / 255)(images) if dtype in ("uint8", "int32") else images
        for _ in range(draw.randint(1, 4)):
            value = draw.choice(self._blocks())(value)
        return keras.Model(images, self._head(head, value))

    def _blocks(self) -> list[Callable[[Any], Any]]:
        return [
            self._plain,
            self._plain,
            self._plain,
            self._joined,
            self._added,
            self._gated,
            self._nested,
            self._sized,
        ]

    def _name(self) -> str | None:
        return self._names.pop() if self._names else None

    def _activation(self) -> Any:
        kind = self._draw.random()
        if kind < 0.2:
            return layers.LeakyReLU(negative_slope=self._draw.choice((0.1, 0.3)))
        if kind < 0.35:
            return layers.PReLU(shared_axes=[1, 2])
        if kind < 0.45:
            return layers.ReLU(max_value=self._draw.choice((None, 6.0)), negative_slope=self._draw.choice((0.0, 0.1)))
        return layers.Activation(self._draw.choice(ACTIVATIONS))

    def _convolution(self, filters: int) -> Any:
        draw = self._draw
        kind = draw.choice((layers.Conv2D, layers.Conv2D, layers.DepthwiseConv2D, layers.SeparableConv2D))
        given: dict[str, Any] = {"padding": "same", "name": self._name(), "use_bias": draw.random() < 0.7}
        if draw.random() < 0.3:
            given["activation"] = draw.choice(ACTIVATIONS)
        if draw.random() < 0.2 and kind is layers.Conv2D:
            given["dilation_rate"] = 2
        return kind(3, **given) if kind is layers.DepthwiseConv2D else kind(filters, 3, **given)

    def _plain(self, value: Any) -> Any:
        value = self._convolution(self._draw.randint(2, 5))(value)
        if self._draw.random() < 0.6:
            value = layers.BatchNormalization(scale=self._draw.random() < 0.9, center=self._draw.random() < 0.9)(value)
        return self._activation()(value)

    def _joined(self, value: Any) -> Any:
        return layers.Concatenate()([value, self._plain(value)])

    def _added(self, value: Any) -> Any:
        other = layers.BatchNormalization()(layers.Conv2D(value.shape[-1], 1, name=self._name())(value))
        return self._activation()(layers.Add()([value, other]))

    def _gated(self, value: Any) -> Any:
        squeezed = layers.GlobalAveragePooling2D(keepdims=True)(value)
        gate = layers.Conv2D(value.shape[-1], 1, activation=self._draw.choice(("sigmoid", "hard_sigmoid")))(squeezed)
        return layers.Multiply()([value, gate])

    def _nested(self, value: Any) -> Any:
        images = keras.Input((None, None, value.shape[-1]), dtype=value.dtype)
        return keras.Model(images, self._plain(images), name=self._name())(value)

    def _sized(self, value: Any) -> Any:
        smaller = (layers.MaxPooling2D(2, padding="same"), layers.AveragePooling2D(2, padding="same"))
        larger = (layers.UpSampling2D(2), layers.ZeroPadding2D(1), layers.SpatialDropout2D(0.3))
        return self._draw.choice((*smaller, *larger))(value)

    def _head(self, kind: str, value: Any) -> Any:
        if kind == "per pixel":
            return layers.Conv2D(3, 1, activation="softmax")(value)
        if kind == "flatten":
            return layers.Dense(3, activation="softmax")(layers.Flatten()(value))
        value = self._draw.choice((layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D))()(value)
        if kind == "hidden":
            value = layers.Dropout(0.2)(layers.Dense(4, activation="relu", name=self._name())(value))
        if kind == "unit":
            return layers.Dense(1, activation="sigmoid")(value)
        return layers.Dense(3, activation=kind if kind != "hidden" else "softmax")(value)


def _enliven(draw: random.Random, built: keras.Model) -> None:
    """Statistics as no initialiser leaves them: variances of zero, negative and huge factors, means far away."""
    numbers = np.random.default_rng(draw.randrange(1 << 31))
    wild = draw.random() < 0.3
    for weight in built.weights:
        name = weight.path.rpartition("/")[2]
        if name == "moving_variance":
            value = numbers.uniform(0, 2, weight.shape) * (numbers.random(weight.shape) > 0.2)
        elif name == "gamma":
            value = numbers.normal(0, 1, weight.shape) * (
                10.0 ** numbers.integers(0, 20) if wild and "float16" not in weight.dtype else 1.0
            )
        elif len(weight.shape) == 1:
            value = numbers.normal(0, 0.3, weight.shape)
        else:
            continue
        weight.assign(value)
