"""Configurations of Keras 1 and 2 in the words of Keras 3: the same function, said so that it is understood today.

Only parsed JSON is changed; nothing of the file is run. Every change is noted, what has no equal is refused by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import cache
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.lazy import keras
from tfcore.models.opening import code, names, nodes
from tfcore.models.opening.values import Config, said


class Repair:
    """One configuration's way to Keras 3.

    ``config`` is what Keras 3 can read, ``notes`` what was changed, ``renamed`` the former names of layers, by which
    the file keeps their weights.
    """

    def __init__(self, config: Any) -> None:
        self.notes: list[str] = []
        self.renamed: dict[str, str] = {}
        self._names = {name: name for _, name, _ in code.layers(config) if "/" not in name}
        self.config = self._model(config)

    def note(self, change: str) -> None:
        """Remember a change, once."""
        if change not in self.notes:
            self.notes.append(change)

    # --- models ---

    def _model(self, entry: Config) -> Config:
        inner = entry["config"]
        if isinstance(inner, list):
            self.note("a Sequential of Keras 1 read as one of today")
            inner = {"name": entry.get("name") or "sequential", "layers": inner}
        if "layers" not in inner:
            raise HeatlensError(
                f"The model's {entry['class_name']} {inner.get('name', '')!r} holds no layers that could be rebuilt."
            )
        name = self.name(str(inner.get("name") or entry.get("name") or "model"))
        # Sequentials of tf.keras 2 were also written under the name of their base class.
        if entry["class_name"] == "Sequential" or "input_layers" not in inner:
            return said("keras", "Sequential", {"name": name, "layers": self._row(inner, name)})
        if entry["class_name"] == "Model":
            self.note("Model read as Functional")
        graph = nodes.Graph(self, inner)
        return said("keras.src.models.functional", "Functional", {**graph.config(), "name": name})

    def _row(self, inner: Config, name: str) -> list[Config]:
        """The layers of a Sequential, an explicit input first."""
        layers = inner["layers"]
        first = layers[0]["config"] if layers and isinstance(layers[0].get("config"), dict) else {}
        shape = first.get("batch_input_shape") or inner.get("build_input_shape")
        row = [self.layer(entry) for entry in layers]
        if shape and layers[0]["class_name"] != "InputLayer" and not isinstance(first.get("layers"), list):
            self.note("batch_input_shape made an input layer")
            row.insert(0, said("keras.layers", "InputLayer", {"batch_shape": shape, "name": f"{name}_input"}))
        return row

    # --- layers ---

    def layer(self, entry: Config) -> Config:
        """One layer (or nested model) as Keras 3 writes it; its place in the graph is not touched."""
        kind, inner = str(entry["class_name"]), entry.get("config")
        if kind in code.MODELS:
            return self._model(entry)
        inner = dict(inner if isinstance(inner, dict) else {})
        if keras.saving.get_registered_object(entry.get("registered_name") or kind) is not None:
            return {**entry, "registered_name": entry.get("registered_name") or kind, "module": entry.get("module")}
        name = str(inner.get("name") or entry.get("name") or kind.lower())
        today = names.TODAY.get(kind, kind)
        if kind == "Lambda":
            inner = self._code(inner, name)
        if kind == "Merge":
            today, inner = self._merge(inner, name)
        if today != kind:
            self.note(f"{kind} read as {today}")
        settings = self._settings(kind, today, inner, name)
        for wrapped in ("layer", "backward_layer"):
            if isinstance(settings.get(wrapped), dict):
                settings[wrapped] = self.layer(settings[wrapped])
        return said("keras.layers", today, {**settings, "name": self.name(name)})

    def name(self, old: str) -> str:
        """The name as Keras 3 allows it; ``conv1/bn`` was a name once."""
        if "/" in old and old not in self._names:
            new = old.replace("/", "_")
            while new in self._names.values():
                new += "_"
            self._names[old], self.renamed[new] = new, old
            self.note("/ in layer names replaced by _")
        return self._names.get(old, old)

    def _code(self, inner: Config, name: str) -> Config:
        """A Lambda layer that the user trusts; its function was compiled by the Python that saved it."""
        function = inner.get("function")
        if isinstance(function, dict):
            return inner
        if not isinstance(function, list) or len(function) != 3:
            raise HeatlensError(f"Layer {name!r} is a Lambda whose function is not in the file; rebuild the model.")
        compiled = dict(zip(("code", "defaults", "closure"), function, strict=True))
        return {"function": {"class_name": "__lambda__", "config": compiled}, "arguments": inner.get("arguments") or {}}

    def _merge(self, inner: Config, name: str) -> tuple[str, Config]:
        mode = inner.get("mode", "sum")
        if mode not in names.MERGES or inner.get("layers"):
            raise HeatlensError(f"Layer {name!r} merges with {mode!r}, which Keras 3 cannot do; rebuild the model.")
        kept = {"name": name}
        return names.MERGES[mode], {**kept, "axis": inner.get("concat_axis", -1)} if mode == "concat" else kept

    def _settings(self, kind: str, today: str, inner: Config, name: str) -> Config:
        if today == "Identity":
            # What the layer did while training was set there; it does nothing now.
            inner = {key: value for key, value in inner.items() if key in ("name", "dtype")}
        settings = self._renamed_settings(kind, inner)
        taken = _accepted(getattr(keras.layers, today))
        kept: Config = {}
        for key, value in settings.items():
            if key.endswith("_initializer") or key in names.STARTS:
                if isinstance(value, dict) and "dtype" in (value.get("config") or {}):
                    self.note("dtype of initialisers left out")
            elif key.endswith(("_regularizer", "_constraint")) or key in names.TRAINING:
                if value:
                    self.note("regularisers and constraints of training left out")
            elif key == "dtype":
                kept[key] = _policy(value)
            elif key == "batch_input_shape" and today == "InputLayer":
                kept["batch_shape"] = value
            elif key == "axis" and isinstance(value, list) and len(value) == 1:
                self.note("axis given as a list read as a number")
                kept[key] = value[0]
            elif key.endswith("activation"):
                kept[key] = self._activation(value, name)
            elif key in names.ALWAYS_IDLE and key not in taken:
                pass
            elif key in names.IDLE and key not in taken and value in names.IDLE[key]:
                if value:
                    self.note(f"{key} of {kind} left out")
            elif key in taken:
                kept[key] = value
            elif value is not None and value is not False:
                raise HeatlensError(
                    f"Layer {name!r} ({kind}) has the setting {key} = {value!r:.80}, which Keras 3 does not know; "
                    "rebuild the layer without it."
                )
        if kept.get("data_format") == "channels_first" and today != "Flatten":
            raise HeatlensError(
                f"Layer {name!r} wants its channels first; Heatlens works with channels last, so convert the model."
            )
        return kept

    def _renamed_settings(self, kind: str, inner: Config) -> Config:
        """The settings by today's names; those of Keras 1 are known by words that no later version used."""
        table = names.SETTINGS_OF.get(kind, {})
        if not inner.keys().isdisjoint(names.ONLY_KERAS_1):
            self.note("settings of Keras 1 renamed")
            table = {**names.SETTINGS, **table}
        settings = {table.get(key, key): names.value(table.get(key, key), value) for key, value in inner.items()}
        if "nb_row" in settings:
            settings["kernel_size"] = [settings.pop("nb_row"), settings.pop("nb_col")]
        return settings

    def _activation(self, value: Any, name: str) -> Any:
        """An activation by its name, or as a layer of its own."""
        if isinstance(value, dict) and value.get("class_name") in ("function", "__function__"):
            value = value["config"]
        if isinstance(value, dict):
            return self.layer(value)
        if isinstance(value, str):
            value = value.rpartition(">")[2]
            if value == "hard_sigmoid":
                raise HeatlensError(
                    f"Layer {name!r} uses hard_sigmoid, which is another function in Keras 3 than in Keras 2; "
                    "rebuild the model with a layer of your own."
                )
            if not callable(getattr(keras.activations, value, None)) and value not in ("swish", "linear"):
                raise HeatlensError(f"Layer {name!r} uses the activation {value!r}, which Keras 3 does not have.")
        return value


def _policy(value: Any) -> Any:
    """A dtype, or the name of a dtype policy, which Keras 2 wrote as an object."""
    return value.get("config", {}).get("name", "float32") if isinstance(value, dict) else value


@cache
def _accepted(layer: type) -> frozenset[str]:
    """Every setting that a layer takes."""
    taken: set[str] = set()
    for each in layer.__mro__:
        if "__init__" not in vars(each):
            continue
        parameters = inspect.signature(vars(each)["__init__"]).parameters
        taken.update(parameters)
        # What a class does not name it hands on to the next, if it takes it at all.
        if each is keras.layers.Layer or not any(one.kind is one.VAR_KEYWORD for one in parameters.values()):
            break
    return frozenset(taken - {"self", "args", "kwargs"})


def summary(notes: Iterable[str], version: str) -> tuple[str, ...]:
    """What the card says of the repair."""
    return (f"written by Keras {version}" if version else "written by an old Keras", *notes)
