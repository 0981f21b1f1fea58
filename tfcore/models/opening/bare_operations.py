"""HDF5 files of Keras 3 with operations such as ``x / 127.5`` in them, which Keras 3 writes but does not read back.

It leaves out the module of everything in such files and looks for all of it among the layers.
"""

from __future__ import annotations

import importlib
from typing import Any

from tfcore.lazy import keras
from tfcore.models.opening import code

_HOMES = ("numpy", "nn", "math", "core", "image")


def name_modules(config: Any) -> bool:
    """Write the modules of all operations, and then of the model, into the configuration; whether there were any."""
    found = False
    for kind, _, entry in code.layers(config):
        if "module" in entry or kind in code.MODELS or _is_layer(kind, entry):
            continue
        module = next((home for home in map(_module, _HOMES) if _is_operation(home, kind)), None)
        if module is not None:
            entry.update(module=module.__name__, registered_name=kind)
            found = True
    if found and config["class_name"] == "Functional":
        config.update(module="keras.src.models.functional", registered_name="Functional")
    return found


def _is_layer(kind: str, entry: dict[str, Any]) -> bool:
    """Some operations are called like layers (Add, Subtract, …), but only layers have a dtype."""
    settings = entry.get("config")
    return isinstance(getattr(keras.layers, kind, None), type) and isinstance(settings, dict) and "dtype" in settings


def _module(home: str) -> Any:
    return importlib.import_module(f"keras.src.ops.{home}")


def _is_operation(module: Any, kind: str) -> bool:
    found = vars(module).get(kind)
    return isinstance(found, type) and issubclass(found, keras.Operation)
