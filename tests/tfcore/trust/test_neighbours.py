"""The nearest picture of another class is the one that was planted there."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

import resources
from tfcore.cli import main
from tfcore.data import phantom


def test_the_nearest_picture_of_another_class_is_found_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    phantom.write(data, n=12, size=128, seed=3)
    (data / "phantoms.csv").unlink()
    asked = resources.path("demo") / "P0132.png"
    # All but the same picture, under another name: nothing lies nearer.
    planted = data / "pituitary" / "planted.png"
    cv2.imwrite(str(planted), cv2.imread(str(asked), cv2.IMREAD_GRAYSCALE) // 8 * 8)
    out = ["--out", str(tmp_path / "out"), "--json"]
    assert main(["neighbour", str(asked), "--model", "demo", "--data", str(data), *out], lambda _: 1) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert (Path(found["path"]), found["label"]) == (planted, "pituitary")
    assert found["distance"] < found["own_distance"]
    record = json.loads((tmp_path / "out" / "neighbour.json").read_text())
    assert [item["target"]["name"] for item in record["items"]] == ["glioma", "glioma"]
    only = ["neighbour", str(asked), "--model", "demo", "--data", str(data / "glioma")]
    assert main(only, lambda _: 1) == 2
