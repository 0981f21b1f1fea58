"""What in a parsed configuration would run code, or is no layer that Keras has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfcore.lazy import keras

# Layers that unpack functions, other programs' graphs or pickles.
_CODE = ("Lambda", "__lambda__", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer")
MODELS = ("Sequential", "Functional", "Model", "Graph")
# What tfcore.models.opening.operations turns into Keras's own.
TENSORFLOW = ("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod")


def code_carriers(config: Any) -> list[str]:
    """Parts of a parsed configuration that hold executable content, by type and name."""
    found = []
    for part in _parts(config):
        kind = part.get("class_name")
        if kind in _CODE:
            inner = part.get("config")
            name = inner.get("name") if isinstance(inner, dict) else None
            what = "Lambda" if kind == "__lambda__" else kind
            found.append(f"the {what} layer {name!r}" if name else f"a {what} layer")
    return found


def strangers(config: Any) -> list[tuple[str, str]]:
    """Type and name of every layer that neither Keras nor anything registered in this process can rebuild."""
    return [(kind, name) for kind, name, entry in layers(config) if not _known(kind, entry)]


def layers(config: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Type, name and entry of every layer in a parsed configuration, nested models' included."""
    waiting = [config]
    while waiting:
        entry = waiting.pop()
        if not isinstance(entry, dict) or not isinstance(entry.get("class_name"), str):
            continue
        inner = entry.get("config")
        named = inner.get("name") if isinstance(inner, dict) else None
        yield entry["class_name"], str(named or entry.get("name") or ""), entry
        # Keras 1 and early 2 wrote the layers of a Sequential as its whole configuration.
        children = inner if isinstance(inner, list) else inner.get("layers", []) if isinstance(inner, dict) else []
        waiting.extend(reversed(children) if isinstance(children, list) else [])
        if isinstance(inner, dict):
            # Wrappers such as TimeDistributed and Bidirectional.
            waiting.extend(value for key, value in inner.items() if key in ("layer", "backward_layer"))


def needs_the_zoo(config: Any) -> bool:
    """Whether the model uses the few layers that Heatlens brings itself."""
    return any(str(entry.get("registered_name", "")).startswith("heatlens>") for _, _, entry in layers(config))


def _known(kind: str, entry: dict[str, Any]) -> bool:
    registered = entry.get("registered_name") or kind
    if keras.saving.get_registered_object(registered) is not None:
        return True
    module = str(entry.get("module") or "keras")
    if module.split(".")[0] not in ("keras", "tf_keras"):
        return False
    if module.startswith("keras.src.ops.") or kind in MODELS:
        return True
    from tfcore.models.opening.names import TODAY

    return kind in TENSORFLOW or kind in TODAY or isinstance(getattr(keras.layers, kind, None), type)


def _parts(config: Any) -> Iterator[dict[str, Any]]:
    waiting = [config]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(reversed(part.values()))
        elif isinstance(part, list):
            waiting.extend(reversed(part))
