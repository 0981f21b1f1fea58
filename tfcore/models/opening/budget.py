"""What a network would take in memory, counted before any of it is taken."""

from __future__ import annotations

import math
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.lazy import keras, tf
from tfcore.models.opening.code import layers
from tfcore.models.opening.unchanged import without_trace
from tfcore.models.twins import SCOPE

# Height and width of the picture for networks that take any.
_USUAL = 256
# The weights, and once more while they are read.
_COPIES = 2
_UNKNOWN_MEMORY = 8 << 30


def machine_memory() -> int:
    """Bytes of memory that this machine, or the container that it lends to us, has."""
    try:
        found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        return _UNKNOWN_MEMORY
    with suppress(OSError, ValueError):
        found = min(found, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return found


def check(config: dict[str, Any], path: Path, memory: float | None = None) -> None:
    """Refuse a configuration whose network would not fit into ``memory`` gigabytes (half the machine's by default).

    The network is laid out as shapes alone: no variable gets a value, and no trace is left in Keras.
    """
    if memory == math.inf:
        return
    meter = _Meter(path, machine_memory() // 2 if memory is None else int(memory * (1 << 30)))
    with without_trace(), keras.StatelessScope(initialize_variables=False), tf.Graph().as_default():
        network = keras.saving.deserialize_keras_object(_with_plain_names(config))
        if isinstance(network, keras.Model):
            meter.weights = sum(_COPIES * _bytes(each.shape, each.dtype) for each in network.variables)
            meter.add(0)
            _lay_out(network, meter)


def _with_plain_names(config: Any) -> Any:
    """The configuration with layers renamed that a graph of TensorFlow would not take for names of scopes."""
    odd = [name for _, name, _ in layers(config) if name and not SCOPE.fullmatch(name)]
    new = {name: f"layer_{number}" for number, name in enumerate(dict.fromkeys(odd))}

    def renamed(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: renamed(value) for key, value in part.items()}
        if isinstance(part, list):
            return list(map(renamed, part))
        return new.get(part, part) if isinstance(part, str) else part

    return renamed(config) if new else config


class _Meter:
    """Adds up bytes, and complains as soon as they are too many."""

    def __init__(self, path: Path, budget: int) -> None:
        self.path, self.budget = path, budget
        self.weights = self.one_picture = 0

    def add(self, size: int) -> None:
        self.one_picture += size
        if self.weights + self.one_picture > self.budget:
            raise HeatlensError(
                f"{self.path} takes {_gigabytes(self.weights)} for its weights and {_gigabytes(self.one_picture)} or "
                f"more for one picture, but a model may take {_gigabytes(self.budget)} here; open it on a larger "
                "machine, or allow it more gigabytes (--memory, memory= or memory in its card)."
            )

    def add_all(self, values: Any) -> None:
        for each in keras.tree.flatten(values):
            if isinstance(each, keras.KerasTensor):
                self.add(_bytes(each.shape, each.dtype))


def _lay_out(network: keras.Model, meter: _Meter) -> None:
    """Add up every value on the way of one picture through the network, nested models' included."""
    graph: Any = _graph(network)
    if graph is None:
        return
    shapes = [keras.KerasTensor(_whole(each.shape), each.dtype) for each in graph.inputs]
    meter.add_all(shapes)
    try:
        _run(graph, shapes, meter)
    except (ValueError, TypeError):
        # No network for pictures of the usual size: what is known of its shapes counts.
        for node in graph._nodes_by_depth.values():
            meter.add_all([each.outputs for each in node])


def _run(graph: Any, given: Any, meter: _Meter) -> Any:
    def measured(operation: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            nested = _graph(operation)
            if nested is not None:
                return _run(nested, args[0], meter)
            given = [each for each in keras.tree.flatten((args, kwargs)) if isinstance(each, keras.KerasTensor)]
            meter.add(_inside(operation, given))
            found = operation.compute_output_spec(*args, **kwargs)
            meter.add_all(found)
            return found

        return call

    return graph._run_through_graph(given, operation_fn=measured)


def _inside(operation: Any, given: list[Any]) -> int:
    """What a layer computes on the way and does not give out."""
    shape = _whole(given[0].shape) if given else ()
    if "Attention" in type(operation).__name__ and len(shape) > 2:
        tokens, others = math.prod(shape[1:-1]), math.prod(_whole(given[-1].shape)[1:-1])
        depth = shape[-1] if type(operation).__name__ == "AdditiveAttention" else 1
        heads = getattr(operation, "num_heads", None) or getattr(operation, "num_query_heads", 1)
        return _bytes((heads, tokens, others, depth), "float32")
    if hasattr(operation, "depth_multiplier") and hasattr(operation, "pointwise_kernel"):
        return _bytes((*shape, operation.depth_multiplier), "float32")
    layer = getattr(operation, "layer", None)
    if isinstance(layer, keras.Layer) and len(shape) > 2:
        # TimeDistributed: the same layer for every step.
        inner = _Meter(Path(), 1 << 62)
        step = keras.KerasTensor((1, *shape[2:]))
        try:
            _run(_graph(layer), [step], inner) if _graph(layer) else inner.add_all(layer.compute_output_spec(step))
        except (ValueError, TypeError, AttributeError):
            return 0
        return shape[1] * inner.one_picture
    return 0


def _graph(operation: Any) -> Any:
    """The graph of layer calls in a model; ``None`` for a layer."""
    if not isinstance(operation, keras.Model):
        return None
    graph = getattr(operation, "_functional", None) if isinstance(operation, keras.Sequential) else operation
    return graph if hasattr(graph, "_nodes_by_depth") else None


def _whole(shape: Any) -> tuple[int, ...]:
    """A shape without unknowns: one picture, of the usual size where any will do."""
    return tuple(1 if axis == 0 else size or _USUAL for axis, size in enumerate(shape))


def _bytes(shape: Any, dtype: Any) -> int:
    bits = re.search(r"\d+$", str(dtype))
    return math.prod(size or 1 for size in shape) * (int(bits.group()) // 8 if bits else 1)


def _gigabytes(size: int) -> str:
    return f"{size / (1 << 30):,.1f} GB"
