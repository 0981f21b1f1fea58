from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from tests.tfcore.figure.made import bump, heat, scan
from tfcore.errors import HeatlensError
from tfcore.figure import Display, export
from tfcore.figure.provenance import command, provenance

ITEMS = [(heat(), scan()), (heat(3 * bump(), degenerate=False), scan(note="frame 1 of 3"))]


def test_a_figure_comes_with_its_record(tmp_path: Path) -> None:
    path = export(ITEMS, tmp_path / "panel.pdf", Display(opacity=0.7), dpi=72, columns=("input", "overlay"))
    record = json.loads((tmp_path / "panel.json").read_text(encoding="utf-8"))
    assert path == tmp_path / "panel.pdf"
    assert record["program"] == "heatlens"
    assert record["figure"]["file"] == "panel.pdf"
    assert record["figure"]["columns"] == ["input", "overlay"]
    assert record["display"] == asdict(Display(opacity=0.7))
    assert record["packages"]["numpy"] == np.__version__
    assert datetime.fromisoformat(record["date"]).tzinfo is not None
    first, second = record["items"]
    assert first["picture"]["sha256"] == "a" * 64
    assert first["model"] == {"source": "demo", "hashes": {"model": "b" * 64}, "weights": "file"}
    assert first["target"] == {"index": 0, "name": "glioma"}
    assert first["logits"] == [5.0, 1.0, -1.0, 0.5]
    assert first["box"] == {"x": 0, "y": 0, "width": 96, "height": 96}
    assert second["picture"]["note"] == "frame 1 of 3"


def test_files_are_named_from_the_folder_of_the_record_so_that_all_may_move_together(tmp_path: Path) -> None:
    picture, model = tmp_path / "scans" / "P1.png", tmp_path / "nets" / "own.keras"
    shown = heat(path=str(picture), model=str(model))
    export([(shown, scan(path=picture))], tmp_path / "out" / "panel.png", dpi=40, also=[tmp_path / "out" / "panel.npz"])
    text = (tmp_path / "out" / "panel.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    (item,) = json.loads(text)["items"]
    assert (item["picture"]["path"], item["model"]["source"]) == ("../scans/P1.png", "../nets/own.keras")
    assert "explain ../scans/P1.png --model ../nets/own.keras" in item["command"]
    with np.load(tmp_path / "out" / "panel.npz") as arrays:
        assert (arrays["paths"].tolist(), arrays["models"].tolist()) == (["../scans/P1.png"], ["../nets/own.keras"])


def test_the_record_holds_the_limits_that_were_drawn() -> None:
    shared = provenance(ITEMS, Display(normalise="shared"))["items"]
    assert shared[0]["limits"] == shared[1]["limits"] == [0.0, pytest.approx(3 * bump().max())]
    empty = provenance([(heat(degenerate=True), scan())], Display())["items"]
    assert empty[0]["limits"] is None


def test_numbers_without_a_json_word_become_null() -> None:
    record = provenance([(heat(logits=np.array([np.nan, np.inf, 1, 2])), scan())], Display())
    assert record["items"][0]["logits"] == [None, None, 1, 2]


def test_the_command_makes_the_map_again() -> None:
    one = heat(
        path="my scans/P 1.png", method="score-cam", target=2, params={"top_k": 64, "canonize": True, "seed": None}
    )
    assert shlex.split(command(one)) == [
        *("heatlens", "explain", "my scans/P 1.png", "--model", "demo", "--method", "score-cam"),
        *("--layer", "stage4", "--target", "2", "--top-k", "64", "--canonize", "yes"),
        *("--out", ".", "--format", "png"),
    ]


def test_somebody_elses_json_is_left_alone(tmp_path: Path) -> None:
    annotation = tmp_path / "panel.json"
    annotation.write_text('{"shapes": []}')
    with pytest.raises(HeatlensError, match="not the record of a figure"):
        export(ITEMS, tmp_path / "panel.png", dpi=40)
    assert annotation.read_text() == '{"shapes": []}'
    assert not (tmp_path / "panel.png").exists()


def test_an_own_record_is_replaced(tmp_path: Path) -> None:
    export(ITEMS[:1], tmp_path / "panel.png", dpi=40)
    export(ITEMS, tmp_path / "panel.png", dpi=40)
    assert len(json.loads((tmp_path / "panel.json").read_text(encoding="utf-8"))["items"]) == 2


def test_a_figure_never_replaces_the_picture_it_shows(tmp_path: Path) -> None:
    picture = tmp_path / "P0132.png"
    picture.write_bytes(b"pixels")
    with pytest.raises(HeatlensError, match="the picture itself"):
        export([(heat(), scan(path=picture))], picture, dpi=40)
    assert picture.read_bytes() == b"pixels"


def test_figure_and_record_are_written_both_or_neither(tmp_path: Path) -> None:
    (tmp_path / "panel.json").mkdir()
    with pytest.raises(HeatlensError, match="was not written"):
        export(ITEMS, tmp_path / "panel.png", dpi=40)
    (tmp_path / "other.png").mkdir()
    with pytest.raises(HeatlensError, match="was not written"):
        export(ITEMS, tmp_path / "other.png", dpi=40)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.png", "panel.json"]


def test_a_name_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="was not written: its name is too long"):
        export(ITEMS[:1], tmp_path / ("x" * 5000 + ".png"), dpi=40)


def test_an_unknown_ending_is_said_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="not a figure file"):
        export([], tmp_path / "panel.jpg")


def test_a_figure_that_fails_last_leaves_the_earlier_record(tmp_path: Path) -> None:
    (tmp_path / "panel.png").mkdir()
    export(ITEMS[:1], tmp_path / "panel.svg", dpi=40)
    before = (tmp_path / "panel.json").read_bytes()
    with pytest.raises(HeatlensError, match="was not written"):
        export(ITEMS, tmp_path / "panel.png", dpi=40)
    assert (tmp_path / "panel.json").read_bytes() == before
    (tmp_path / "file").write_text("")
    with pytest.raises(HeatlensError, match="was not written"):
        export(ITEMS, tmp_path / "file" / "panel.png", dpi=40)
