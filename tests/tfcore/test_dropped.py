"""What was dropped is told by what it holds, whatever it is called and however broken it is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

import resources
from tfcore.dropped import kind_of

PICTURE = resources.path("demo") / "P0132.png"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one of each."""
    folder = tmp_path_factory.mktemp("dropped")
    network = keras.Sequential([keras.layers.Input((8, 8, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
    network.save(folder / "old.h5")
    (folder / "old.h5").rename(folder / "net.model")
    network.save(folder / "new.keras")
    (folder / "pair.json").write_text(network.to_json())
    network.save_weights(folder / "pair.weights.h5")
    (folder / "saved").mkdir()
    (folder / "saved" / "saved_model.pb").write_bytes(b"")
    (folder / "run" / "plots").mkdir(parents=True)
    (folder / "run" / "model.keras").write_bytes((folder / "new.keras").read_bytes())
    (folder / "run" / "plots" / "curve.png").write_bytes(PICTURE.read_bytes())
    (folder / "pictures").mkdir()
    for name in ("1.png", "model.keras"):
        (folder / "pictures" / name).write_bytes(PICTURE.read_bytes())
    (folder / "picture without ending").write_bytes(PICTURE.read_bytes())
    (folder / "table.CSV").write_text("file,class\n1.png,a\n")
    coco = {"info": {}, "images": [], "x": "y" * 9000, "annotations": [], "categories": []}
    (folder / "coco.json").write_text(json.dumps(coco))
    # Broken, or something else.
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.keras").write_bytes((folder / "new.keras").read_bytes()[:2000])
    (folder / "cut.model").write_bytes((folder / "net.model").read_bytes()[:3000])
    (folder / "pointer.keras").write_text("version https://git-lfs.github.com/spec/v1\n")
    (folder / "picture.keras").write_bytes(PICTURE.read_bytes())
    np.savez(folder / "arrays.npz", a=np.zeros(3))
    with h5py.File(folder / "volumes.mat", "w") as file:
        file["a"] = np.zeros(3)
    (folder / "record.json").write_text('{"program": "heatlens"}')
    (folder / "letter.txt").write_text("class_name config")
    (folder / "slice.dcm").write_bytes(bytes(128) + b"DICM")
    os.mkfifo(folder / "pipe.png")
    return folder


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "model") for name in ("net.model", "new.keras", "pair.json", "pair.weights.h5", "saved", "run")),
        *((name, "model") for name in ("cut.keras", "cut.model", "pointer.keras")),
        *((name, "picture") for name in ("picture without ending", "picture.keras", "empty.png", "slice.dcm")),
        *((name, "data") for name in ("table.CSV", "coco.json")),
        ("pictures", "folder"),
        *((name, None) for name in ("arrays.npz", "volumes.mat", "record.json", "letter.txt")),
        *((name, None) for name in ("pipe.png", "not there.png", "no\0name.txt")),
    ],
)
def test_kinds(made: Path, name: str, kind: str | None) -> None:
    assert kind_of(made / name) == kind
