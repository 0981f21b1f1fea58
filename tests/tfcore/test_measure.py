"""Regions in numbers: of the picture, of the heat, in millimetres, from Python and from the command line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import resources
from tests.tfcore.figure.made import heat, scan
from tfcore import cli
from tfcore.errors import HeatlensError
from tfcore.measure import COLUMNS, Roi, measured, read_rois, save_rois
from tfcore.pictures import Picture
from tfcore.results import Box

VALUES = np.arange(80.0).reshape(8, 10) - 40


def picture(**fields: object) -> Picture:
    return replace(scan(8, 10), array=VALUES.astype(np.int16), **fields)


def test_a_rectangle_holds_the_pixels_whose_middle_lies_in_it() -> None:
    found = measured(picture(spacing=(2.0, 0.5), unit="HU"), Roi("a", "rectangle", ((6.2, 5.0), (1.6, 2.4))))
    inside = VALUES[2:5, 2:6]
    assert (found.n, found.area, found.area_unit, found.unit) == (12, 12, "mm²", "HU")
    assert (found.mean, found.sd) == (inside.mean(), pytest.approx(inside.std()))
    assert (found.min, found.max) == (inside.min(), inside.max())
    assert found.heat_mean is None
    assert measured(picture(), Roi("a", "rectangle", ((6.2, 5.0), (1.6, 2.4)))).area_unit == "px"


def test_an_ellipse_and_a_drawn_line_hold_what_they_should() -> None:
    large = scan(400, 400)
    round = measured(large, Roi("a", "ellipse", ((50.0, 100.0), (250.0, 200.0))))
    assert round.n == pytest.approx(np.pi * 100 * 50, rel=0.002)
    corners = ((50.0, 100.0), (250.0, 100.0), (250.0, 200.0), (50.0, 200.0))
    drawn = measured(large, Roi("a", "freehand", corners))
    square = measured(large, Roi("a", "rectangle", (corners[0], corners[2])))
    assert drawn.n == pytest.approx(square.n, rel=0.02)
    triangle = measured(large, Roi("a", "freehand", (corners[0], corners[1], corners[2])))
    assert triangle.n == pytest.approx(square.n / 2, rel=0.02)


def test_distances_and_angles_know_that_pixels_are_no_squares() -> None:
    wide = picture(spacing=(3.0, 1.0))
    found = measured(wide, Roi("a", "ruler", ((1.0, 1.0), (5.0, 2.0))))
    assert (found.length, found.length_unit) == (5, "mm")
    assert measured(picture(), Roi("a", "ruler", ((1.0, 1.0), (4.0, 5.0)))).length_unit == "px"
    half = Roi("a", "angle", ((4.0, 1.0), (1.0, 1.0), (4.0, 2.0)))
    assert measured(wide, half).angle == pytest.approx(45)
    assert measured(picture(), half).angle == pytest.approx(np.degrees(np.arctan(1 / 3)))


def test_heat_is_measured_where_it_lies_and_its_shares_make_a_whole() -> None:
    rising = replace(heat(), map=VALUES.astype(np.float32), signed=True, box=Box(0, 0, 10, 8))
    left, right = (
        measured(picture(), Roi("a", "rectangle", corners), rising)
        for corners in (((0.0, 0.0), (4.0, 8.0)), ((4.0, 0.0), (10.0, 8.0)))
    )
    assert left.heat_mean == pytest.approx(left.mean)
    assert (left.heat_sd, left.heat_min, left.heat_max) == pytest.approx((left.sd, left.min, left.max))
    assert left.heat_share == pytest.approx(np.maximum(VALUES[:, :4], 0).sum() / np.maximum(VALUES, 0).sum())
    assert left.heat_share + right.heat_share == pytest.approx(1)
    nowhere = replace(rising, map=-np.ones((2, 2), np.float32))
    assert measured(picture(), Roi("a", "rectangle", ((0.0, 0.0), (4.0, 8.0))), nowhere).heat_share is None
    assert measured(picture(), Roi("a", "ellipse", ((0.0, 0.0), (4.0, 8.0))), replace(rising, degenerate=True)).n


def test_what_is_not_there_is_not_measured() -> None:
    away = measured(picture(), Roi("a", "rectangle", ((20.0, 20.0), (30.0, 30.0))), heat())
    assert (away.n, away.area, away.mean, away.heat_mean) == (0, 0, None, None)
    holes = replace(picture(), array=np.where(VALUES < 0, np.nan, VALUES))
    whole = Roi("a", "rectangle", ((0.0, 0.0), (10.0, 8.0)))
    assert measured(holes, whole).mean == VALUES[VALUES >= 0].mean()
    colours = replace(picture(), array=np.stack([VALUES, VALUES + 3, VALUES - 3], -1))
    assert measured(colours, whole).mean == pytest.approx(VALUES.mean())


@pytest.mark.parametrize(
    ("kind", "points", "said"),
    [
        ("circle", ((0, 0), (1, 1)), "none of"),
        ("ruler", ((0, 0),), "2 points"),
        ("freehand", ((0, 0), (1, 1)), "3 points or"),
    ],
)
def test_what_is_no_region_is_refused_in_a_sentence(kind: str, points: tuple, said: str) -> None:
    with pytest.raises(HeatlensError, match=said):
        Roi("odd", kind, points)  # type: ignore[arg-type]


def test_regions_are_kept_with_their_pictures_wherever_the_folder_goes(tmp_path: Path) -> None:
    Image.new("L", (8, 8)).save(tmp_path / "a.png")
    rois = [(tmp_path / "a.png", Roi("one", "ruler", ((0.0, 1.0), (2.0, 3.0)))), (tmp_path / "a.png", ELLIPSE)]
    written = save_rois(tmp_path / "r" / "regions.json", rois)
    assert str(tmp_path) not in written.read_text()
    assert [(path.resolve(), roi) for path, roi in read_rois(written)] == rois
    written.write_text('{"regions": [{"picture": "a.png", "name": "x", "kind": "ruler", "points": [[0, 1]]}]}')
    with pytest.raises(HeatlensError, match="region 1 is none; each has a picture"):
        read_rois(written)
    written.write_text("[1, 2")
    with pytest.raises(HeatlensError, match="holds no regions"):
        read_rois(written)


ELLIPSE = Roi("two", "ellipse", ((30.0, 30.0), (90.0, 80.0)))


def test_the_command_line_writes_a_row_for_each_region(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo = resources.path("demo") / "P0132.png"
    rois = [
        (demo, ELLIPSE),
        (demo, Roi("all", "rectangle", ((0.0, 0.0), (999.0, 999.0)))),
        (tmp_path / "gone.png", ELLIPSE),
    ]
    file = save_rois(tmp_path / "regions.json", rois)
    assert cli.main(["measure", str(file)], lambda _: 0) == cli.DONE
    told = capsys.readouterr()
    plain = list(csv.DictReader(io.StringIO(told.out)))
    assert list(plain[0]) == list(COLUMNS)
    assert [(one["region"], one["heat_mean"]) for one in plain] == [("two", ""), ("all", "")]
    assert "gone.png" in told.err
    out = tmp_path / "table.csv"
    command = ["measure", str(file), "--model", "demo", "--layer", "stage4", "--out", str(out), "--json"]
    assert cli.main([*command, "--figures", str(tmp_path / "figures")], lambda _: 0) == cli.DONE
    rows = json.loads(capsys.readouterr().out)["regions"]
    assert [row["heat_share"] for row in rows] == [pytest.approx(rows[0]["heat_share"]), pytest.approx(1)]
    assert 0 < rows[0]["heat_share"] < 1
    assert (rows[0]["method"], rows[0]["target"]) == ("grad-cam", "glioma")
    first = next(csv.DictReader(io.StringIO(out.read_text())))
    assert float(first["mean"]) == pytest.approx(float(plain[0]["mean"]))
    assert cli.main(["measure", str(file), "--method", "saliency,grad-cam"], lambda _: 0) == cli.WRONG
    (item,) = json.loads((tmp_path / "figures" / "P0132.json").read_text())["items"]
    assert [each["words"].partition("  ")[0] for each in item["regions"]] == ["two", "all"]
    assert cli.main(["measure", str(file), "--figures", str(tmp_path)], lambda _: 0) == cli.WRONG
