"""A stranger's configuration, written anew from nothing but what :mod:`~tfcore.models.opening.allowed` lists.

Keras looks up whatever module and name a configuration states, and calls it. It never sees the stranger's
configuration: each part is recognised, takes its known name, and goes into a new one; the first that is not
recognised asks for trust.
"""

from __future__ import annotations

import re
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.lazy import keras
from tfcore.models.opening import allowed, values
from tfcore.models.opening.values import Config, said

_LAYERS_IN = ("layer", "backward_layer", "forward_layer", "cell")
_QUANTISED = re.compile(r"(int8|int4|float8)(_from_(mixed_)?(float32|float16|bfloat16))?")
# DenseNet201 has 707 layers, NASNetLarge 1,041.
_MOST_LAYERS = 3000
_MOST_CALLS = 20_000
# Keras goes through all layers again for every call that stands before what it is called on.
_MOST_WORK = 200_000
# Layers of a Sequential, and the sum of their squares over all that are laid out anew for each.
_LONG = 30
_MOST_AGAIN = 20_000


class _Graph:
    """How many layers, and how much work to connect them, a configuration asks for."""

    def __init__(self) -> None:
        self.layers = self.calls = self.again = 0
        self.shared: dict[Any, str] = {}

    def count(self, layers: int, calls: int) -> None:
        self.layers += layers
        self.calls += calls
        if self.layers > _MOST_LAYERS or self.calls > _MOST_CALLS:
            raise HeatlensError(
                f"The model has more than {_MOST_LAYERS:,} layers or {_MOST_CALLS:,} calls of them, more than any "
                "network that Heatlens can lay out."
            )


def checked(config: Any) -> Config:
    """The model's configuration in allowed parts only; :class:`values.NotAllowed` names the first other one."""
    new = _layer(config, _Graph())
    if _steps(new) > _MOST_CALLS:
        raise HeatlensError(f"The model's nested models make more than {_MOST_CALLS:,} calls; no network does.")
    return new


def _steps(entry: Any) -> int:
    """How many calls a part is once everything nested in it is laid out."""
    if not isinstance(entry, dict) or not isinstance(entry.get("config"), dict):
        return 1
    inner = entry["config"]
    nested = [inner.get(key) for key in _LAYERS_IN]
    for key in ("layers", "cells"):
        nested += inner[key] if isinstance(inner.get(key), list) else []
    return 1 + sum(
        max(1, len(each.get("inbound_nodes", ()))) * _steps(each) for each in nested if isinstance(each, dict)
    )


# --- layers and models ---


def _layer(entry: Any, graph: _Graph) -> Config:
    """A layer, an operation or a model, in the words by which Keras finds it and nothing else."""
    if not isinstance(entry, dict) or not isinstance(entry.get("class_name"), str):
        raise ValueError("a layer without a type")
    graph.count(1, 0)
    kind, settings = entry["class_name"], entry.get("config")
    registered = entry.get("registered_name") or kind
    if isinstance(registered, str) and keras.saving.get_registered_object(registered) is not None:
        new = _registered(entry, registered, graph)
    elif registered != kind:
        raise values.NotAllowed(f"a part registered as {registered!r:.60}")
    elif kind in allowed.MODELS and _is_called(entry, allowed.MODELS[kind][0]):
        module, known = allowed.MODELS[kind]
        new = said(module, known, _model(known, settings, graph))
    else:
        new = said(_module(entry), kind, _settings(settings, graph, kind))
    if "shared_object_id" in entry:
        new["shared_object_id"] = _shared(entry["shared_object_id"], new["class_name"], graph)
    return new


def _module(entry: Config) -> str:
    """Where Keras keeps what the entry names, if that is allowed."""
    kind = entry["class_name"]
    if kind in allowed.LAYERS and _is_called(entry, "keras.layers") and not _is_operation(entry):
        return "keras.layers"
    for home, kinds in allowed.OPERATIONS.items():
        module = f"keras.src.ops.{home}"
        if kind in kinds and entry.get("module") in (None, module):
            return module
    raise values.NotAllowed(values.described(entry, kind))


def _is_operation(entry: Config) -> bool:
    """Files without modules call some operations like layers (Add, Dot …); only layers have a dtype."""
    settings, kind = entry.get("config"), entry["class_name"]
    bare = entry.get("module") is None and any(kind in kinds for kinds in allowed.OPERATIONS.values())
    return bare and isinstance(settings, dict) and "dtype" not in settings


def _is_called(entry: Config, module: str) -> bool:
    """Whether the entry states no module, the public one, or the one that its class is defined in."""
    stated, kind = entry.get("module"), entry["class_name"]
    home = getattr(keras.layers if module == "keras.layers" else keras, kind, None)
    return stated in (None, "keras", "keras.models", module, getattr(home, "__module__", None))


def _model(kind: str, settings: Any, graph: _Graph) -> Config:
    layers = settings.get("layers")
    if not isinstance(layers, list):
        raise ValueError("a model without a list of layers")
    new: Config = {"name": values.text_name(settings.get("name")), "layers": [_layer(each, graph) for each in layers]}
    if settings.get("trainable") is not None:
        new["trainable"] = bool(settings["trainable"])
    if settings.get("dtype") is not None:
        new["dtype"] = _of_kind("policy", settings["dtype"], graph, "dtype")
    if kind == "Sequential":
        _laid_out_once(new, graph)
        if settings.get("build_input_shape") is not None and "build_input_shape" not in new:
            new["build_input_shape"] = values.plain(settings["build_input_shape"], "build_input_shape")
        return new
    later, standing = 0, {each.get("name"): place for place, each in enumerate(layers)}
    for place, (old, entry) in enumerate(zip(layers, new["layers"], strict=True)):
        calls = [values.call(call, entry["class_name"]) for call in old.get("inbound_nodes") or ()]
        graph.count(0, sum(len(names) for _, names in calls) + len(calls))
        later += sum(standing.get(name, 0) >= place for _, names in calls for name in names)
        entry["name"], entry["inbound_nodes"] = values.text_name(old.get("name")), [call for call, _ in calls]
    if (later + 1) * len(layers) > _MOST_WORK:
        raise HeatlensError("The model's layers stand in no order in which they could be connected; save it again.")
    new["input_layers"] = values.plain(settings["input_layers"], "name")
    new["output_layers"] = values.plain(settings["output_layers"], "name")
    return new


def _laid_out_once(model: Config, graph: _Graph) -> None:
    """A long Sequential without its input layer, whose shape it states instead.

    Keras lays a Sequential that has its input out anew for each of its layers, which takes minutes for some hundred.
    """
    layers = model["layers"]
    if len(layers) < _LONG or layers[0]["class_name"] != "InputLayer":
        return
    first, second = layers[0]["config"], layers[1]["config"]
    if _float32(first) and _float32(second) and isinstance(first.get("batch_shape"), list):
        model["build_input_shape"], model["layers"] = first["batch_shape"], layers[1:]
        return
    graph.again += len(layers) ** 2
    if graph.again > _MOST_AGAIN:
        raise HeatlensError("The model's Sequential has more layers than Keras can put together; save it again.")


def _float32(settings: Config) -> bool:
    dtype = settings.get("dtype")
    return (dtype["config"].get("name") if isinstance(dtype, dict) else dtype) == "float32"


def _registered(entry: Config, registered: str, graph: _Graph) -> Config:
    """A layer of Heatlens's own, or one that the user registered in this process and answers for."""
    ours = registered.startswith("heatlens>")
    settings = _settings(entry.get("config"), graph, "" if ours else None)
    new = {"module": None, "class_name": entry["class_name"], "config": settings, "registered_name": registered}
    if not ours and isinstance(entry.get("build_config"), dict):
        new["build_config"] = values.plain(entry["build_config"], "build_config", free=True)
    return new


def _shared(number: Any, kind: str, graph: _Graph) -> Any:
    """The number by which a layer is found again where a file names it twice; always the same kind of layer."""
    if not isinstance(number, int) or graph.shared.setdefault(number, kind) != kind:
        raise ValueError("one layer that is of two types")
    return number


# --- settings ---


def _settings(settings: Any, graph: _Graph, kind: str | None) -> Config:
    """What a layer is set to; ``kind`` is ``None`` for a class of the user's own."""
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        raise ValueError("settings that are not named")
    return {str(key): _setting(str(key), value, graph, kind) for key, value in settings.items()}


def _setting(key: str, value: Any, graph: _Graph, kind: str | None) -> Any:
    if value is None:
        return None
    if key == "name":
        return values.text_name(value)
    if kind is None:
        return _of_a_stranger(value, graph, key)
    if key in _LAYERS_IN:
        return _layer(value, graph)
    if key in ("cells", "layers") and isinstance(value, list):
        return [_layer(each, graph) for each in value]
    what = _kind_of(key)
    if what is not None:
        return _of_kind(what, value, graph, key)
    if key == "seed" and isinstance(value, dict):
        return _of_kind("seed", value, graph, key)
    if key == "quantization_config":
        raise values.NotAllowed(f"the setting {key}")
    return values.plain(value, key)


def _kind_of(key: str) -> str | None:
    if key in ("dtype", "dtype_policy"):
        return "policy"
    for what in ("activation", "initializer", "regularizer", "constraint"):
        if key == what or key.endswith(f"_{what}"):
            return what
    return None


def _of_kind(what: str, value: Any, graph: _Graph, key: str) -> Any:
    """An activation, initialiser, regulariser, constraint, dtype policy or seed, by its known name."""
    module, classes, functions = allowed.SHELVES[what]
    if isinstance(value, str):
        of_dtype = what == "policy" and (value in allowed.POLICIES or _QUANTISED.fullmatch(value) is not None)
        if value in classes | functions or _is_registered(value) or of_dtype:
            return value
        raise values.NotAllowed(f"{key} = {value!r:.60}")
    if not isinstance(value, dict) or not isinstance(value.get("class_name"), str):
        raise ValueError(f"{key} = {value!r:.60}")
    kind, stated, settings = value["class_name"], value.get("module"), value.get("config")
    if kind in ("function", "__function__"):
        name = settings if isinstance(settings, str) else ""
        if _is_registered(name) or (stated in (None, "builtins", module) and name in functions):
            return name
        raise values.NotAllowed(values.described(value, kind))
    if what == "activation":
        return _layer(value, graph)
    if isinstance(value.get("registered_name"), str) and _is_registered(value["registered_name"]):
        return _registered(value, value["registered_name"], graph)
    home = getattr(getattr(keras, module.removeprefix("keras.")), kind, None)
    if kind not in classes or stated not in (None, "keras", module, getattr(home, "__module__", None)):
        raise values.NotAllowed(values.described(value, kind))
    if not isinstance(settings, dict | None):
        raise ValueError(f"{key} without settings")
    policies = ("default_policy", "policy_map", "name", "mode", "source_name")
    new = {
        name: _policies(each, graph, name) if what == "policy" and name in policies else _setting(name, each, graph, "")
        for name, each in (settings or {}).items()
    }
    return said(module, kind, new)


def _policies(value: Any, graph: _Graph, key: str) -> Any:
    if isinstance(value, dict) and "class_name" not in value:
        return {values.text_name(name): _of_kind("policy", each, graph, key) for name, each in value.items()}
    return None if value is None else _of_kind("policy", value, graph, key)


def _is_registered(name: str) -> bool:
    return ">" in name and keras.saving.get_registered_object(name) is not None


def _of_a_stranger(value: Any, graph: _Graph, key: str) -> Any:
    """A setting of the user's own class: its texts are its own affair, what Keras would make of it is not."""
    if isinstance(value, list):
        return [_of_a_stranger(each, graph, key) for each in value]
    if not isinstance(value, dict) or "class_name" not in value:
        return values.plain(value, key, free=True)
    for what, (module, classes, functions) in allowed.SHELVES.items():
        named = value.get("config") if value["class_name"] == "function" else None
        if (isinstance(named, str) and named in functions) or (
            value["class_name"] in classes and value.get("module") in (module, "keras")
        ):
            return _of_kind(what, value, graph, key)
    if value["class_name"] == "function":
        return _of_kind("activation", value, graph, key)
    return values.plain(value, key) if str(value["class_name"]).startswith("__") else _layer(value, graph)
