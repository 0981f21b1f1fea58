"""Dissection and made pictures on the command line: what is printed, what lies in the folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.shared import telling
from tests.tfcore.inside.networks import LESION, slices, thresholding
from tfcore import cli
from tfcore.registry.maximising import SWEPT_FROM_LITTLE_TO_MUCH


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network, slices with masks, and one file that is no picture."""
    folder = tmp_path_factory.mktemp("inside")
    thresholding(folder / "network.keras")
    (folder / "slices").mkdir()
    for number, (picture, mask) in enumerate(zip(*slices(20), strict=True)):
        path = folder / "slices" / f"p{number:02}.png"
        Image.fromarray(np.rint(255 * picture[..., 0]).astype(np.uint8)).save(path)
        Image.fromarray(255 * mask.astype(np.uint8)).save(path.with_name(f"p{number:02}_mask.png"))
    (folder / "slices" / "p99.png").write_bytes(b"not a picture")
    return folder


def test_dissect_writes_what_each_filter_stands_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "found"
    model = str(folder / "network.keras")
    asked = ["dissect", str(folder / "slices"), "--model", model, "--layers", "filters", "--out", str(out)]
    shown = ["--picture", str(folder / "slices" / "p00.png")]
    assert cli.main([*asked, "--quantile", "0.985", "--foreground", "whole", *shown], lambda _: 7) == 0
    with Image.open(out / "filters-filters.png") as figure:
        assert figure.size[0] > 1000
    printed = capsys.readouterr()
    assert printed.out.split()[:6] == ["layer", "filters", "dead", "detectors", "by", "chance"]
    assert "p99.png" in printed.err
    with (out / "dissection.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 8
    best = max(rows, key=lambda row: float(row["iou"]))
    assert (int(best["filter"]), best["concept"], best["detector"]) == (LESION, "marked", "True")
    record = json.loads((out / "dissection.json").read_text())
    assert record["pictures"] == 20
    assert record["detectors"][0]["filter"] == LESION
    arrays = np.load(out / "dissection.npz")
    assert arrays["filters/thresholds"].shape == (8,)
    page = (out / "report.html").read_text()
    assert f"filter {LESION}: marked" in page
    assert page.count("data:image/jpeg") == 40
    # Its own files are replaced, and a mistake is one line.
    assert cli.main([*asked, "--limit", "5"], lambda _: 7) == 0
    assert cli.main([*asked, "--concepts", "oedema"], lambda _: 7) == 2
    assert "no concept 'oedema'" in capsys.readouterr().err.splitlines()[-1]


def test_maximise_writes_pictures_and_what_they_reach(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "made"
    asked = ["maximise", "--model", str(folder / "network.keras"), "--layer", "filters", "--out", str(out)]
    assert cli.main([*asked, "--filters", "0,2-3", "--steps", "10", "--data", str(folder / "slices")], lambda _: 7) == 0
    printed = capsys.readouterr()
    assert [line.split()[1] for line in printed.out.splitlines()[1:]] == ["0", "2", "3"]
    assert "mean of 20 pictures" in printed.err
    record = json.loads((out / "maximised.json").read_text())
    assert [each["of"] for each in record["pictures"]] == ["filter 0", "filter 2", "filter 3"]
    assert np.load(out / "maximised.npz")["pictures"].shape == (3, 32, 32, 1)
    with Image.open(out / "maximised.png") as figure:
        assert figure.size[0] > 1000
    assert cli.main([*asked, "--filters", "1", "--steps", "4", "--sweep", "tv=1e-6,1e-3", "--json"], lambda _: 7) == 0
    assert [each["of"] for each in json.loads(capsys.readouterr().out)["pictures"]] == ["tv 1e-06", "tv 0.001"]
    for wrong in (["--filters", "x"], ["--filters", "3-"], ["--filters", "0", "--sweep", "tv=a"], []):
        assert cli.main([*asked, *wrong], lambda _: 7) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


FIGURES = {
    "effect": ["filter 1, free", "filter 1, held"],
    "sweeps": [f"{name} {value:g}" for name in ("jitter", "tv") for value in SWEPT_FROM_LITTLE_TO_MUCH[name]],
    "layers": ["filters · filter 1", "answer · filter 1"],
}


@pytest.mark.parametrize("figure", telling(["effect", "layers"], FIGURES))
def test_a_figure_of_made_pictures_shows_what_it_is_called(
    folder: Path, figure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "filters,answer" if figure == "layers" else "filters"
    asked = ["maximise", "--model", str(folder / "network.keras"), "--layer", at, "--out", str(folder / figure)]
    few = ["--filters", "1", "--steps", "2", "--figure", figure, "--json"]
    assert cli.main([*asked, *few], lambda _: 7) == 0
    assert [each["of"] for each in json.loads(capsys.readouterr().out)["pictures"]] == FIGURES[figure]
