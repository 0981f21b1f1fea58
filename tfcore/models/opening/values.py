"""What settings and calls hold once layers and their like are out of the way: numbers, words, tensors and slices."""

from __future__ import annotations

import re
from typing import Any

from tfcore.models.opening import allowed

Config = dict[str, Any]

# Einsum equations and words such as "channels_last"; nothing that could name a file.
_PLAIN_TEXT = re.compile(r"[\w\s.,:;<>()\[\]*+=|-]{0,200}")
_FILE_SETTINGS = re.compile(r"file|path|url|vocabulary")
_LARGEST = 1 << 63


def said(module: str, kind: str, config: Config) -> Config:
    """A layer or its like in the words of Keras 3."""
    return {"module": module, "class_name": kind, "config": config, "registered_name": None}


class NotAllowed(Exception):
    """What a configuration holds that is not on the list."""


def call(call: Any, kind: str) -> tuple[Config, list[str]]:
    """What a layer is called on, and the layers that this comes from."""
    if not isinstance(call, dict) or not isinstance(call.get("args"), list):
        raise ValueError(f"a call of {kind} without arguments")
    names: list[str] = []
    args = _argument(call["args"], names)
    kwargs = {str(key): _argument(value, names) for key, value in (call.get("kwargs") or {}).items()}
    # On numbers alone a layer would compute at once, before anything is counted.
    if not names:
        raise NotAllowed(f"a call of {kind} on no tensor")
    return {"args": args, "kwargs": kwargs}, names


def _argument(value: Any, names: list[str]) -> Any:
    if isinstance(value, list):
        return [_argument(each, names) for each in value]
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            name, node, tensor = value["config"]["keras_history"]
            names.append(text_name(name))
            shape, dtype = value["config"]["shape"], value["config"]["dtype"]
            inner = {"shape": plain(shape, "shape"), "dtype": _dtype(dtype), "keras_history": [name, node, tensor]}
            if not isinstance(node, int) or not isinstance(tensor, int):
                raise ValueError("a tensor without a number")
            return {"class_name": "__keras_tensor__", "config": inner}
        if "class_name" not in value:
            return {str(key): _argument(each, names) for key, each in value.items()}
    if isinstance(value, str) and value not in allowed.WORDS:
        raise NotAllowed(f"the argument {value!r:.60} of a call")
    return plain(value, "an argument")


def plain(value: Any, key: str, free: bool = False) -> Any:
    """Numbers, words, and lists of them; ``free`` lets any text pass."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        if abs(value) >= _LARGEST:
            raise ValueError(f"{key} = {str(value)[:20]}…")
        return value
    if isinstance(value, str):
        if not free and key != "name" and (_PLAIN_TEXT.fullmatch(value) is None or _FILE_SETTINGS.search(key)):
            raise NotAllowed(f"the setting {key:.60} = {value!r:.60}")
        return value
    if isinstance(value, list):
        return [plain(each, key, free) for each in value]
    if not isinstance(value, dict):
        raise ValueError(f"{key} = {value!r:.60}")
    if "class_name" not in value:
        return {str(name): plain(each, key if key == "name" else str(name), free) for name, each in value.items()}
    return {"class_name": value["class_name"], "config": _constant(value, key)}


def _constant(value: Config, key: str) -> Config:
    """The configurations by which Keras writes arrays and slices down."""
    kind, inner = value["class_name"], value.get("config")
    if not isinstance(inner, dict):
        inner = {}
    if kind in ("__tensor__", "__numpy__"):
        return {"value": plain(inner["value"], key), "dtype": _dtype(inner["dtype"])}
    if kind == "__slice__":
        return {end: plain(inner[end], key) for end in ("start", "stop", "step")}
    if kind == "__ellipsis__":
        return {}
    raise NotAllowed(described(value, str(kind)))


def _dtype(name: Any) -> str:
    if name not in allowed.DTYPES:
        raise NotAllowed(f"the dtype {name!r:.60}")
    return str(name)


def text_name(name: Any) -> Any:
    if name is not None and (not isinstance(name, str) or len(name) > 1000):
        raise ValueError(f"the name {name!r:.60}")
    return name


def described(entry: Config, kind: str) -> str:
    inner, module = entry.get("config"), entry.get("module")
    name = (inner.get("name") if isinstance(inner, dict) else None) or entry.get("name")
    if kind in ("function", "__function__"):
        return f"the function {module}.{inner!r:.60}"
    return f"the part {module or 'keras'}.{kind}"[:100] + (f" named {name!r:.60}" if name else "")
