"""Files that ask for more than there is, or for work without end, are refused before any of it begins."""

from __future__ import annotations

import io
import json
import os
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from tests.tfcore.models.old_files import PICTURES, functional, inputs, layer, network, sentence, write
from tests.tfcore.models.test_untrusted_files import changed
from tfcore.cli import main
from tfcore.errors import HeatlensError
from tfcore.models.loading import load_model
from tfcore.models.opening import budget, hdf5

L = keras.layers


def setting(place: int, **settings: Any) -> Callable[[Any], None]:
    return lambda config: config["config"]["layers"][place]["config"].update(settings)


@pytest.mark.parametrize(
    ("place", "settings", "number"),
    [
        (1, {"kernel_size": [20000, 20000], "padding": "same"}, "35.8 GB for its weights"),
        (-1, {"units": 10**9}, "37.3 GB for its weights"),
        (0, {"batch_shape": [None, 10**5, 10**5, 3]}, "111.8 GB or more for one picture"),
    ],
)
def test_what_would_not_fit_is_refused_with_the_number(
    tmp_path: Path, saved: Path, place: int, settings: Any, number: str
) -> None:
    path = changed(saved, tmp_path / "m.keras", setting(place, **settings))
    assert number in sentence(path, memory=11.0)
    assert "may take 11.0 GB here" in sentence(path, memory=11.0)


@pytest.mark.parametrize("shape", [(32, 32, 3), (None, None, 3)])
def test_steps_that_are_fine_alone_are_added_up(tmp_path: Path, shape: tuple[int | None, ...]) -> None:
    row = [{"module": "keras.layers", "class_name": "UpSampling2D", "registered_name": None,
            "config": {"name": f"up{number}", "size": [2, 2]}} for number in range(12)]  # fmt: skip
    config = json.loads(keras.Sequential([L.Input(shape), L.ReLU(), L.GlobalAveragePooling2D()]).to_json())
    config["config"]["layers"][2:2] = row
    (tmp_path / "m.json").write_text(json.dumps(config))
    assert "or more for one picture" in sentence(tmp_path / "m.json")


@pytest.mark.parametrize(
    "inside",
    [
        lambda: [L.Reshape((262144, 1)), L.MultiHeadAttention(2, 1, name="wide")],
        lambda: [L.SeparableConv2D(1, 1, depth_multiplier=20_000)],
        lambda: [L.Reshape((512, 512, 1, 1)), L.TimeDistributed(L.Conv2D(10_000, 1, padding="same"))],
        lambda: [keras.Sequential([L.Input((512, 512, 1)), L.UpSampling2D(100), L.MaxPooling2D(100)])],
    ],
)
def test_what_layers_hold_inside_counts(tmp_path: Path, inside: Any) -> None:
    start = keras.Input((512, 512, 1))
    value = start
    for each in inside():
        value = each(value, value) if each.name == "wide" else each(value)
    (tmp_path / "m.json").write_text(keras.Model(start, L.Flatten()(value)).to_json())
    assert "or more for one picture" in sentence(tmp_path / "m.json", memory=4.0)


def test_an_old_file_is_counted_too(tmp_path: Path) -> None:
    dense = layer("Dense", "dense", "flat", units=10**9)
    path = write(
        tmp_path / "m.h5", functional("m", [inputs("in", 8, 8, 3), layer("Flatten", "flat", "in"), dense], "dense")
    )
    assert "GB for its weights" in sentence(path)


def test_memory_may_be_stated_and_counting_leaves_no_trace(saved: Path) -> None:
    assert "may take 0.0 GB here" in sentence(saved / "model.keras", memory=1e-6)
    from keras.src.backend.common.global_state import get_global_attribute

    assert not get_global_attribute("uninitialized_variables")
    opened = load_model(saved / "model.keras", memory=1.0)
    np.testing.assert_allclose(opened.logits(PICTURES), np.load(saved / "scores.npy"), rtol=1e-5)
    assert 1 << 28 < budget.machine_memory() < 1 << 50


# --- work without end ---


def test_models_within_models_are_counted_as_they_are_laid_out(tmp_path: Path) -> None:
    start = keras.Input((None, None, 3))
    model = keras.Model(start, L.ReLU()(start))
    for _ in range(15):
        start = keras.Input((None, None, 3))
        model = keras.Model(start, model(model(start)))
    (tmp_path / "m.json").write_text(model.to_json())
    assert "nested models make more than 20,000 calls" in sentence(tmp_path / "m.json")


def test_layers_by_the_thousand_and_out_of_order_are_refused(tmp_path: Path, saved: Path) -> None:
    config = json.loads((saved / "architecture.json").read_text())
    one = config["config"]["layers"][1]
    config["config"]["layers"][1:1] = [one] * 4000
    (tmp_path / "m.json").write_text(json.dumps(config))
    assert "more than 3,000 layers" in sentence(tmp_path / "m.json")
    start = keras.Input((8, 8, 3))
    value = start
    for _ in range(500):
        value = L.ReLU()(value)
    config = json.loads(keras.Model(start, value).to_json())
    config["config"]["layers"].reverse()
    (tmp_path / "m.json").write_text(json.dumps(config))
    assert "stand in no order" in sentence(tmp_path / "m.json")


def test_long_json_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", "[" + "{}," * 5_000_000 + "1]")
        archive.writestr("model.weights.h5", b"")
    assert "more than 1,000,000 parts" in sentence(tmp_path / "m.keras")
    (tmp_path / "m.json").write_text('{"class_name": "Model", "config": "' + "x" * (17 << 20) + '"}')
    assert "more than 16 MB" in sentence(tmp_path / "m.json")


def test_groups_without_end_are_refused(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "m.h5", "w") as file:
        group: Any = file
        for _ in range(600):
            group = group.create_group("g")
    assert "more than 200 levels deep" in sentence(tmp_path / "m.h5")
    with h5py.File(tmp_path / "n.h5", "w") as file:
        file["again"] = file["/"]
        file["soft"] = h5py.SoftLink("/soft")
    assert "holds weights but no architecture" in sentence(tmp_path / "n.h5")


def test_names_that_claim_gigabytes_are_refused(tmp_path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "m.h5"
    path.write_bytes((saved / "whole.h5").read_bytes())
    with h5py.File(path, "a", libver="latest") as file:
        file.attrs["layer_names0"] = np.zeros(2000, "i1")
    monkeypatch.setattr(hdf5, "_SMALL", 0)
    monkeypatch.setattr(hdf5, "_length", lambda _: 1 << 34)
    assert "claims 16384 MB of names at" in sentence(path)


def test_a_thousand_names_that_are_one_long_text_are_refused(tmp_path: Path, saved: Path, monkeypatch: Any) -> None:
    path = tmp_path / "m.h5"
    path.write_bytes((saved / "whole.h5").read_bytes())
    with h5py.File(path, "a") as file:
        file.attrs["names"] = ["a" * 1000] * 2000
    monkeypatch.setattr(hdf5, "_MOST_TEXT", 1 << 28)
    assert "holds 2,000 texts, which may take" in sentence(path)


def test_an_archive_of_a_hundred_thousand_copies_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.keras", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number in range(20_000):
            archive.writestr(f"{number % 10_000}", b"")
    assert "twice; it was not written by Keras" in sentence(tmp_path / "m.keras")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_devices_are_no_models_and_no_cards(tmp_path: Path, saved: Path) -> None:
    os.mkfifo(tmp_path / "m.keras")
    assert "is a pipe, a socket or a device" in sentence(tmp_path / "m.keras")
    assert "is a pipe, a socket or a device" in sentence("/dev/zero")
    assert sentence("zoo:vgg16", weights=tmp_path / "m.keras")
    path = changed(saved, tmp_path / "n.keras", lambda config: config)
    os.mkfifo(tmp_path / "n.json")
    assert "is a pipe, a socket or a device" in sentence(path)
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "n.weights.h5").write_bytes((saved / "model.weights.h5").read_bytes())
    os.mkfifo(tmp_path / "weights" / "other.json")
    assert "holds weights but no architecture" in sentence(tmp_path / "weights" / "n.weights.h5")


def test_a_million_labels_are_counted_and_not_compared(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network(L.Conv2D(4, 3)).save(tmp_path / "keras_model.h5")
    (tmp_path / "labels.txt").write_text("\n".join(f"{number} a{number}" for number in range(10**6)))
    assert "names 1000000 classes, but the model has 2 outputs" in sentence(tmp_path)


# --- interrupted ---


def test_ctrl_c_while_hdf5_reads_is_no_damaged_file(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    for name in ("_length", "_of_attributes", "_text"):
        for path in (saved / "whole.h5", saved / "model.keras"):
            with monkeypatch.context() as patched:
                patched.setattr(hdf5, name, interrupted)
                with pytest.raises(KeyboardInterrupt):
                    load_model(path)


def test_weights_of_an_archive_lie_nowhere_afterwards(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    load_model(saved / "model.keras")
    assert list(tmp_path.iterdir()) == []
    stream = io.BytesIO()
    with h5py.File(stream, "w") as file:
        file["x"] = np.zeros(3)
    with zipfile.ZipFile(saved / "model.keras") as whole, zipfile.ZipFile(tmp_path / "m.keras", "w") as archive:
        archive.writestr("config.json", whole.read("config.json"))
        archive.writestr("model.weights.h5", stream.getvalue())
    assert "do not fit the model" in sentence(tmp_path / "m.keras")
    assert [path.name for path in tmp_path.iterdir()] == ["m.keras"]


def test_memory_can_be_allowed_by_card_and_by_flag(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(saved, tmp_path / "m.keras", lambda _: None)
    ask = ["card", str(path), "--json"]
    assert main([*ask, "--memory", "0.000001"], lambda _: 1) == 2
    assert "may take 0.0 GB here" in capsys.readouterr().err
    (tmp_path / "m.json").write_text(json.dumps({"memory": 1e-6}))
    assert main(ask, lambda _: 1) == 2
    assert main([*ask, "--memory", "2"], lambda _: 1) == 0
    assert json.loads((tmp_path / "m.json").read_text())["memory"] == 2
    assert main(ask, lambda _: 1) == 0
    assert main([*ask, "--memory", "nan"], lambda _: 1) == 2


def test_a_heap_of_texts_without_an_end_is_seen_before_hdf5_enters_it(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "whole.h5", "w") as file:
        file.attrs["model_config"] = "{}"
    content = bytearray((tmp_path / "whole.h5").read_bytes())
    at = content.index(b"GCOL")
    content[at + 16 : at + 32] = bytes(16)
    (tmp_path / "m.h5").write_bytes(content)
    assert "is damaged or cut short" in sentence(tmp_path / "m.h5")


def test_a_pipe_in_the_place_of_weights_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(network(L.ReLU()).to_json())
    os.mkfifo(tmp_path / "m.weights.h5")
    os.mkfifo(tmp_path / "other.h5")
    for weights in (None, tmp_path / "other.h5"):
        with pytest.raises(HeatlensError):
            load_model(tmp_path / "m.json", weights=weights)
