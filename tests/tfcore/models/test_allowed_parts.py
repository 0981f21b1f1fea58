"""What is on the list opens without trust and computes what it computed; nothing else opens."""

from __future__ import annotations

import copy
import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from tests.fuzz.model_parts import calls, function, parts, thing
from tests.tfcore.models.old_files import PICTURES, functional, inputs, layer, network, sentence, write
from tfcore.errors import HeatlensError, NeedsTrust
from tfcore.models.loading import load_model
from tfcore.models.opening import allowed, checked, values

L = keras.layers
# One of these is what a layer's first settings accept.
_TRIES = (2, (2, 2), 0.5, [2, 2], (0.1, 0.2), "abc,cd->abd", "bec,cd->bed")


def made(kind: str) -> Any:
    """A layer of this type, with settings that it accepts."""
    given = {
        "Activation": {"activation": "relu"},
        "Permute": {"dims": (2, 1)},
        "InputLayer": {"shape": (8, 8, 3)},
        "EinsumDense": {"equation": "bhwc,cd->bhwd", "output_shape": (None, None, 4)},
        "Bidirectional": {"layer": L.LSTM(2)},
        "TimeDistributed": {"layer": L.Dense(2)},
        "SpectralNormalization": {"layer": L.Conv2D(2, 2)},
        "RNN": {"cell": [L.GRUCell(2), L.SimpleRNNCell(3)]},
        "StackedRNNCells": {"cells": [L.LSTMCell(2)]},
    }
    cls = getattr(L, kind)
    if kind in given:
        return cls(**given[kind])
    stated = inspect.signature(cls.__init__).parameters.values()
    needed = [each for each in stated if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD][1:]
    for value in _TRIES:
        try:
            return cls(*[value] * len(needed))
        except (ValueError, TypeError):
            continue
    raise AssertionError(kind)


@pytest.mark.parametrize("kind", sorted(allowed.LAYERS - {"GroupedQueryAttention"}))
def test_every_allowed_layer_comes_through_with_all_its_settings(kind: str) -> None:
    original = made(kind)
    stated = json.loads(json.dumps(keras.saving.serialize_keras_object(original)))
    new = checked.checked(copy.deepcopy(stated))
    assert new["config"].keys() == stated["config"].keys()
    again = keras.saving.deserialize_keras_object(new)
    assert type(again) is type(original)
    assert json.dumps(again.get_config(), default=str) == json.dumps(original.get_config(), default=str)


def test_every_allowed_name_is_one_of_keras() -> None:
    import importlib

    for home, kinds in allowed.OPERATIONS.items():
        module = importlib.import_module(f"keras.src.ops.{home}")
        for kind in kinds:
            assert issubclass(getattr(module, kind), keras.Operation), kind
    for module, classes, functions in allowed.SHELVES.values():
        home = getattr(keras, module.removeprefix("keras."))
        assert all(isinstance(getattr(home, each), type) for each in classes)
        for each in functions:
            assert callable(home.get(each))


def test_a_network_of_operations_and_odd_settings_opens_and_computes_the_same(tmp_path: Path) -> None:
    start = keras.Input((8, 8, 3))
    value = keras.ops.image.resize(start[:, ::2, :, :], (8, 8)) * 2.0 + np.arange(3, dtype="float32")
    value = keras.ops.where(value > 0, value, keras.ops.abs(value) ** 0.5)
    value = L.Conv2D(4, 3, activation=keras.activations.gelu, kernel_initializer=keras.initializers.Constant(0.1))(
        value
    )
    value = L.Normalization(mean=[0.1] * 4, variance=[2.0] * 4)(L.PReLU(shared_axes=[1, 2])(value))
    value = keras.ops.concatenate([value, keras.ops.cast(keras.ops.cast(value, "float16"), "float32")], axis=-1)
    value = keras.ops.pad(value, [[0, 0], [1, 1], [0, 0], [0, 0]], mode="reflect")
    value = L.Dense(2, bias_regularizer=keras.regularizers.L1L2(0.1, 0.2), kernel_constraint="non_neg")(
        keras.ops.mean(value, axis=[1, 2])
    )
    model = keras.Model(start, value)
    model.save(tmp_path / "m.keras")
    np.testing.assert_allclose(load_model(tmp_path / "m.keras").logits(PICTURES), model(PICTURES), rtol=1e-5, atol=1e-5)


def test_a_long_sequential_opens_with_every_layer(tmp_path: Path) -> None:
    model = network(*[L.Conv2D(3, 1) for _ in range(15)])
    model.save(tmp_path / "m.keras")
    opened = load_model(tmp_path / "m.keras")
    np.testing.assert_allclose(opened.logits(PICTURES), model(PICTURES), rtol=1e-4, atol=1e-5)


def test_a_class_of_the_user_s_own_opens_with_settings_of_any_kind(tmp_path: Path) -> None:
    @keras.saving.register_keras_serializable(package="tests")
    class Own(L.Layer):
        def __init__(
            self, layers: int = 3, layer: str = "a/b", inner: Any = None, act: Any = None, **more: Any
        ) -> None:
            super().__init__(**more)
            self.layers, self.layer, self.act = layers, layer, act
            self.inner = keras.saving.deserialize_keras_object(inner) if isinstance(inner, dict) else inner

        def call(self, value: Any) -> Any:
            return self.inner(value) * self.layers

        def get_config(self) -> dict[str, Any]:
            inner = keras.saving.serialize_keras_object(self.inner)
            return {**super().get_config(), "layers": self.layers, "layer": self.layer, "inner": inner, "act": self.act}

    try:
        start = {"class_name": "HeNormal", "module": "keras.initializers", "config": {}, "registered_name": None}
        model = network(Own(layers=2, inner=L.Conv2D(2, 1, activation="relu"), act=[start, "any text /at/all"]))
        model.save(tmp_path / "m.keras")
        opened = load_model(tmp_path / "m.keras")
        np.testing.assert_allclose(opened.logits(PICTURES), model(PICTURES), rtol=1e-5, atol=1e-5)
        network(Own(inner=L.Lambda(lambda value: value, name="hidden"))).save(tmp_path / "n.keras")
        with pytest.raises(NeedsTrust, match="Lambda"):
            load_model(tmp_path / "n.keras")
    finally:
        del keras.saving.get_custom_objects()["tests>Own"]


# --- everything else asks for trust ---


def spoilt(tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """Good architectures with one of each attacker's part at each place that takes one."""
    marker = tmp_path / "marker"
    marker.mkdir()
    start = keras.Input((8, 8, 3))
    model = keras.Model(start, L.Dense(2)(L.Flatten()(L.Conv2D(2, 3, activation="relu")(start))))
    good = model.to_json()
    for name, part in parts(marker).items():
        if name == "another registered":
            continue  # one of Heatlens's own, by that name
        for key in (
            "activation",
            "kernel_initializer",
            "bias_regularizer",
            "kernel_constraint",
            "dtype",
            "padding",
            "name",
        ):
            if key == "name" and isinstance(part, str):
                continue  # a name may be any text
            config = json.loads(good)
            config["config"]["layers"][1]["config"][key] = part
            yield f"{name} as {key}", config
        config = json.loads(good)
        config["config"]["layers"][1]["inbound_nodes"][0]["kwargs"]["mask"] = part
        yield f"{name} in a call", config
        if isinstance(part, dict):
            config = json.loads(good)
            config["config"]["layers"][1].update({key: part[key] for key in part if key != "name"})
            yield f"{name} as a layer", config
            config = json.loads(good)
            wrapper = {"layer": part, "name": "conv2d"}
            config["config"]["layers"][1].update(class_name="TimeDistributed", module="keras.layers", config=wrapper)
            yield f"{name} in a wrapper", config
    for name, call in calls(marker).items():
        for kind in (("keras.src.ops.core", "Switch"), ("keras.layers", "Add")):
            config = json.loads(good)
            row = config["config"]["layers"]
            row.append({**thing(*kind), "inbound_nodes": [call]})
            yield f"{name} of {kind[1]}", config


def test_no_stranger_s_part_opens_anywhere(tmp_path: Path) -> None:
    before = keras.config.floatx(), keras.config.image_data_format(), keras.config.dtype_policy()
    for number, (name, config) in enumerate(spoilt(tmp_path)):
        with pytest.raises((values.NotAllowed, ValueError, HeatlensError, AttributeError)):
            assert checked.checked(copy.deepcopy(config)) is None, name
        if number % 20 == 0:
            (tmp_path / "m.json").write_text(json.dumps(config))
            assert sentence(tmp_path / "m.json"), name
    assert list((tmp_path / "marker").iterdir()) == []
    assert before == (keras.config.floatx(), keras.config.image_data_format(), keras.config.dtype_policy())


def test_an_operation_that_would_run_a_function_is_named(tmp_path: Path, saved: Path) -> None:
    config = json.loads((saved / "architecture.json").read_text())
    call = {"args": [0, [function("keras.layers", "TFSMLayer")], str(tmp_path)], "kwargs": {}}
    config["config"]["layers"].append({**thing("keras.src.ops.core", "Switch"), "inbound_nodes": [call]})
    (tmp_path / "m.json").write_text(json.dumps(config))
    with pytest.raises(NeedsTrust, match=r"contains the part keras\.src\.ops\.core\.Switch named 'sly'.*--trust"):
        load_model(tmp_path / "m.json")


@pytest.mark.parametrize("setting", ["activation", "recurrent_activation"])
def test_an_old_file_s_settings_are_looked_at_as_well(tmp_path: Path, setting: str) -> None:
    hidden = function("keras.saving", "load_model")
    lstm = layer("LSTM", "lstm", "rows", units=2, **{setting: hidden})
    rows = layer("Reshape", "rows", "in", target_shape=[64, 3])
    path = write(tmp_path / "m.h5", functional("m", [inputs("in", 8, 8, 3), rows, lstm], "lstm"))
    assert "load_model" in sentence(path)


def test_an_optimizer_or_a_loss_is_never_built(tmp_path: Path, saved: Path) -> None:
    config = json.loads((saved / "architecture.json").read_text())
    config["compile_config"] = {"optimizer": thing("keras.optimizers", "Adam"), "loss": "no such loss"}
    config["config"]["layers"][1]["compile_config"] = config["compile_config"]
    (tmp_path / "m.json").write_text(json.dumps(config))
    (tmp_path / "m.weights.h5").write_bytes((saved / "model.weights.h5").read_bytes())
    assert getattr(load_model(tmp_path / "m.json").keras, "optimizer", None) is None


def test_a_file_that_changes_keras_is_refused_and_undone(tmp_path: Path) -> None:
    @keras.saving.register_keras_serializable(package="tests")
    class Changing(L.Layer):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            keras.config.set_floatx("float64")

        def call(self, value: Any) -> Any:
            return value

    model = network(Changing(name="sly"))
    keras.config.set_floatx("float32")
    model.save(tmp_path / "m.keras")
    try:
        assert "changed floatx of Keras while it opened" in sentence(tmp_path / "m.keras")
        assert keras.config.floatx() == "float32"
    finally:
        keras.config.set_floatx("float32")
        del keras.saving.get_custom_objects()["tests>Changing"]
