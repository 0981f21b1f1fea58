"""A network that nobody has trained says so wherever its answers go."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

import resources
import tfcore
from tfcore.cli import DONE, main

PICTURE = str(resources.path("demo") / "P0132.png")
SMALL = {"classes": 2, "input_shape": (32, 32, 3)}


def test_where_weights_come_from(tmp_path: Path) -> None:
    model = tfcore.build("cnn-2", **SMALL)
    assert model.info().weights == "random"
    assert model.card.provenance["weights"] == "random"
    model.keras.save(tmp_path / "m.keras")
    model.keras.save_weights(tmp_path / "m.weights.h5")
    assert tfcore.load_model(tmp_path / "m.keras").info().weights == "file"
    assert tfcore.build("cnn-2", weights=tmp_path / "m.weights.h5", **SMALL).info().weights == "file"
    assert tfcore.load_model(model.keras).info().weights == "given"
    assert tfcore.load_model("demo").info().weights == "file"


def test_weights_that_were_loaded_or_learnt_since_are_not_random() -> None:
    model = tfcore.build("cnn-2", **SMALL)
    model.keras.set_weights([weight + 0.1 for weight in model.keras.get_weights()])
    assert model.info().weights == "given"


def test_every_output_says_random_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", PICTURE, PICTURE, "--model", "zoo:cnn-2"], lambda _: 1) == DONE
    out, err = capsys.readouterr()
    assert [row["weights"] for row in csv.DictReader(io.StringIO(out))] == ["random", "random"]
    assert err.count("zoo:cnn-2 has random weights") == 1
    explain = ["explain", PICTURE, "--model", "zoo:cnn-2", "--out", str(tmp_path), "--format", "svg,npz", "--json"]
    assert main(explain, lambda _: 1) == DONE
    out, err = capsys.readouterr()
    assert "zoo:cnn-2 has random weights" in err
    assert json.loads(out)["pictures"][0]["heats"][0]["weights"] == "random"
    assert json.loads((tmp_path / "P0132.json").read_text())["items"][0]["model"]["weights"] == "random"
    assert "random weights" in (tmp_path / "P0132.svg").read_text()
    assert np.load(tmp_path / "P0132.npz")["weights"].tolist() == ["random"]
    sure = ["uncertainty", PICTURE, "--model", "zoo:cnn-2", "--insert-dropout", "0.2", "--passes", "2"]
    assert main(sure, lambda _: 1) == DONE
    assert next(csv.DictReader(io.StringIO(capsys.readouterr().out)))["weights"] == "random"
    assert main(["predict", PICTURE, "--model", "demo"], lambda _: 1) == DONE
    assert "weights" not in "".join(capsys.readouterr())
