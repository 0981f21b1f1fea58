"""Networks of the zoo for tests, each built once, and timm's tensors as the reference arrays were made with."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

import tfcore
from tests.shared import shared
from tfcore.models.model import Model

# Small where the number of weights does not depend on the input.
_SETTINGS: dict[str, dict[str, Any]] = {
    "cnn-3": {"classes": 2},
    "resnext50": {"classes": 2, "input_shape": (96, 96, 3)},
    "sk-resnext50": {"classes": 2, "input_shape": (96, 96, 3)},
}


@cache
def built(name: str) -> Model:
    """The network with fresh weights; do not change it."""
    return tfcore.build(name, **_SETTINGS.get(name, {}))


@cache
def small_base() -> Any:
    """The smallest pretrained base there is, with fresh weights."""
    import keras

    return keras.applications.MobileNetV2(input_shape=(96, 96, 3), alpha=0.35, include_top=False, weights=None)


def timm_state(name: str, classes: int | None = None) -> dict[str, np.ndarray]:
    """Tensors under timm's names, drawn as the README of the reference arrays says."""
    shapes = json.loads(shared("oracles", "timm_shapes.json").read_text())[name]
    return dict(_drawn(shapes, classes))


def timm_input(name: str, side: int) -> np.ndarray:
    """The pictures the reference arrays were made from."""
    pictures: np.ndarray = _rng(f"input:{name}").normal(0, 1, (2, side, side, 3)).astype(np.float32)
    return pictures


def _drawn(shapes: dict[str, list[int]], classes: int | None) -> Iterator[tuple[str, np.ndarray]]:
    for name, shape in shapes.items():
        if classes and name.startswith(("fc.", "head.")):
            shape = [classes, *shape[1:]]
        rng = _rng(name)
        if name.endswith("running_var"):
            tensor = rng.uniform(0.5, 1.5, shape)
        elif name.endswith("running_mean"):
            tensor = rng.normal(0, 0.05, shape)
        elif name.endswith("bias") or name in ("cls_token", "pos_embed"):
            tensor = rng.normal(0, 0.02, shape)
        elif len(shape) == 1:
            tensor = rng.normal(1, 0.1, shape)
        else:
            tensor = rng.normal(0, np.sqrt(1 / np.prod(shape[1:])), shape)
        yield name, tensor.astype(np.float32)


def _rng(name: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(f"open:{name}".encode()))
