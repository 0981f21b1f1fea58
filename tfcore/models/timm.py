"""Reading timm's weights (PyTorch's layout, timm's tensor names) into the zoo's networks, without PyTorch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import keras
from tfcore.models.model import Model
from tfcore.models.program import program

_BLOCK = re.compile(r"block(\d+)/(.+)")
# What timm calls the layers of a transformer that have another name here.
_NAMES = {"patch_embed": "patch_embed.proj", "proj": "attn.proj", "fc1": "mlp.fc1", "fc2": "mlp.fc2"}
# timm keeps queries, keys and values in one tensor, in this order.
_QKV = ("query", "key", "value")
_CLASSIFIER = ("fc.", "head.")
# From PyTorch's axes to Keras's, by the number of axes: convolution kernels and dense kernels.
_AXES = {4: (2, 3, 1, 0), 2: (1, 0)}
# Tensors named in a sentence; a wrong file misses hundreds.
_MOST = 3

State = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class _Wanted:
    """A weight of the network and the tensor it is read from, which may hold several side by side."""

    weight: Any
    tensor: str
    part: int = 0
    parts: int = 1

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of timm's tensor."""
        ours = tuple(self.weight.shape)
        first, *rest = (ours[axis] for axis in np.argsort(_AXES.get(len(ours), range(len(ours)))))
        return (first * self.parts, *rest)

    def read(self, state: State) -> np.ndarray:
        """The values for the weight."""
        tensor = np.split(np.asarray(state[self.tensor], np.float32), self.parts)[self.part]
        return tensor.transpose(_AXES.get(tensor.ndim, range(tensor.ndim)))


def load_state(model: Model | keras.Model, state: State, classifier: bool = True) -> None:
    """Put timm's tensors into ``resnext50``, ``sk-resnext50``, ``vit-b16`` or ``vit-tiny16``.

    Every tensor must be there in its shape, and no other; nothing is changed otherwise. ``classifier=False`` leaves
    the last layer as it is, whatever the state holds for it.

    >>> tfcore.models.timm.load_state(model, safetensors.numpy.load_file(path))             # doctest: +SKIP
    """
    network = getattr(model, "keras", model)
    wanted = list(_wanted(network))
    given = {name: tensor for name, tensor in state.items() if not name.endswith("num_batches_tracked")}
    if not classifier:
        wanted = [each for each in wanted if not each.tensor.startswith(_CLASSIFIER)]
        given = {name: tensor for name, tensor in given.items() if not name.startswith(_CLASSIFIER)}
    _check(network.name, wanted, given)
    for each in wanted:
        each.weight.assign(each.read(given))


def _wanted(network: keras.Model) -> Iterator[_Wanted]:
    for step in program(network).steps:
        for weight in getattr(step.operation, "weights", ()):
            name, part, parts = _timm_name(step.path)
            yield _Wanted(weight, _tensor(name, step.kind, weight.name), part, parts)


def _timm_name(path: str) -> tuple[str, int, int]:
    """timm's name of a layer, which part of its tensors is ours, and of how many."""
    inside = _BLOCK.fullmatch(path)
    if not inside:
        return _NAMES.get(path, path), 0, 1
    block, layer = f"blocks.{int(inside[1]) - 1}.", inside[2]
    if layer in _QKV:
        return f"{block}attn.qkv", _QKV.index(layer), len(_QKV)
    return block + _NAMES.get(layer, layer), 0, 1


def _tensor(layer: str, kind: str, weight: str) -> str:
    if kind in ("ClassToken", "PositionEmbedding"):
        return layer
    return layer + {
        "kernel": ".weight",
        "gamma": ".weight",
        "bias": ".bias",
        "beta": ".bias",
        "moving_mean": ".running_mean",
        "moving_variance": ".running_var",
    }.get(weight, f".{weight}")


def _check(network: str, wanted: Iterable[_Wanted], given: State) -> None:
    """Everything that does not fit, in one sentence."""
    shapes = {each.tensor: each.shape for each in wanted}
    missing = [name for name in shapes if name not in given]
    surplus = [name for name in given if name not in shapes]
    other = [
        f"{name} is {_times(np.shape(given[name]))} instead of {_times(shape)}"
        for name, shape in shapes.items()
        if name in given and np.shape(given[name]) != shape
    ]
    found = (("missing", missing), ("surplus", surplus), ("of another shape", other))
    wrong = [f"{len(names)} {what} ({_some(names)})" for what, names in found if names]
    if wrong:
        raise HeatlensError(f"The timm tensors do not fit {network}: {', '.join(wrong)}; give those of this network.")


def _times(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
