"""Cross-validation: every picture is tested once, and the report says mean and deviation."""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from tfcore.data.open import open_data
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


def test_cross_validation_gives_mean_and_deviation(quick: Callable[..., Run]) -> None:
    run = quick(epochs=1, folds=2)
    each = [json.loads((run.folder / f"fold-{number}" / "report.json").read_text()) for number in (1, 2)]
    accuracies = [report["accuracy"] for report in each]
    assert run.report["mean"]["accuracy"] == pytest.approx(statistics.mean(accuracies))
    assert run.report["sd"]["accuracy"] == pytest.approx(statistics.stdev(accuracies))
    with (run.folder / "folds.csv").open(newline="") as stream:
        assert [row["fold"] for row in csv.DictReader(stream)] == ["1", "2", "mean", "sd"]
    assert "±" in (run.folder / "report.html").read_text(encoding="utf-8")
    assert run.model.exists()
