"""What an attacker would put into a model file, and good networks to put it into."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tests.tfcore.models.old_files import functional, inputs, layer, sequential

Config = dict[str, Any]


def function(module: str, name: str) -> Config:
    return {"class_name": "function", "module": module, "config": name, "registered_name": name}


def thing(module: str | None, kind: str, registered: str | None = None, **settings: Any) -> Config:
    named = {"name": "sly", **settings}
    return {"class_name": kind, "module": module, "config": named, "registered_name": registered, "name": "sly"}


def parts(marker: Path) -> dict[str, Any]:
    """Parts that run, read or write something where they are believed, by name; the marker is what they would touch."""
    path = str(marker / "written")
    saved = str(marker)
    code = {"class_name": "__lambda__", "config": {"value": "4wAAAAA=", "defaults": None, "closure": None}}
    raw = {"class_name": "__lambda__", "config": {"code": "4wAAAAA=", "defaults": None, "closure": None}}
    typespec = {"class_name": "__typespec__", "spec_name": "TensorSpec", "module": "tensorflow", "config": [[1], "a"],
                "registered_name": None}  # fmt: skip
    found = {
        "Lambda": thing("keras.layers", "Lambda", function=code),
        "Lambda of old": thing("keras.layers", "Lambda", function=["4wAAAAA=", None, None], function_type="lambda"),
        "Lambda by function": thing("keras.layers", "Lambda", function=function("keras.utils", "get_file")),
        "bare lambda": code,
        "bare lambda, old": raw,
        "TFSMLayer": thing("keras.layers", "TFSMLayer", filepath=saved, call_endpoint="serve"),
        "TFSMLayer inside": thing("keras.src.export.tfsm_layer", "TFSMLayer", filepath=saved),
        "TorchModuleWrapper": thing("keras.layers", "TorchModuleWrapper", pickled="gASVAAAA"),
        "JaxLayer": thing("keras.layers", "JaxLayer", call_fn=function("keras.saving", "load_model")),
        "FlaxLayer": thing("keras.layers", "FlaxLayer", code=code),
        "StringLookup": thing("keras.layers", "StringLookup", vocabulary=path),
        "IntegerLookup": thing("keras.layers", "IntegerLookup", vocabulary="/etc/hostname"),
        "TextVectorization": thing("keras.layers", "TextVectorization", vocabulary=path),
        "FeatureSpace": thing("keras.utils", "FeatureSpace"),
        "typespec": typespec,
        "bytes": {"class_name": "__bytes__", "config": {"value": path}},
        "objects": {"class_name": "__numpy__", "config": {"value": [path], "dtype": "O"}},
        "texts": {"class_name": "__tensor__", "config": {"value": [path], "dtype": "string"}},
        "a stranger's class": thing("os", "system"),
        "a module that says so": thing("antigravity", "Dense", units=2),
        "keras_hub": thing("keras_hub.layers", "Dense", units=2),
        "another registered": thing("keras.layers", "Dense", "heatlens>ClassToken", units=2),
        "a name of the registry": thing("keras.layers", "Dense", "nobody>Knows", units=2),
        "a model in Python": thing("keras.models", "load_model"),
        "an optimizer": thing("keras.optimizers", "Adam"),
        "a loss": thing("keras.losses", "MeanSquaredError"),
        "a metric": thing("keras.metrics", "Accuracy"),
        "a callback": thing("keras.callbacks", "CSVLogger", filename=path),
        "a trainer": thing("keras.src.trainers.trainer", "Trainer"),
        "the base layer": thing("keras.layers", "Layer"),
        "an input function": thing("keras.layers", "Input"),
        "a file writer": thing("keras.src.utils.io_utils", "print_msg"),
        "a path": path,
        "an address": "https://localhost:9/model.keras",
    }
    for kind in ("Switch", "Cond", "Map", "Scan", "WhileLoop", "ForiLoop", "VectorizedMap", "AssociativeScan"):
        found[kind] = thing("keras.src.ops.core", kind)
    for kind in ("Arange", "Linspace", "Full"):
        found[kind] = thing("keras.src.ops.numpy", kind)
    functions = (
        "keras.visualization.plot_image_gallery keras.config.set_floatx keras.config.set_image_data_format "
        "keras.config.set_dtype_policy keras.config.enable_unsafe_deserialization keras.config.set_epsilon "
        "keras.utils.get_file keras.utils.save_img keras.utils.plot_model keras.saving.load_model keras.ops.switch "
        "keras.utils.set_random_seed keras.layers.TFSMLayer keras.layers.deserialize keras.activations.deserialize "
        "keras.activations.get keras.models.clone_model keras.backend.clear_session os.system builtins.exec"
    )
    for full in functions.split():
        module, _, name = full.rpartition(".")
        found[full] = function(module, name)
    return found


def calls(marker: Path) -> dict[str, Config]:
    """Calls that would do something at once, since none of their arguments is a tensor of the graph."""
    path = str(marker / "written")
    made = {
        "Switch to a file": [0, [function("keras.layers", "TFSMLayer")], str(marker)],
        "Switch to a setting": [0, [function("keras.config", "set_floatx")], "float64"],
        "Switch to the format": [0, [function("keras.config", "set_image_data_format")], "channels_first"],
        "Switch to a policy": [0, [function("keras.config", "set_dtype_policy")], "mixed_float16"],
        "Switch to a gallery": [0, [function("keras.visualization", "plot_image_gallery")], [[[[1.0]]]], path],
        "a path": [path],
        "nothing": [],
        "numbers": [1, 2, 3],
    }
    return {name: {"args": args, "kwargs": {}} for name, args in made.items()}


# --- good networks ---


@cache
def good(name: str) -> tuple[str, bytes]:
    """Architecture and weights of a network of today, as Keras writes them."""
    network = _NETWORKS[name]()
    stream = io.BytesIO()
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        network.save(Path(folder) / "m.keras")
        with zipfile.ZipFile(Path(folder) / "m.keras") as archive:
            stream.write(archive.read("model.weights.h5"))
            return archive.read("config.json").decode(), stream.getvalue()


def _plain() -> Any:
    import keras

    L = keras.layers
    row = [L.Input((8, 8, 3)), L.Rescaling(1 / 255), L.Conv2D(4, 3, activation="relu", kernel_regularizer="l2")]
    row += [L.BatchNormalization(), L.UpSampling2D(2), L.Dropout(0.1), L.GlobalAveragePooling2D()]
    return keras.Sequential([*row, L.Dense(2, activation="softmax")])


def _graph() -> Any:
    import keras

    L = keras.layers
    start = keras.Input((8, 8, 3))
    one = L.Conv2D(4, 3, padding="same", kernel_constraint=keras.constraints.MaxNorm(2))(start)
    two = keras.ops.relu(one[:, ::-1] / 2.0 - 0.5)
    shared = L.DepthwiseConv2D(3, padding="same")
    both = L.Concatenate()([shared(two), shared(one), keras.ops.mean(two, axis=-1, keepdims=True)])
    out = L.Dense(2)(L.GroupNormalization(3)(keras.ops.mean(both, axis=(1, 2))))
    return keras.Model(start, out)


def _nested() -> Any:
    import keras

    L = keras.layers
    start = keras.Input((8, 8, 3))
    inner = keras.Sequential([L.Input((8, 8, 3)), L.RandomFlip(), L.Conv2D(4, 3), L.LeakyReLU()])
    tokens = L.Reshape((36, 4))(inner(start))
    tokens = L.LayerNormalization()(L.MultiHeadAttention(2, 2)(tokens, tokens) + tokens)
    tokens = L.Bidirectional(L.LSTM(2, return_sequences=True))(tokens)
    tokens = L.TimeDistributed(L.Dense(3))(tokens)
    return keras.Model(start, L.Dense(2)(L.GlobalMaxPooling1D()(tokens)))


_NETWORKS: dict[str, Callable[[], Any]] = {"plain": _plain, "graph": _graph, "nested": _nested}
NETWORKS = tuple(_NETWORKS)


def old(name: str) -> str:
    """Architectures of Keras 2."""
    conv = layer("Conv2D", "conv", "in", filters=4, kernel_size=[3, 3], activation="relu")
    if name == "plain":
        row = [inputs("in", 8, 8, 3), conv, layer("Flatten", "flat"), layer("Dense", "dense", units=2)]
        return json.dumps(sequential("s", row))
    gap = layer("GlobalAveragePooling2D", "gap", "half")
    half = layer("TFOpLambda", "half", ["conv", 0, 0, {"y": 0.5}], function="math.multiply")
    return json.dumps(functional("f", [inputs("in", 8, 8, 3), conv, half, gap], "gap"))
