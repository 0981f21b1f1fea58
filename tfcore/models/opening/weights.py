"""Weights of Keras 1 and 2 put into a rebuilt network, by the names of the layers they belong to.

Going by order, as Keras does, goes wrong without a word where a nested model is partly frozen, or where today's
order of parallel layers is another. Order counts only where the names say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import h5py, keras
from tfcore.models.opening import hdf5

# Counters of random generators, which Keras 2 kept among the weights.
_NO_WEIGHTS = ("StateVar", "seed_generator_state")


class Weight(NamedTuple):
    """One array and the name it had."""

    name: str
    array: np.ndarray


def load_hdf5(network: keras.Model, path: Path, renamed: Mapping[str, str]) -> None:
    """Fill the network from a file whose weights lie by layer; ``renamed`` gives the former names of layers."""
    with h5py.File(path, "r") as file:
        root = file.get("model_weights", file)
        groups = {name: _group(root[name]) for name in hdf5.names(root, "layer_names")}
    groups = {name: weights for name, weights in groups.items() if weights}
    layers = [layer for layer in network.layers if layer.weights]
    formerly = {renamed.get(layer.name, layer.name): layer for layer in layers}
    if set(formerly) != set(groups):
        if len(layers) != len(groups):
            raise HeatlensError(
                f"{path} holds weights of {len(groups)} layers and the model has {len(layers)} with weights; "
                "give the weights of this model."
            )
        # Numbered names differ from session to session: conv2d_5 there is conv2d here.
        formerly = dict(zip(groups, layers, strict=True))
    for name, weights in groups.items():
        fill(formerly[name], weights, renamed, path)


def fill(layer: Any, weights: Sequence[Weight], renamed: Mapping[str, str], path: Path) -> None:
    """Give a layer, or a model with layers, its weights."""
    leaves = _leaves(layer)
    shares = _shares(leaves, weights, renamed)
    if shares is not None:
        for leaf in leaves:
            _assign(leaf, shares[leaf.name], path)
        return
    variables = layer.trainable_weights + layer.non_trainable_weights
    if [tuple(variable.shape) for variable in variables] != [weight.array.shape for weight in weights]:
        raise HeatlensError(_misfit(layer, variables, weights, path))
    for variable, weight in zip(variables, weights, strict=True):
        variable.assign(weight.array)
    _finish(leaves)


def _shares(
    leaves: Sequence[Any], weights: Sequence[Weight], renamed: Mapping[str, str]
) -> dict[str, list[Weight]] | None:
    """Each leaf's weights by the names in theirs; ``None`` where the names leave it open."""
    if len(leaves) == 1:
        return {leaves[0].name: list(weights)}
    names = {renamed.get(leaf.name, leaf.name): leaf.name for leaf in leaves}
    shares: dict[str, list[Weight]] = {leaf.name: [] for leaf in leaves}
    if len(shares) != len(leaves):
        return None
    for weight in weights:
        owner = _owner(weight.name, names)
        if owner is None:
            return None
        shares[owner].append(weight)
    return shares if all(_fits(leaf, shares[leaf.name]) for leaf in leaves) else None


def _owner(name: str, names: Mapping[str, str]) -> str | None:
    """The leaf in whose scope a weight lies: the longest run of the name's parts that is a leaf's name."""
    parts = name.split("/")[:-1]
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            found = names.get("/".join(parts[start : start + length]))
            if found is not None:
                return found
    return None


def _fits(leaf: Any, weights: Sequence[Weight]) -> bool:
    return sorted(tuple(variable.shape) for variable in leaf.weights) == sorted(
        weight.array.shape for weight in weights
    )


def _assign(leaf: Any, weights: Sequence[Weight], path: Path) -> None:
    variables = leaf.trainable_weights + leaf.non_trainable_weights
    last = {weight.name.rpartition("/")[2]: weight for weight in weights}
    if len(last) == len(weights) and set(last) == {variable.name for variable in variables}:
        weights = [last[variable.name] for variable in variables]
    if [tuple(variable.shape) for variable in variables] != [weight.array.shape for weight in weights]:
        raise HeatlensError(_misfit(leaf, variables, weights, path))
    for variable, weight in zip(variables, weights, strict=True):
        variable.assign(weight.array)
    _finish([leaf])


def _finish(leaves: Sequence[Any]) -> None:
    """Let layers such as Normalization compute what they derive from their weights."""
    for leaf in leaves:
        if leaf.weights and hasattr(leaf, "finalize_state"):
            leaf.finalize_state()


def _leaves(layer: Any) -> list[Any]:
    """The layers with weights that are no models, however deeply models are nested; shared ones once."""
    if not isinstance(layer, keras.Model):
        return [layer]
    found = [leaf for each in layer.layers for leaf in _leaves(each) if leaf.weights]
    return list({id(leaf): leaf for leaf in found}.values())


def _group(group: Any) -> list[Weight]:
    found = []
    for name in hdf5.names(group, "weight_names"):
        plain = name.partition(":")[0]
        if not plain.endswith(_NO_WEIGHTS):
            found.append(Weight(plain, np.asarray(group[name])))
    return found


def _misfit(layer: Any, variables: Sequence[Any], weights: Sequence[Weight], path: Path) -> str:
    wanted = ", ".join(" × ".join(map(str, variable.shape)) or "1" for variable in variables[:4])
    given = ", ".join(" × ".join(map(str, weight.array.shape)) or "1" for weight in weights[:4])
    return (
        f"The weights in {path} do not fit layer {layer.name!r}, which takes {wanted or 'none'} and finds "
        f"{given or 'none'}; give the weights of this model."
    )
