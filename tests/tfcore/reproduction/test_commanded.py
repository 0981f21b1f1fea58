"""What a command has written is made again by the command that its record holds."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

import tfcore
from tests.tfcore.packed import telling, tells
from tests.tfcore.pictures.dicoms import dataset, written
from tfcore import cli
from tfcore.data.phantom import CLASSES
from tfcore.errors import HeatlensError
from tfcore.figure.inside import taken_from
from tfcore.models.card import Card
from tfcore.reproduction.commanded import Commanded


def test_tables_and_pages_are_made_again_from_the_command_beside_them(
    tmp_path: Path, pictures: list[Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given from another folder; nothing says where the user's files lie, so all of it may move."""
    layers = keras.layers
    head = layers.GlobalAveragePooling2D(), layers.Dropout(0.3), layers.Dense(4)
    keras.utils.set_random_seed(1)
    keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(8, 3, strides=2, activation="relu"), *head]).save(
        tmp_path / "m.keras"
    )
    Card(CLASSES, (32, 32, 1), scaling="1/255", colour="grey", outputs="logits").save(tmp_path / "m.keras")
    monkeypatch.chdir(tmp_path)

    def asked(*arguments: str) -> str:
        assert cli.main(arguments, lambda _: 0) == cli.DONE
        return capsys.readouterr().err

    asked("predict", "data", "--model", "m.keras", "--out", "made/p.csv")
    asked("uncertainty", "data/P0132.png", "--model", "m.keras", "--passes", "3", "--out", "made/sure")
    data, made = str(tmp_path / "data"), str(tmp_path / "made")
    asked("evaluate", data, "--model", f"{tmp_path}/m.keras", "--metrics", "complexity", "--out", f"{made}/scores")
    asked("explain", data, "--model", "m.keras", "--format", "npz", "--out", "made/raw")
    records = [tmp_path / "made" / "p.json", *(tmp_path / "made").glob("*/*.recipe.json")]
    assert len(records) == 4
    assert telling(tmp_path / "made", str(tmp_path)) == []
    monkeypatch.chdir(tmp_path.parent)
    again, files = tmp_path / "again", ["p.csv", "sure/uncertainty.csv", "scores/report.html", "raw/P0135.npz"]
    assert asked("reproduce", *(f"{made}/{name}" for name in files), "--out", str(again)).count("same bytes") == 4
    assert (again / "results.parquet").read_bytes() == (tmp_path / "made/scores/results.parquet").read_bytes()

    # They say it themselves, too, where they lost their records: all but where the files lay.
    for record in records:
        record.unlink()
    carriers = ["scores/results.parquet", "scores/plots/ranks.svg", "scores/report.html", "raw/P0135.npz"]
    assert all(str(tmp_path) not in taken_from(Path(made, name)) for name in carriers)
    where = "--model", f"{tmp_path}/m.keras", "--pictures", data, "--out", str(tmp_path / "third")
    monkeypatch.chdir(tmp_path)
    assert "same bytes" in asked("reproduce", f"{made}/raw/P0135.npz", *where)
    for name in carriers[:3]:
        assert (found := Commanded.of(Path(made, name))) is not None
        assert (found.path.parent, found.arguments[0]) == (Path(made, "scores"), "evaluate")
    asked("predict", "data", "--model", "m.keras", "--out", "made/p.csv", "--overwrite")

    with zipfile.ZipFile(tmp_path / "m.keras", "a") as packed:
        packed.comment = b"another file"
    Image.fromarray(255 - np.asarray(Image.open(pictures[0]))).save(pictures[0])
    said = asked("reproduce", f"{made}/p.csv", "--out", str(again))
    for part in ("m.keras is not what it was", "data is not what it was", "p.csv: ", "p_glioma differs in 1 of 3 by"):
        assert part in said


def test_a_record_gives_no_command_but_those_that_make_files_where_they_are_wanted(tmp_path: Path) -> None:
    for command in (["train", "x", "--out", "{out}"], ["predict", "x"], ["../x"], []):
        record = {"heatlens": "1", "packages": {}, "command": command, "files": ["t.csv"], "read": {}}
        (tmp_path / "t.json").write_text(json.dumps(record))
        with pytest.raises(HeatlensError, match="not one that makes"):
            tfcore.reproduce(tmp_path / "t.csv", tmp_path / "out")


def test_heat_in_dicom_says_by_what_it_was_made_and_names_no_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written by a command, and from the record of a figure; the hash leads to the picture."""
    (tmp_path / "DOE_JANE").mkdir()
    place = {"ImagePositionPatient": [0, 0, 0], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "PixelSpacing": [1, 1]}
    stored = np.random.default_rng(0).integers(0, 99, (32, 40)).astype(np.int16)
    (tmp_path / "DOE_JANE" / "DOE_JANE.dcm").write_bytes(written(dataset(stored, StudyInstanceUID="1.2.9", **place)))
    asked = "--model", "demo", "--format", "dicom,dicom-sc", "--dpi", "40", "--out", str(tmp_path / "out")
    assert cli.main(["explain", f"{tmp_path}/DOE_JANE/DOE_JANE.dcm", *asked], lambda _: 0) == cli.DONE
    made = sorted((tmp_path / "out").rglob("*.dcm"))
    assert len(made) == 2
    for record in (tmp_path / "out").rglob("*.json"):
        record.unlink()
    capsys.readouterr()
    for number, file in enumerate(made):
        assert not tells(file.read_bytes(), "DOE_JANE")
        where = ["--pictures", str(tmp_path / "DOE_JANE"), "--out", str(tmp_path / f"again-{number}")]
        assert cli.main(["reproduce", str(file), *where], lambda _: 0) == cli.DONE
        assert "the same bytes" in capsys.readouterr().err
