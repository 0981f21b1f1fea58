"""Who is called on what, as Keras 1 and 2 wrote it, in the form of Keras 3.

An old call is ``["layer", node, tensor, {settings}]``; calls of a nested model were counted from 1, since its own
insides were call 0, and are counted from 0 today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.models.opening import code, operations
from tfcore.models.opening.values import Config

if TYPE_CHECKING:
    from tfcore.models.opening.repair import Repair

_CONSTANT = "_CONSTANT_VALUE"


class Graph:
    """A Functional model's layers and calls on their way to Keras 3."""

    def __init__(self, repair: Repair, inner: Config) -> None:
        self.repair = repair
        self.inner = inner
        self.entries = {_name(entry): entry for entry in inner["layers"]}
        self.calls = {
            name: [_flat(call) for call in entry.get("inbound_nodes", ())] for name, entry in self.entries.items()
        }
        self.first = {name: self._first_call(name) for name in self.entries}

    def config(self) -> Config:
        """The model's settings as Keras 3 writes them."""
        return {
            "trainable": self.inner.get("trainable", True),
            "layers": [self._layer(name, entry) for name, entry in self.entries.items()],
            "input_layers": self._all_ends("input_layers"),
            "output_layers": self._all_ends("output_layers"),
        }

    def _layer(self, name: str, entry: Config) -> Config:
        if entry["class_name"] in code.TENSORFLOW:
            layer, inbound = self._operation(name, entry)
        else:
            layer = self.repair.layer(entry)
            inbound = [self._called(call) for call in self.calls[name]]
        return {**layer, "name": layer["config"]["name"], "inbound_nodes": inbound}

    def _called(self, call: list[Any]) -> Config:
        tensors = [self._given(each) for each in call]
        settings = dict(call[0][3]) if len(call[0]) > 3 else {}
        return {
            "args": [tensors[0] if len(tensors) == 1 else tensors],
            "kwargs": {key: self._decoded(value) for key, value in settings.items() if value is not None},
        }

    def _operation(self, name: str, entry: Config) -> tuple[Config, list[Config]]:
        """A TensorFlow function as the Keras layer or operation that computes the same."""
        layer: Config = {}
        inbound: list[Config] = []
        for call in self.calls[name]:
            settings = dict(call[0][3]) if len(call[0]) > 3 else {}
            asked = operations.Asked(
                name=self.repair.name(name),
                values=[self._given(each) for each in call],
                settings={key: self._decoded(value) for key, value in settings.items() if key != "name"},
            )
            layer, args, kwargs = operations.translated(entry, asked)
            inbound.append({"args": args, "kwargs": kwargs})
        self.repair.note("TensorFlow operations read as Keras's own")
        return layer, inbound

    # --- tensors ---

    def _given(self, each: list[Any]) -> Any:
        return each[2] if each[0] == _CONSTANT else self._tensor(*each[:3])

    def _decoded(self, value: Any) -> Any:
        """A setting in which tensors may hide."""
        if self._is_tensor(value):
            return value[2] if value[0] == _CONSTANT else self._tensor(*value)
        if isinstance(value, list):
            return [self._decoded(each) for each in value]
        return value

    def _is_tensor(self, value: Any) -> bool:
        return (
            isinstance(value, list)
            and len(value) == 3
            and isinstance(value[0], str)
            and (value[0] in self.entries or value[0] == _CONSTANT)
        )

    def _tensor(self, name: str, node: int, tensor: int) -> Config:
        if name not in self.entries:
            raise HeatlensError(f"A layer is called on {name!r}, which the model does not have; the file is damaged.")
        history = [self.repair.name(name), node - self.first[name], tensor]
        return {
            "class_name": "__keras_tensor__",
            "config": {"shape": [None], "dtype": "float32", "keras_history": history},
        }

    def _all_ends(self, which: str) -> list[Any]:
        # One output was given out as it is by Keras 2 even where it was written as a list of one.
        ends = [self._end(each) for each in _ends(self.inner[which])]
        return ends[0] if len(ends) == 1 else ends

    def _end(self, end: list[Any]) -> list[Any]:
        """An input or output of the model; there Keras 3 still counts Functional models' calls from 1."""
        name, node, tensor = end[:3]
        if name not in self.entries:
            raise HeatlensError(f"The model ends in {name!r}, which it does not have; the file is damaged.")
        shift = 1 if _is_functional(self.entries[name]) else 0
        return [self.repair.name(name), node - self.first[name] + shift, tensor]

    def _first_call(self, name: str) -> int:
        """The number of a layer's first call in this file."""
        if self.entries[name]["class_name"] not in code.MODELS:
            return 0
        used = [
            each[1] for calls in self.calls.values() for call in calls for each in _references(call) if each[0] == name
        ]
        used += [each[1] for each in _ends(self.inner["output_layers"]) if each[0] == name]
        return 0 if 0 in used else 1


def _references(call: list[Any]) -> list[Any]:
    """All tensors of a call: its arguments, and those among its settings."""
    found = [each for each in call if each[0] != _CONSTANT]
    waiting = [each[3] for each in call if len(each) > 3]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, list):
            if len(part) == 3 and isinstance(part[0], str):
                found.append(part)
            waiting.extend(part)
    return found


def _flat(call: Any) -> list[Any]:
    """A call as a list of its tensors; operations on one tensor were written without the list around it."""
    return [call] if call and isinstance(call[0], str) else [each for part in call for each in _flat(part)]


def _ends(ends: Any) -> list[Any]:
    if isinstance(ends, dict):
        ends = list(ends.values())
    return [ends] if ends and isinstance(ends[0], str) else ends


def _name(entry: Config) -> str:
    inner = entry.get("config")
    return str(entry.get("name") or (inner.get("name") if isinstance(inner, dict) else ""))


def _is_functional(entry: Config) -> bool:
    inner = entry.get("config")
    return entry["class_name"] in code.MODELS and isinstance(inner, dict) and "input_layers" in inner
