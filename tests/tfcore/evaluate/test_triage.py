"""The pictures worth a look are found, each for the reason that was planted in it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import cv2
import keras
import numpy as np
import pytest

import tfcore
from tfcore import cli
from tfcore.data.phantom import phantom, write
from tfcore.evaluate.triage import COLUMNS, triage
from tfcore.models.model import Model
from tfcore.pictures.body import foreground


@pytest.fixture(scope="module")
def model(demo: Model) -> Model:
    return demo


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Phantoms in class folders with their masks; one glioma lies among the pituitary tumours."""
    folder = write(tmp_path_factory.mktemp("phantoms") / "some", n=8, size=128, seed=3).parent
    (folder / "phantoms.csv").unlink()
    shutil.move(folder / "glioma" / "P0000.png", folder / "pituitary" / "P0000.png")
    return folder


def watching_a_corner() -> Model:
    """Answers by the brightness of the upper left corner and by nothing else."""
    images = keras.Input((64, 64, 1))
    corner = np.zeros((64, 64, 1, 2), np.float32)
    corner[2:8, 2:8, 0] = [-0.4, 0.4]
    values = keras.layers.Conv2D(4, 3, padding="same", name="conv", activation="relu", bias_initializer="ones")(images)
    values = keras.layers.Flatten()(values)
    network = keras.Model(images, keras.layers.Dense(2, activation="softmax", name="answer")(values))
    kernel = np.zeros((3, 3, 1, 4), np.float32)
    kernel[1, 1, 0] = 1
    of = np.repeat(corner, 4, 2).reshape(-1, 2)
    network.set_weights([kernel, np.zeros(4), of, np.array([0.5, -0.5])])
    return tfcore.load_model(network)


def test_a_wrong_label_comes_first_and_says_so(model: Model, data: Path) -> None:
    found = triage(model, data)
    first = found.cases[0]
    assert Path(first.picture).name == "P0000.png"
    assert first.reasons[0].kind == "wrong"
    assert first.reasons[0].words.startswith("says glioma")
    assert "the label is pituitary" in first.reasons[0].words
    assert found.of("wrong") == (first,)
    assert sum(not case.reasons for case in found.cases) >= 3, "most phantoms are unremarkable"


def test_a_right_answer_for_the_wrong_reason_is_caught(tmp_path: Path) -> None:
    for number in range(4):
        levels = phantom([7, number], "glioma", 64).image.copy()
        if number % 2:
            levels[2:8, 2:8] = 255
        (tmp_path / str(number % 2)).mkdir(exist_ok=True)
        name = tmp_path / str(number % 2) / f"{number}.png"
        name.write_bytes(cv2.imencode(".png", levels)[1].tobytes())
    found = triage(watching_a_corner(), tmp_path, ["hires-cam"], map={"0": "class 0", "1": "class 1"})
    caught = found.of("wrong reason")
    assert [Path(case.picture).name for case in caught] == ["1.png", "3.png"]
    assert "of the heat of hires-cam lies outside the body" in caught[0].reasons[0].words


def test_two_models_that_disagree_are_told_in_the_words_of_the_data(model: Model, data: Path) -> None:
    fresh = tfcore.load_model(tfcore.build("cnn-3", classes=4, input_shape=(32, 32, 1)).keras)
    names = {f"class {number}": name for number, name in enumerate(model.classes)}
    map = {name: of for of, name in names.items()}
    found = triage({"ours": model, "fresh": fresh}, data, limit=4, map=map)
    disagreed = found.of("models disagree")
    assert disagreed
    assert all(set(case.answers) == {"ours", "fresh"} for case in found.cases)
    assert any("ours says" in each.words and "fresh says" in each.words for each in disagreed[0].reasons)


def test_the_body_is_found_and_a_marker_beside_it_is_not() -> None:
    image = phantom(3, "glioma", 128, confounder=True).image
    marked = image.copy()
    marked[5:13, 5:13] = 255
    body = foreground(marked[..., np.newaxis].astype(np.float32))
    assert body is not None
    assert body[64, 64]
    assert not body[5:13, 5:13].any()
    assert 0.3 < body.mean() < 0.8
    assert foreground(np.random.default_rng(0).uniform(0.5, 1, (64, 64, 1)) * np.ones(3)) is None


def test_the_command_prints_and_writes_the_ranked_table(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["triage", str(data), "--model", "demo", "--out", str(tmp_path / "out"), "--top", "1"]
    assert cli.main(asked, lambda _: 0) == cli.DONE
    said = capsys.readouterr()
    assert "P0000.png" in said.out
    assert len(said.out.splitlines()) == 2
    assert "of 8 pictures are remarkable" in said.err
    with (tmp_path / "out" / "triage.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == list(COLUMNS)
    weights = [float(row["weight"]) for row in rows]
    assert len(rows) == 8
    assert weights == sorted(weights, reverse=True)
    record = json.loads((tmp_path / "out" / "triage.json").read_text())
    assert record["cases"][0]["reasons"][0]["kind"] == "wrong"
    # The same bytes from parts that are kept, and from those that are finished.
    plain = {name: (tmp_path / "out" / name).read_bytes() for name in ("triage.csv", "triage.json", "risk.csv")}
    for _ in range(2):
        assert cli.main([*asked[:4], "--out", str(tmp_path / "kept"), "--workers", "0"], lambda _: 0) == cli.DONE
        assert {name: (tmp_path / "kept" / name).read_bytes() for name in plain} == plain
