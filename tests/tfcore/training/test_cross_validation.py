"""Cross-validation: every picture is tested once, and the report says mean and deviation."""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

import tfcore
from tests.tfcore.trust.test_methods import check
from tfcore import cli
from tfcore.cohort.rows import Where
from tfcore.cohort.runs import trained_by
from tfcore.cohort.status import status
from tfcore.data.open import open_data
from tfcore.dropped import models_of
from tfcore.report.methods import write_methods
from tfcore.training.plan import plan
from tfcore.training.run import Run
from tfcore.training.sides import cleaned, folds


def nobody(done: int, total: int, text: str) -> None:
    """Nobody looks on."""


def test_every_picture_is_tested_in_one_fold_and_learnt_in_others(phantoms: Path) -> None:
    intended = plan("mri-4class")
    found = folds(cleaned(open_data(phantoms), intended, nobody), intended, 4)
    tested = [sample.path for sides in found for sample in sides.data.part("test")]
    assert len(tested) == len(set(tested)) == 48
    for sides in found:
        assert len(sides.data) == 48
        assert set(sides.data.splits) == {"train", "val", "test"}


def test_cross_validation_gives_mean_and_deviation(quick: Callable[..., Run], tmp_path: Path) -> None:
    out = tmp_path / "folds"
    several = {"epochs": 1, "folds": 2, "out": out, "by": trained_by(Where(out / "parts", 0))}
    run = quick(**several)
    each = [json.loads((run.folder / f"fold-{number}" / "report.json").read_text()) for number in (1, 2)]
    accuracies = [report["accuracy"] for report in each]
    assert run.report["mean"]["accuracy"] == pytest.approx(statistics.mean(accuracies))
    assert run.report["sd"]["accuracy"] == pytest.approx(statistics.stdev(accuracies))
    with (run.folder / "folds.csv").open(newline="") as stream:
        assert [row["fold"] for row in csv.DictReader(stream)] == ["1", "2", "mean", "sd"]
    assert "±" in (run.folder / "report.html").read_text(encoding="utf-8")
    assert run.model.exists()
    # The methods section of it has no number that is not in its files.
    write_methods(run.folder, run.folder / "paper")
    text = (run.folder / "paper" / "methods.txt").read_text(encoding="utf-8")
    assert "2-fold cross-validation was used." in text
    check(text, run.folder)
    # What is trained is not trained again.
    kept = (out / "fold-2" / "model.keras").stat().st_mtime_ns
    assert quick(**several, resume=True).report == run.report
    assert (out / "fold-2" / "model.keras").stat().st_mtime_ns == kept


@pytest.mark.slow
def test_seeds_are_trained_in_parts_and_not_twice(quick: Callable[..., Run], tmp_path: Path) -> None:
    out = tmp_path / "seeds"
    several = {"epochs": 1, "seed": 7, "seeds": 2, "out": out, "by": trained_by(Where(out / "parts", 0))}
    run = quick(**several)
    with (out / "seeds.csv").open(newline="") as stream:
        rows = {row.pop("seed"): row for row in csv.DictReader(stream)}
    assert list(rows) == ["7", "8", "mean", "sd"]
    assert run.report["mean"]["accuracy"] == pytest.approx(float(rows["mean"]["accuracy"]), abs=1e-6)
    assert models_of(out) == [str(out / f"seed-{seed}" / "model.keras") for seed in (7, 8)]
    assert status(out).words.startswith(f"{out / 'parts'}: finished; 2 of 2 parts done, 2 of 2 runs")
    # What is trained is not trained again.
    kept = (out / "seed-8" / "model.keras").stat().st_mtime_ns
    assert quick(**several, resume=True).report == run.report
    assert (out / "seed-8" / "model.keras").stat().st_mtime_ns == kept


def train_the_same(several: str, ways: Iterable[tuple[object, ...]], data: Path, folder: Path) -> None:
    """Whoever trains them, the runs are those of one process."""
    asked = ("train", data, "--arch", "cnn-2", "--size", 32, "--epochs", 2, several, 2)
    outs = []
    for number, many in enumerate([(), *ways]):
        outs.append(folder / str(number))
        assert cli.main([str(each) for each in (*asked, *many, "--out", outs[-1])], lambda _: 0) == cli.DONE
    alone, *shared = outs
    table = f"{several.removeprefix('--')}.csv"
    for out in shared:
        assert (alone / table).read_bytes() == (out / table).read_bytes()
        for one, other in zip(models_of(alone), models_of(out), strict=True):
            weights = [tfcore.load_model(model).keras.get_weights() for model in (one, other)]
            assert all(np.array_equal(ours, theirs) for ours, theirs in zip(*weights, strict=True))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("several", ["--folds", "--seeds"])
def test_runs_that_workers_train_are_those_of_one_process(several: str, phantoms: Path, tmp_path: Path) -> None:
    train_the_same(several, [("--workers", 1), ("--workers", 2)], phantoms, tmp_path)
