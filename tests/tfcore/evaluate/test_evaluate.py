"""The whole way: pictures on disk, methods at layers, a table."""

from __future__ import annotations

import csv
import json
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import tfcore
from tests.tfcore.explain import networks
from tfcore import cli
from tfcore.data import Dataset, open_data, reading
from tfcore.data.phantom import write
from tfcore.errors import Cancelled, HeatlensError
from tfcore.evaluate import Table
from tfcore.evaluate.localisation import iou, salient
from tfcore.evaluate.marks import components
from tfcore.explain import ablation_cam
from tfcore.models.model import Model
from tfcore.registry import catalogue


@pytest.fixture(scope="module")
def model(demo: Model) -> Model:
    return demo


@pytest.fixture(scope="module")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight phantoms as large as the demo model's input; the third and seventh have no tumour."""
    return write(tmp_path_factory.mktemp("phantoms") / "eight", n=8, seed=3).parent


@pytest.fixture(scope="module")
def table(model: Model, phantoms: Path) -> Table:
    return tfcore.evaluate(
        model, phantoms, ["grad-cam", "saliency"], ["iou", "conservation-axiom"], ["stage4", "stage3", "aggregate"]
    )


def test_there_is_a_row_per_method_layer_and_metric(table: Table) -> None:
    keys = [(row.method, row.layer) for row in table.rows if row.metric == "iou"]
    assert keys == [("grad-cam", "stage4"), ("grad-cam", "stage3"), ("grad-cam", "aggregate"), ("saliency", "input")]
    assert len(table.rows) == 8
    assert len(table.values) == 8 * 8


def test_every_number_is_the_metric_of_its_own_map(table: Table, model: Model, phantoms: Path) -> None:
    values = [each for each in table.values if (each.method, each.layer, each.metric) == ("grad-cam", "stage3", "iou")]
    data = open_data(phantoms)
    for value, sample in zip(values, data, strict=True):
        assert value.picture == sample.name
        mask = reading.mask(sample) > 0
        heat = tfcore.explain(model, model.prepare([sample.path]), layer="stage3").maps[0]
        assert value.value == (pytest.approx(iou(heat, mask), abs=1e-3) if mask.any() else None)


def test_pictures_without_a_lesion_are_left_out_and_counted(table: Table) -> None:
    row = table.row("grad-cam", "stage4", "iou")
    assert (row.n, row.left_out) == (6, {"nothing marked": 2})
    numbers = [each.value for each in table.values if (each.layer, each.metric) == ("stage4", "iou") and each.value]
    assert row.mean == pytest.approx(np.mean(numbers))
    assert row.low is not None
    assert row.mean is not None
    assert row.high is not None
    assert row.low < row.mean < row.high


def test_when_it_is_cancelled_nothing_goes_on_computing(model: Model, phantoms: Path) -> None:
    before = set(threading.enumerate())

    def cancel(done: int, count: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled) as held:
        tfcore.evaluate(model, phantoms, ["grad-cam"], ["complexity"], ["stage4"], progress=cancel)
    # Who holds the error holds what it came from.
    assert held.traceback
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
    assert set(threading.enumerate()) == before


def test_the_same_call_gives_the_same_table(table: Table, model: Model, phantoms: Path) -> None:
    again = tfcore.evaluate(
        model, phantoms, ["grad-cam", "saliency"], ["iou", "conservation-axiom"], ["stage4", "stage3", "aggregate"]
    )
    assert again.rows == table.rows


def test_every_metric_has_numbers_on_phantoms(model: Model, phantoms: Path) -> None:
    metrics = [spec.name for spec in catalogue("metric")]
    quick: dict[str, dict[str, Any]] = {
        "aopc": {"grid": 3},
        "faithfulness-correlation": {"samples": 10},
        "max-sensitivity": {"samples": 2},
        "sanity": {"samples": 1},
    }
    found = tfcore.evaluate(model, phantoms, ["relevance-cam"], metrics, ["stage3"], params=quick, limit=2)
    assert [row.metric for row in found.rows] == metrics
    assert all(row.n and row.n + sum(row.left_out.values()) == 2 for row in found.rows)


def test_a_layer_asked_for_alone_and_in_an_aggregate_is_explained_once(
    model: Model, phantoms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    explained: list[str] = []
    one_image = ablation_cam.without_each_channel

    def counted(request: Any, layer: Any, *rest: Any) -> Any:
        explained.append(layer.path)
        return one_image(request, layer, *rest)

    monkeypatch.setattr(ablation_cam, "without_each_channel", counted)
    layers = ["stage4", "stage3", "stage4+stage3"]
    tfcore.evaluate(model, phantoms, ["ablation-cam"], ["increase"], layers, limit=1)
    assert explained == ["stage4_relu2", "stage3_relu2"]


def test_a_limit_draws_by_the_seed(model: Model, phantoms: Path) -> None:
    def drawn(seed: int) -> list[str]:
        found = tfcore.evaluate(model, phantoms, metrics=["average-drop"], limit=4, seed=seed)
        return [value.picture for value in found.values]

    assert len(drawn(1)) == 4
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_broken_picture_is_named_and_counted(model: Model, tmp_path: Path) -> None:
    table = write(tmp_path / "data", n=4, size=32)
    (broken,) = (tmp_path / "data" / "glioma").iterdir()
    broken.write_bytes(b"no picture")
    found = tfcore.evaluate(model, table.parent)
    assert broken.name in found.unread[0]
    assert found.rows[0].left_out == {"nothing marked": 1, "picture not readable": 1}


def test_boxes_of_a_coco_file_serve_where_nobody_drew_a_mask(model: Model, phantoms: Path, tmp_path: Path) -> None:
    picture = next((phantoms / "glioma").iterdir())
    (tmp_path / picture.name).write_bytes(picture.read_bytes())
    stated = {
        "categories": [{"id": 1, "name": "glioma"}],
        "images": [{"id": 7, "file_name": picture.name, "width": 128, "height": 128}],
        "annotations": [{"id": 1, "image_id": 7, "category_id": 1, "bbox": [0, 0, 128, 128]}],
    }
    (tmp_path / "annotations.json").write_text(json.dumps(stated))
    found = tfcore.evaluate(model, tmp_path / "annotations.json", metrics=["box-iou", "iou"])
    boxed, masked = found.rows
    heat = tfcore.explain(model, model.prepare([picture])).maps[0]
    left, top, right, bottom = components(salient(heat))[0]
    # The annotated box is the whole input, so the overlap is the hot box's share of it.
    assert boxed.mean == pytest.approx((right - left) * (bottom - top) / 128**2)
    assert masked.left_out == {"nothing marked": 1}


def test_data_without_masks_is_refused_for_metrics_that_need_them(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        folder = tmp_path / "scans" / name
        folder.mkdir(parents=True)
        (folder / "one.png").write_bytes(cv2.imencode(".png", np.eye(32, dtype=np.uint8) * 200)[1].tobytes())
    with pytest.raises(HeatlensError, match=r"scans has no masks, and iou, box-iou cannot do without"):
        tfcore.evaluate(model, tmp_path / "scans", metrics=["iou", "box-iou", "increase"])
    out, small = tmp_path / "out", tmp_path / "small.keras"
    networks.sequential().save(small)
    asked = ["evaluate", tmp_path / "scans", "--model", small, "--metrics", "all", "--map", "a=", "--map", "b="]
    assert _run(*asked, "--samples", 2, "--grid", 3, "--out", out) == cli.DONE
    assert "has no masks, so every metric is measured but those that compare with one" in capsys.readouterr().err
    metrics = {row["metric"] for row in json.loads((out / "summary.json").read_text())}
    without = {"iou", "box-iou", "pointing-game", "energy-pointing", "layer-dropout"}
    assert metrics == {spec.name for spec in catalogue("metric")} - without
    # Of what was read there are hashes, and none of the folder that it ran in, which "a=" does not name.
    read = json.loads((out / "evaluate.recipe.json").read_text())["read"]
    assert {Path(name).name for name in read} == {"scans", "small.keras"}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"metrics": ["iuo"]}, "no metric called 'iuo'; did you mean iou"),
        ({"methods": ["grad-cram"]}, "did you mean grad-cam"),
        ({"metrics": []}, "No metrics were named"),
        ({"limit": 0}, "limit = 0"),
        ({"params": {"iou": {"formula": "wrong"}}}, "union, printed"),
    ],
)
def test_a_wrong_request_is_a_sentence(model: Model, phantoms: Path, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(HeatlensError, match=words):
        tfcore.evaluate(model, phantoms, **settings)


def test_nothing_to_measure_is_a_sentence(model: Model, phantoms: Path) -> None:
    data = open_data(phantoms)
    nothing = Dataset((), data.classes, data.root, data.kind)
    with pytest.raises(HeatlensError, match="has no pictures"):
        tfcore.evaluate(model, nothing)


def test_every_metric_says_which_direction_is_better() -> None:
    assert {spec.better for spec in catalogue("metric")} == {"higher", "lower"}


def _run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _given: 0)


def test_the_command_writes_and_prints_the_table(
    phantoms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    metrics = "iou,box-iou,pointing-game,energy-pointing,increase"
    out = tmp_path / "out"
    command = ["evaluate", phantoms, "--model", "demo", "--metrics", metrics, "--layers", "stage4,aggregate"]
    assert _run(*command, "--formula", "printed", "--tolerance", 5, "--seed", 4, "--out", out, "--json") == cli.DONE
    printed = json.loads(capsys.readouterr().out)
    kept = json.loads((out / "evaluation.json").read_text())
    # As it was given here, and as it is found from there.
    assert (out / kept["facts"]["data"]).resolve() == Path(printed["facts"]["data"]).resolve()
    kept["facts"]["data"] = printed["facts"]["data"]
    assert printed == kept
    assert len(printed["rows"]) == 2 * 5
    assert printed["facts"]["params"]["pointing-game"] == {"tolerance": 5.0}
    with (out / "summary.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [row["metric"] for row in rows[:5]] == metrics.split(",")
    assert rows[0]["left_out"] == "2 nothing marked"
    assert float(rows[0]["mean"]) <= 0.5, "the printed formula never exceeds one half"
    with (out / "results.csv").open() as stream:
        assert len(list(csv.DictReader(stream))) == 8 * 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--metrics", "iuo"], "did you mean iou"),
        (["--methods", "none"], "no method called 'none'"),
        (["--metrics", "increase", "--tolerance", "3"], "--tolerance is no parameter of increase"),
        (["--seed", "half"], "seed = 'half'"),
        (["--layers", "stage9"], "stage9"),
        (["--out", "{file}"], "a-file cannot be made"),
    ],
)
def test_a_wrong_command_is_one_line(
    phantoms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    (tmp_path / "a-file").write_text("in the way")
    filled = [argument.format(file=tmp_path / "a-file") for argument in arguments]
    assert _run("evaluate", phantoms, "--model", "demo", "--out", tmp_path / "out", *filled) == cli.WRONG
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not list(tmp_path.glob("out/*"))


def test_a_flag_goes_to_all_methods_and_metrics_that_take_it(
    phantoms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["evaluate", phantoms, "--model", "demo", "--methods", "smoothgrad,grad-cam,occlusion", "--limit", 1]
    asked = ["--metrics", "max-sensitivity,complexity", "--samples", 2, "--seed", 3, "--budget", "80passes"]
    assert _run(*command, *asked, "--out", tmp_path / "out", "--json") == cli.DONE
    out, err = capsys.readouterr()
    # What takes long is said before it begins.
    assert "occlusion runs the network 80 times for a picture, " in err
    told = json.loads(out)["facts"]["params"]
    for name in ("smoothgrad", "max-sensitivity"):
        assert (told[name]["samples"], told[name]["seed"]) == (2, 3)
    assert told["grad-cam"] == told["complexity"] == {}


def test_metrics_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("metrics", "--json") == cli.DONE
    listed = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert listed["iou"]["needs"] == ["mask"]
    assert _run("metrics") == cli.DONE
    assert "sensitivity-axiom" in capsys.readouterr().out
