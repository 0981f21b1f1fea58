"""Pictures through jobs, tables and the command line, with the demo model."""

from __future__ import annotations

import csv
import json
import threading
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import resources
from tests.tfcore.uncertainty import networks
from tfcore import cli, jobs
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Event, Job
from tfcore.errors import HeatlensError
from tfcore.pictures import read
from tfcore.pictures.many import Left
from tfcore.results import Box, HeatSpread, Sureness
from tfcore.uncertainty.files import uncertain_files
from tfcore.uncertainty.prediction import sureness_of, uncertainty
from tfcore.uncertainty.table import columns, row

pytestmark = pytest.mark.usefixtures("demo_stays_open")
PICTURES = sorted(resources.path("demo").glob("*.png"))[:3]


def context(cancelled: bool = False) -> tuple[Context, list[Event]]:
    events: list[Event] = []
    flag = threading.Event()
    if cancelled:
        flag.set()
    return Context(Job("uncertainty", {}), events.append, OpenModels(), flag), events


def command(*arguments: Any) -> int:
    return cli.main(["uncertainty", *map(str, arguments)], lambda _: 1)


def test_a_job_says_how_sure_the_demo_is() -> None:
    here, events = context()
    found = jobs.find("uncertainty")(here, model="demo", picture=str(PICTURES[0]), passes=8, insert=0.2)
    assert isinstance(found, Sureness)
    assert found.inserted
    assert found.mean.shape == found.variance.shape == found.votes.shape == (4,)
    assert found.samples is not None
    assert found.samples.shape == (8, 4)
    assert found.intervals is not None
    assert (found.intervals[:, 0] <= found.intervals[:, 1]).all()
    assert found.words
    assert set(found.hashes) == {"picture", "model"}
    assert events


def test_a_job_tells_the_spread_of_a_heatmap() -> None:
    here, _ = context()
    found = jobs.find("heat_spread")(
        here, model="demo", picture=str(PICTURES[0]), method="grad-cam", passes=4, insert=0.2
    )
    assert isinstance(found, HeatSpread)
    assert found.mean.shape == found.sd.shape == (128, 128)
    assert -1 <= found.agreement <= 1


def test_a_broken_file_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG")
    model = OpenModels().get("demo")
    first, second = uncertain_files(model, [broken, PICTURES[0]], passes=3, insert=0.2)
    assert isinstance(first, Left)
    assert "broken.png" in first.sentence
    assert isinstance(second, Sureness)
    # The same picture alone, through the interface: the same numbers.
    again = uncertainty(model, model.prepare([PICTURES[0]]), passes=3, insert=0.2)
    np.testing.assert_array_equal(second.variance, again.variance[0])


def test_a_model_without_dropout_is_refused_before_the_first_file() -> None:
    with pytest.raises(HeatlensError, match="no dropout"):
        uncertain_files(networks.without_dropout(), [Path("a.png")])


def test_a_row_has_every_column_for_classes_and_for_pixels() -> None:
    for model in (networks.sequential(keras.layers.Dropout(0.3)), networks.per_pixel()):
        found = uncertainty(model, networks.images(1), passes=5)
        figures = row(sureness_of(model, read(PICTURES[0]), found, Box(0, 0, 8, 8), 0), label=model.classes[0])
        assert figures.keys() <= set(columns(model))
        assert 0 <= figures["entropy"] <= np.log(3)
        if model.card.task == "segmentation":
            assert all(0 <= figures[f"pairwise_dice {name}"] <= 1 for name in model.classes[1:])
        else:
            assert figures["correct"] == (figures["prediction"] == model.classes[0])
            assert sum(figures[f"mean {name}"] for name in model.classes) == pytest.approx(1, abs=1e-5)


# --- the command ---


def test_the_table_goes_to_stdout_and_the_words_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(*PICTURES[:2], "--model", "demo", "--passes", 5, "--insert-dropout", 0.2) == 0
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(out.splitlines()))
    assert [row["path"] for row in rows] == [str(path) for path in PICTURES[:2]]
    assert rows[0]["passes"] == "5"
    assert rows[0]["inserted_dropout"] == "0.2"
    assert float(rows[0]["low"]) <= float(rows[0]["probability"]) <= float(rows[0]["high"])
    assert "The passes" in err
    assert "2 done, 0 left out" in err


def test_json_is_one_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"")
    arguments = (PICTURES[0], tmp_path / "no.png", "--model", "demo", "--passes", 2, "--insert-dropout", 0.2, "--json")
    assert command(*arguments) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["done"] == found["left_out"] == 1
    assert "no.png" in found["pictures"][1]["error"]


def test_labels_give_a_coverage_curve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, out = tmp_path / "labels.csv", tmp_path / "out"
    table.write_text("image,tumour\n" + "".join(f"{path.name},glioma\n" for path in PICTURES))
    asked = ("--labels", table, "--label-column", "tumour", "--insert-dropout", 0.2, "--passes", 3, "--out", out)
    assert command(*PICTURES, "--model", "demo", *asked) == 0
    assert capsys.readouterr().out.split() == [
        str(out / name) for name in ("uncertainty.csv", "coverage.csv", "coverage.png")
    ]
    rows = list(csv.DictReader((out / "coverage.csv").read_text().splitlines()))
    assert {row["left_out_by"] for row in rows} == {"entropy", "mutual information"}
    assert rows[2]["pictures"] == "3"
    assert {row["inserted_dropout"] for row in rows} == {"0.2"}


def test_an_interrupted_run_keeps_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = iter([False, True])

    def interrupted(*given: Any) -> Any:
        if next(done):
            raise KeyboardInterrupt
        return uncertainty(*given)

    monkeypatch.setattr("tfcore.uncertainty.files.uncertainty", interrupted)
    asked = ("--model", "demo", "--passes", 2, "--insert-dropout", 0.2, "--out", tmp_path)
    assert command(*PICTURES, *asked) == 130
    assert len((tmp_path / "uncertainty.csv").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--passes", 0), "passes = 0"),
        (("--seed", -1), "seed = -1"),
        (("--insert-dropout", 1), "insert = 1.0"),
        (("--labels", "none.csv"), "no table none.csv"),
    ],
)
def test_a_wrong_request_is_one_line(flags: tuple, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(PICTURES[0], "--model", "demo", *flags) == 2
    out, err = capsys.readouterr()
    assert not out
    assert sentence in err
    assert err.count("\n") == 1
