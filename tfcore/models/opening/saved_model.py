"""A SavedModel folder of Keras 2: its architecture from the metadata, its weights from the checkpoint.

The traced functions in ``saved_model.pb`` are never loaded, so nothing of the folder is run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError, Unrecorded
from tfcore.lazy import keras, tf
from tfcore.models.opening import text
from tfcore.models.opening.stored import Stored
from tfcore.models.opening.weights import Weight, fill

_METADATA = "keras_metadata.pb"
_PATH, _CONTENT = 3, 5  # fields of a SavedObject


def is_one(folder: Path) -> bool:
    return (folder / "saved_model.pb").is_file()


def read(folder: Path) -> Stored:
    """The architecture that Keras 2 noted beside the graph."""
    metadata = folder / _METADATA
    if not metadata.is_file():
        raise Unrecorded(f"{folder} is a SavedModel without {_METADATA}, so it has no layers to look into.")
    index = folder / "variables" / "variables.index"
    if not index.is_file():
        raise HeatlensError(f"{folder} has no variables/variables.index, so its weights are missing; copy it again.")
    # Every layer notes down its settings and those of all in it.
    content = text.read(metadata, 4 * text.MOST_BYTES)
    try:
        root = next(_root(content), None)
    except (IndexError, KeyError, ValueError) as error:
        raise HeatlensError(f"{metadata} is damaged or cut short; copy the folder again.") from error
    noted = text.parsed(root, metadata) if root is not None else {}
    config = noted.get("config") if isinstance(noted, dict) else None
    kind = noted.get("class_name", "model") if isinstance(noted, dict) else "model"
    if not isinstance(config, dict) or "layers" not in config:
        raise Unrecorded(f"{folder} is a subclassed {kind!s:.60}, whose layers are in its Python code.")
    largest = max((folder / "variables").glob("variables.data-*"), key=lambda path: path.stat().st_size, default=index)
    # The class of a Keras 2 that noted none is told by what it holds.
    plain = _plain(config)
    known = noted.get("class_name") or ("Functional" if "input_layers" in plain else "Sequential")
    architecture = {"class_name": known, "config": plain}
    return Stored(folder, "saved-model", architecture, "2", largest)


def load(network: keras.Model, folder: Path, renamed: Mapping[str, str]) -> None:
    """Fill the network from the checkpoint in the folder, by the names of the variables."""
    from tensorflow.core.protobuf.trackable_object_graph_pb2 import TrackableObjectGraph

    try:
        reader = tf.train.load_checkpoint(str(folder / "variables" / "variables"))
        graph = TrackableObjectGraph.FromString(reader.get_tensor("_CHECKPOINTABLE_OBJECT_GRAPH"))
        stored = {
            attribute.full_name: attribute.checkpoint_key
            for node in graph.nodes
            for attribute in node.attributes
            if "optimizer" not in attribute.checkpoint_key and "keras_api/metrics" not in attribute.checkpoint_key
        }
        _check_claims(reader, set(stored.values()), folder)
        weights = [Weight(name, reader.get_tensor(key)) for name, key in stored.items()]
    except HeatlensError:
        raise
    except Exception as error:  # TensorFlow's many kinds of the same
        raise HeatlensError(f"The weights in {folder} are damaged or cut short; copy the folder again.") from error
    fill(network, [weight for weight in weights if hasattr(weight.array, "shape")], renamed, folder)


def check_weights(folder: Path) -> None:
    """A sentence where the weights are missing, damaged, or fewer than the index claims."""
    index = folder / "variables" / "variables"
    if not index.with_suffix(".index").is_file():
        return
    try:
        reader = tf.train.load_checkpoint(str(index))
        _check_claims(reader, set(reader.get_variable_to_shape_map()), folder)
    except HeatlensError:
        raise
    except Exception as error:  # as above
        raise HeatlensError(f"The weights in {folder} are damaged or cut short; copy the folder again.") from error


def _check_claims(reader: Any, keys: set[str], folder: Path) -> None:
    """The bytes of the numbers that the index of a checkpoint speaks of are there; they are not packed."""
    shapes, kinds = reader.get_variable_to_shape_map(), reader.get_variable_to_dtype_map()
    claimed = sum(math.prod(shapes[key]) * kinds[key].size for key in keys if kinds[key] != tf.string)
    held = sum(part.stat().st_size for part in (folder / "variables").glob("variables.data-*"))
    if claimed > held:
        raise HeatlensError(f"{folder} claims {claimed >> 20} MB of weights and holds {held} bytes; not opened.")


def _plain(part: Any) -> Any:
    """Tuples and shapes, which only this format marks as such, as lists."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("class_name") in ("__tuple__", "TensorShape") and "items" in part:
        return _plain(part["items"])
    return {key: _plain(value) for key, value in part.items()}


def _root(content: bytes) -> Iterator[bytes]:
    """What the metadata says of the model itself."""
    for _, entry in _fields(content):
        fields = dict(_fields(entry))
        if fields.get(_PATH) == b"root":
            yield fields[_CONTENT]


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbers and contents of the texts and messages in a protocol buffer."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        if key & 7 == 0:
            _, at = _number(message, at)
        elif key & 7 == 2:
            size, at = _number(message, at)
            if at + size > len(message):
                raise ValueError("cut short")
            yield key >> 3, message[at : at + size]
            at += size
        else:
            raise ValueError("not a message of texts")


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if shift > 63:
            raise ValueError("not a number")
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
