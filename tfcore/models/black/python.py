"""What Python has at hand as a black box: any function from pictures to scores, Keras models that record no layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import keras
from tfcore.models.black.black_box import BlackBox


def of_function(function: Callable[[np.ndarray], Any], input_shape: Sequence[int | None] | None) -> BlackBox:
    """A function from (n, H, W, C) in float32 to (n, K) or (n, H, W, K)."""
    name = getattr(function, "__name__", type(function).__name__)

    def ask(batch: np.ndarray) -> Any:
        # Its own, to keep and to change: the next copies are written where these were.
        return function(batch.copy())

    return BlackBox(ask, "Python function", name, _shape(input_shape, name))


def of_keras(network: keras.Model, input_shape: Sequence[int | None] | None = None, named: str = "") -> BlackBox:
    """A subclassed model, asked as at inference."""
    kind = type(network).__name__
    name = named or f"Model {network.name!r}"
    known = input_shape or _built_for(network)
    takes = _shape(known, f"{name} ({kind})")

    def ask(batch: np.ndarray) -> Any:
        found = network(batch, training=False) if network._call_has_training_arg else network(batch)
        return keras.ops.convert_to_numpy(keras.ops.cast(found, "float32")) if keras.ops.is_tensor(found) else found

    if not network.built:
        ask(np.zeros((1, *(side or 32 for side in takes)), np.float32))
    return BlackBox(ask, f"subclassed Keras model {kind}", name, takes, parameters=network.count_params())


def _built_for(network: Any) -> Sequence[int | None] | None:
    """The shape that it was built for, as far as Keras noted one."""
    shapes = network.get_build_config() if network.built else None
    shape = (shapes or {}).get("input_shape") if isinstance(shapes, dict) else None
    return tuple(shape)[1:] if isinstance(shape, list | tuple) and len(shape) == 4 else None


def _shape(given: Any, name: str) -> tuple[int | None, int | None, int]:
    if given is None:
        raise HeatlensError(
            f"{name} does not say what it takes; give input_shape=(height, width, channels), None for any height or "
            "width."
        )
    shape = tuple(given)
    sides = all(side is None or (isinstance(side, int | np.integer) and side > 0) for side in shape)
    if len(shape) != 3 or not sides or shape[2] is None:
        raise HeatlensError(
            f"input_shape = {given!r} is not (height, width, channels); write (224, 224, 3), None for any height."
        )
    return tuple(None if side is None else int(side) for side in shape)  # type: ignore[return-value]
