"""Files that carry code, reach out of themselves or claim too much are refused in one sentence."""

from __future__ import annotations

import io
import json
import shutil
import warnings
import zipfile
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from tests.tfcore.models.old_files import PICTURES, functional, inputs, layer, network, sentence, sequential, write
from tfcore.errors import NeedsTrust
from tfcore.models.loading import load_model

L = keras.layers


# --- code ---


def with_lambda(tmp_path: Path) -> list[Path]:
    model = network(L.Lambda(lambda x: x * 2, name="twice"))
    model.save(tmp_path / "m.keras")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save(tmp_path / "m.h5")
    return [tmp_path / "m.keras", tmp_path / "m.h5"]


def test_a_lambda_needs_trust_and_is_named(tmp_path: Path) -> None:
    for path in with_lambda(tmp_path):
        with pytest.raises(NeedsTrust, match=r"contains the Lambda layer 'twice'.*--trust"):
            load_model(path)
        assert load_model(path, trust=True).logits(PICTURES).shape == (2, 2)


def test_a_lambda_of_keras_2_needs_trust_and_computes(tmp_path: Path) -> None:
    code, defaults, closure = keras.src.utils.python_utils.func_dump(lambda x: x * 2)
    act = layer("Lambda", "twice", "in", function=[code, defaults, closure], function_type="lambda", module="__main__",
                output_shape=None, output_shape_type="raw", output_shape_module=None, arguments={})  # fmt: skip
    flat = layer("Flatten", "flat", "twice")
    path = write(tmp_path / "m.h5", functional("m", [inputs("in", 8, 8, 3), act, flat], "flat"))
    with pytest.raises(NeedsTrust, match="the Lambda layer 'twice'"):
        load_model(path)
    wanted = 2 * PICTURES.reshape(2, -1)
    np.testing.assert_allclose(load_model(path, trust=True).logits(PICTURES), wanted, rtol=1e-5)


@pytest.mark.parametrize("kind", ["TFSMLayer", "TorchModuleWrapper", "JaxLayer"])
def test_layers_that_unpack_other_programs_need_trust(tmp_path: Path, kind: str) -> None:
    inside = sequential("inner", [layer(kind, "sly")])
    path = write(tmp_path / "m.h5", sequential("s", [inputs("in", 8, 8, 3), inside]))
    with pytest.raises(NeedsTrust, match=f"the {kind} layer 'sly'"):
        load_model(path)


def test_a_function_hidden_in_a_setting_needs_trust(tmp_path: Path) -> None:
    hidden = {"class_name": "__lambda__", "config": {"value": "4wAAAAA="}}
    path = write(
        tmp_path / "m.h5", sequential("s", [inputs("in", 8, 8, 3), layer("Activation", "a", activation=hidden)])
    )
    with pytest.raises(NeedsTrust, match="contains a Lambda layer"):
        load_model(path)


@pytest.mark.parametrize("module", ["os", "builtins", "my_package.layers", "keras_hub.layers"])
def test_a_class_from_elsewhere_is_no_layer(tmp_path: Path, saved: Path, module: str) -> None:
    def change(config: Any) -> None:
        config["config"]["layers"][1].update(module=module, class_name="Conv2D")

    path = changed(saved, tmp_path / "m.keras", change)
    assert "of type Conv2D, which Keras does not have" in sentence(path)


# --- archives and files that lie ---


def changed(saved: Path, path: Path, change: Any) -> Path:
    """The archive with its configuration changed."""
    with zipfile.ZipFile(saved / "model.keras") as whole, zipfile.ZipFile(path, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "config.json":
                config = json.loads(content)
                config = change(config) or config
                content = json.dumps(config).encode()
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../b", "..\\outside", "C:/outside"])
def test_no_path_leads_out_of_the_archive(tmp_path: Path, saved: Path, name: str) -> None:
    path = Path(shutil.copy(saved / "model.keras", tmp_path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"x")
    assert "points outside the archive" in sentence(path)


def test_an_archive_that_unpacks_to_memory_s_end_is_refused(tmp_path: Path, saved: Path) -> None:
    path = Path(shutil.copy(saved / "model.keras", tmp_path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("assets/zeros", bytes(80 << 20))
    assert "'assets/zeros', which claims 80 MB" in sentence(path)


def test_many_small_claims_are_one_large_one(tmp_path: Path, saved: Path) -> None:
    path = Path(shutil.copy(saved / "model.keras", tmp_path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"assets/{number}", bytes(40 << 20))
    assert "claims 120 MB in" in sentence(path)
    path = Path(shutil.copy(saved / "whole.h5", tmp_path / "m.h5"))
    with h5py.File(path, "a") as file:
        for number in range(3):
            file.create_dataset(f"model_weights/{number}", shape=(10 << 20,), dtype="f4", chunks=(1024,))
    assert "claims 120 MB of weights and holds" in sentence(path)


def test_weights_that_claim_terabytes_are_refused(tmp_path: Path, saved: Path) -> None:
    path = Path(shutil.copy(saved / "whole.h5", tmp_path / "m.h5"))
    with h5py.File(path, "a") as file:
        file.create_dataset("model_weights/huge", shape=(1 << 40,), dtype="f4", chunks=(1024,))
    assert "claims 4194304 MB of weights at 'model_weights/huge'" in sentence(path)
    inside = io.BytesIO()
    with h5py.File(inside, "w") as file:
        file.create_dataset("layers/conv2d/vars/0", shape=(1 << 40,), dtype="f4", chunks=(1024,))
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(tmp_path / "m.keras", "w", method) as archive:
            with zipfile.ZipFile(saved / "model.keras") as whole:
                archive.writestr("config.json", whole.read("config.json"))
            archive.writestr("model.weights.h5", inside.getvalue())
        assert "claims 4194304 MB" in sentence(tmp_path / "m.keras")


def test_a_file_that_reaches_into_others_is_refused(tmp_path: Path, saved: Path) -> None:
    path = Path(shutil.copy(saved / "whole.h5", tmp_path / "m.h5"))
    with h5py.File(path, "a") as file:
        file["model_weights/link"] = h5py.ExternalLink("/etc/other.h5", "/secret")
    assert "reaches into another file at 'model_weights/link'" in sentence(path)
    path = Path(shutil.copy(saved / "whole.h5", tmp_path / "n.h5"))
    with h5py.File(path, "a") as file:
        file.create_dataset("model_weights/raw", (4,), "f4", external=[("/etc/hostname", 0, 16)])
    assert "reaches into another file at 'model_weights/raw'" in sentence(path)


def test_absurd_configurations_are_refused(tmp_path: Path, saved: Path) -> None:
    deep = "[" * 300 + "]" * 300
    path = write(tmp_path / "deep.h5", {})
    with h5py.File(path, "a") as file:
        file.attrs["model_config"] = deep
    assert "more than 200 levels deep" in sentence(path)
    (tmp_path / "a.json").write_text('{"class_name": ' + "[" * 200_000)
    assert "more than 200 levels deep" in sentence(tmp_path / "a.json")
    with zipfile.ZipFile(tmp_path / "m.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", " " * (65 << 20))
    assert "'config.json', which claims 65 MB" in sentence(tmp_path / "m.keras")


@pytest.mark.parametrize(
    "config",
    [
        [],
        3,
        {},
        {"class_name": "Sequential"},
        {"class_name": "Sequential", "config": 4},
        {"class_name": ["Sequential"], "config": {"layers": [7]}},
        {"class_name": "Functional", "config": {"layers": {}, "input_layers": 3}},
        {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense"}]}},
    ],
)
def test_configurations_of_another_make_are_one_sentence(tmp_path: Path, saved: Path, config: Any) -> None:
    for version in ("2.4.0", "3.1.0"):
        assert sentence(write(tmp_path / "m.h5", config, version=version))
    assert sentence(changed(saved, tmp_path / "m.keras", lambda _: config or [1]))
