"""Archives and folders of Keras 2, and exports of Teachable Machine."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.shared import shared
from tests.tfcore.models.old_files import (
    PICTURES,
    arrays,
    conv,
    functional,
    inputs,
    layer,
    same,
    sentence,
    sequential,
    write,
)
from tfcore.errors import HeatlensError
from tfcore.models.loading import load_model

L = keras.layers


# --- other containers of Keras 2 ---


def small() -> tuple[dict[str, Any], np.ndarray, keras.Model]:
    (kernel,) = arrays((3, 3, 3, 4))
    config = functional(
        "model",
        [inputs("in", 8, 8, 3), conv("conv", "in", use_bias=False), layer("GlobalAveragePooling2D", "gap", "conv")],
        "gap",
    )
    original = keras.Sequential([L.Input((8, 8, 3)), L.Conv2D(4, 3, padding="same", use_bias=False)])
    original.add(L.GlobalAveragePooling2D())
    original.set_weights([kernel])
    return config, kernel, original


def test_a_keras_archive_of_keras_2_opens(tmp_path: Path) -> None:
    config, kernel, original = small()
    for entry in config["config"]["layers"]:
        entry.update(module="keras.layers", registered_name=None)
    config.update(module="keras.src.engine.functional", registered_name="Functional")
    weights = io.BytesIO()
    with h5py.File(weights, "w") as file:
        file["_layer_checkpoint_dependencies/conv2d/vars/0"] = kernel
    with zipfile.ZipFile(tmp_path / "m.keras", "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "2.13.1"}))
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", weights.getvalue())
    assert same(tmp_path / "m.keras", original)[0] == "written by Keras 2.13.1"


def saved_model(folder: Path, config: Any, kernel: np.ndarray) -> Path:
    """A SavedModel as far as it is read: metadata and checkpoint beside a graph that nobody looks at."""
    (folder / "variables").mkdir(parents=True)
    (folder / "saved_model.pb").write_bytes(b"not a graph")
    content = json.dumps(config).encode()
    nodes = ((b"root.layer-0", b"{}"), (b"root", content))
    metadata = [message(1, message(3, path) + message(5, noted)) for path, noted in nodes]
    (folder / "keras_metadata.pb").write_bytes(b"".join(metadata))
    holder = tf.Module()
    holder.kernel = tf.Variable(kernel, name="conv/kernel")
    tf.train.Checkpoint(root=holder).write(str(folder / "variables" / "variables"))
    return folder


def message(field: int, content: bytes) -> bytes:
    size, length = len(content), b""
    while size > 127:
        length, size = length + bytes([size % 128 + 128]), size // 128
    return bytes([field << 3 | 2]) + length + bytes([size]) + content


def test_a_saved_model_of_keras_2_opens_without_its_graph(tmp_path: Path) -> None:
    config, kernel, original = small()
    config["config"]["layers"][1]["config"]["kernel_size"] = {"class_name": "__tuple__", "items": [3, 3]}
    repaired = same(saved_model(tmp_path / "saved", config, kernel), original)
    assert repaired[0] == "written by Keras 2"


def test_a_saved_model_without_layers_is_looked_at_as_a_graph(tmp_path: Path) -> None:
    _, kernel, _ = small()
    folder = saved_model(tmp_path / "saved", {"class_name": "MyNet", "config": {}}, kernel)
    graph = r"saved_model\.pb is damaged or cut short"
    with pytest.raises(HeatlensError, match=graph):
        load_model(folder)
    (folder / "keras_metadata.pb").write_bytes(b"\x0a\x7f")
    with pytest.raises(HeatlensError, match=r"keras_metadata\.pb is damaged"):
        load_model(folder)
    (folder / "keras_metadata.pb").unlink()
    with pytest.raises(HeatlensError, match=graph):
        load_model(folder)


def test_a_saved_model_without_class_names_opens_or_says_what_is_wrong(tmp_path: Path) -> None:
    config, kernel, original = small()
    nameless = {"config": config["config"]}
    assert same(saved_model(tmp_path / "model", nameless, kernel), original)[0] == "written by Keras 2"
    del config["config"]["layers"][1]["class_name"]
    assert "not as Keras wrote it ('class_name')" in sentence(saved_model(tmp_path / "layer", config, kernel))
    folder = saved_model(tmp_path / "empty", config, kernel)
    (folder / "keras_metadata.pb").write_bytes(message(1, message(3, b"root")))
    assert "keras_metadata.pb is damaged" in sentence(folder)
    (folder / "keras_metadata.pb").write_bytes(b"\x80" * 1_000_000)
    assert "keras_metadata.pb is damaged" in sentence(folder)


def test_a_checkpoint_that_claims_more_than_it_holds_is_refused(tmp_path: Path) -> None:
    config, kernel, _ = small()
    folder = saved_model(tmp_path / "saved", config, kernel)
    data = next((folder / "variables").glob("variables.data-*"))
    data.write_bytes(data.read_bytes()[:100])
    assert "of weights and holds 100 bytes" in sentence(folder) or "damaged" in sentence(folder)


# --- Teachable Machine ---


def test_an_export_of_teachable_machine_opens_with_its_classes(tmp_path: Path) -> None:
    dense, last = arrays((3, 2), (2,))
    base = sequential("sequential_1", [inputs("a_in", 8, 8, 3), layer("GlobalAveragePooling2D", "gap")])
    head = sequential(
        "sequential_3", [inputs("b_in", 3), layer("Dense", "dense_Dense1", units=2, activation="softmax")]
    )
    config = sequential("sequential_4", [inputs("in", 8, 8, 3), base, head])
    weights = {"sequential_3": [("dense_Dense1/kernel:0", dense), ("dense_Dense1/bias:0", last)]}
    write(tmp_path / "keras_model.h5", config, weights)
    (tmp_path / "labels.txt").write_text("0 Grün\n1 no tumour\n", encoding="utf-8")
    model = load_model(tmp_path)
    assert model.classes == ("Grün", "no tumour")
    assert (model.card.scaling, model.card.colour, model.card.fit) == ("x/127.5-1", "rgb", "centre")
    assert model.card.guessed == ()
    scores = PICTURES.mean((1, 2)) @ dense + last
    np.testing.assert_allclose(model.logits(PICTURES), scores, rtol=1e-4, atol=1e-5)
    (tmp_path / "labels.txt").write_text("0 one\n1 two\n2 three\n")
    with pytest.raises(HeatlensError, match=r"labels\.txt names 3 classes, but the model has 2 outputs"):
        load_model(tmp_path)


@pytest.mark.slow
def test_a_real_export_of_teachable_machine_opens_and_predicts() -> None:
    model = load_model(shared("data", "models", "teachable_machine"))
    assert model.classes == ("Normal chest X-ray", "Covid19 chest X-ray", "Viral Pneumonia chest X-ray")
    assert model.card.repaired[0] == "written by Keras 2.4.0"
    batch = np.random.default_rng(0).uniform(-1, 1, (2, 224, 224, 3)).astype(np.float32)
    # What the Keras that wrote it says of the same batch.
    wanted = [[2.5602991e-02, 9.7412646e-01, 2.7061233e-04], [6.0656086e-02, 9.3912667e-01, 2.1729383e-04]]
    np.testing.assert_allclose(model.predict(batch), wanted, rtol=1e-3, atol=1e-6)
