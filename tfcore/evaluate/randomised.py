"""The trained network with some of its layers as if they had never learnt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.explain.pieces import cut_at
from tfcore.lazy import keras
from tfcore.models.layers import stages

if TYPE_CHECKING:
    from tfcore.models.model import Model

# What is behind the last stage.
HEAD = "head"


def parts(model: Model) -> dict[str, list[Any]]:
    """The layers with kernels or biases of the head and of each stage, from the scores down to the picture."""
    model.check_inside("Making a network forget")
    program = model.program
    ends = {name: cut_at(program, step) for name, step in stages(program).items()}
    found: dict[str, list[Any]] = {HEAD: [], **{name: [] for name in sorted(ends, key=ends.__getitem__, reverse=True)}}
    known: set[int] = set()
    for number, step in enumerate(program.steps, 1):
        behind = [name for name, end in ends.items() if number <= end]
        part = min(behind, key=ends.__getitem__) if behind else HEAD
        if isinstance(step.operation, keras.Layer):
            for layer in step.operation._flatten_layers():
                names = {id(weight) for weight in _learnt(layer)} - known
                if names:
                    found[part].append(layer)
                    known |= names
    return {name: layers for name, layers in found.items() if layers}


@contextmanager
def reinitialised(layers: Sequence[Any], seed: int) -> Iterator[None]:
    """The layers' kernels and biases as their own initialisers draw them; afterwards all is as it was.

    What runs the network reads its weights anew each time, so nothing is traced again.
    """
    weights = [(layer, weight) for layer in layers for weight in _learnt(layer)]
    kept = [weight.numpy() for _, weight in weights]
    try:
        for number, (layer, weight) in enumerate(weights):
            weight.assign(_drawn(layer, weight, [seed, number]))
        yield
    finally:
        for (_, weight), value in zip(weights, kept, strict=True):
            weight.assign(value)


def _learnt(layer: Any) -> list[Any]:
    own = [*layer._trainable_variables, *layer._non_trainable_variables]
    return [weight for weight in own if weight.name.endswith(("kernel", "bias"))]


def _drawn(layer: Any, weight: Any, seed: list[int]) -> Any:
    """New values by the layer's own initialiser, with a seed in place of its own."""
    named = (f"{weight.name}_initializer", f"{weight.name.removesuffix('_kernel')}_initializer")
    # Depthwise convolutions call their kernel so and its initialiser otherwise.
    names = (*named, "depthwise_initializer") if weight.name == "kernel" else named
    usual = "zeros" if weight.name.endswith("bias") else "glorot_uniform"
    initializer = next((getattr(layer, name) for name in names if getattr(layer, name, None)), usual)
    initializer = keras.initializers.get(initializer)
    settings = initializer.get_config()
    if "seed" in settings:
        settings["seed"] = int(np.random.default_rng(seed).integers(2**31 - 1))
    return type(initializer).from_config(settings)(weight.shape, dtype=weight.dtype)
