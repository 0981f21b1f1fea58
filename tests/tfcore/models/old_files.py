"""Model files written by hand as Keras 1 and 2 wrote them, and what tests ask of every file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from tfcore.errors import HeatlensError
from tfcore.models.loading import load_model

Config = dict[str, Any]
Weights = Mapping[str, Sequence[tuple[str, np.ndarray]]]


def layer(kind: str, name: str, *calls: Any, **settings: Any) -> Config:
    """A layer of a Functional model; each call is a layer's name, a tensor or a list of tensors."""
    return {
        "class_name": kind,
        "name": name,
        "config": {"name": name, "trainable": True, "dtype": "float32", **settings},
        "inbound_nodes": [_call(call) for call in calls],
    }


def _call(call: Any) -> Any:
    if isinstance(call, str):
        return [[call, 0, 0, {}]]
    return [call] if isinstance(call[0], str) else call


def inputs(name: str, *shape: int | None) -> Config:
    return {
        "class_name": "InputLayer",
        "name": name,
        "config": {
            "batch_input_shape": [None, *shape],
            "dtype": "float32",
            "sparse": False,
            "ragged": False,
            "name": name,
        },
        "inbound_nodes": [],
    }


def functional(name: str, layers: Sequence[Config], output: str, node: int = 0, kind: str = "Functional") -> Config:
    ends = {"input_layers": [[layers[0]["name"], 0, 0]], "output_layers": [[output, node, 0]]}
    return {"class_name": kind, "config": {"name": name, "layers": list(layers), **ends}}


def sequential(name: str, layers: Sequence[Config]) -> Config:
    plain = [{"class_name": each["class_name"], "config": each["config"]} for each in layers]
    return {"class_name": "Sequential", "config": {"name": name, "layers": plain}}


def write(path: Path, config: Any, weights: Weights | None = None, version: str = "2.4.0", whole: bool = True) -> Path:
    """An HDF5 file with architecture and weights, or with weights alone where ``whole`` is off."""
    with h5py.File(path, "w") as file:
        root: Any = file
        if whole:
            file.attrs["model_config"] = json.dumps(config)
            file.attrs["backend"] = "tensorflow"
            if version:
                file.attrs["keras_version"] = version
            root = file.create_group("model_weights")
        weights = weights or {}
        root.attrs["layer_names"] = np.array([name.encode() for name in weights], dtype="S64")
        for name, arrays in weights.items():
            group = root.create_group(name)
            group.attrs["weight_names"] = np.array([each.encode() for each, _ in arrays], dtype="S64")
            for each, array in arrays:
                group[each] = array
    return path


def arrays(*shapes: tuple[int, ...], seed: int = 0) -> list[np.ndarray]:
    """Random weights; positive, so that they also do as variances."""
    numbers = np.random.default_rng(seed)
    return [numbers.uniform(0.1, 0.6, shape).astype(np.float32) for shape in shapes]


def norm(name: str, channels: int, seed: int) -> list[tuple[str, np.ndarray]]:
    """Batch normalisation's four weights by name."""
    kinds = ("gamma", "beta", "moving_mean", "moving_variance")
    return [(f"{name}/{kind}:0", one) for kind, one in zip(kinds, arrays(*[(channels,)] * 4, seed=seed), strict=True)]


START = {"class_name": "GlorotUniform", "config": {"seed": None, "dtype": "float32"}}
L = keras.layers
PICTURES = np.random.default_rng(1).normal(size=(2, 8, 8, 3)).astype(np.float32)


def conv(name: str, call: Any, filters: int = 4, **settings: Any) -> dict[str, Any]:
    usual = {"kernel_size": [3, 3], "padding": "same", "activation": "linear", "groups": 1, "kernel_initializer": START}
    return layer("Conv2D", name, call, filters=filters, **{**usual, **settings})


def same(path: Path, original: keras.Model) -> tuple[str, ...]:
    """Open the file, compare it with the network it was, and tell what was repaired."""
    model = load_model(path)
    wanted = original(PICTURES, training=False).numpy()
    np.testing.assert_allclose(model.logits(PICTURES), wanted, rtol=1e-4, atol=1e-5)
    return model.card.repaired


def network(*layers: Any) -> keras.Model:
    """A small network of today with these layers in it."""
    return keras.Sequential([L.Input((8, 8, 3)), *layers, L.GlobalAveragePooling2D(), L.Dense(2)])


def sentence(source: Any, **how: Any) -> str:
    """The one sentence with which a source is refused."""
    with pytest.raises(HeatlensError) as caught:
        load_model(source, **how)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith((".", "?", ")"))
    return text
