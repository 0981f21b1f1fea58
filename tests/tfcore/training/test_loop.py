"""When a run ends, which epoch it keeps, and how much memory it takes meanwhile."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import pytest

import tfcore
from tfcore.data.pipeline import Pipeline, pipeline
from tfcore.training import session
from tfcore.training.run import Run


def history(run: Run) -> list[dict[str, str]]:
    with (run.folder / "history.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_run_without_improvement_ends_early(quick: Callable[..., Run]) -> None:
    # At this rate nothing moves, so that the first epoch stays the best by its accuracy.
    run = quick(epochs=30, patience=1, best="accuracy", lr=1e-8, weight_decay=0.0, head="gap", norm="batch")
    rows = history(run)
    assert len(rows) < 30
    assert run.report["best epoch"] == len(rows) - 1


@pytest.mark.slow
def test_the_epoch_is_kept_that_finds_the_chosen_classes_best(quick: Callable[..., Run]) -> None:
    run = quick(epochs=3, best="mean-recall", focus="glioma, pituitary", lr=0.01)
    rows = history(run)
    means = [(float(row["val_recall glioma"]) + float(row["val_recall pituitary"])) / 2 for row in rows]
    assert [float(row["val_mean-recall"]) for row in rows] == pytest.approx(means)
    assert means[run.report["best epoch"] - 1] == max(means)
    assert tfcore.load_model(run.model).card.provenance["training"]["settings"]["focus"] == "glioma, pituitary"


def test_all_sides_together_stay_within_the_memory(quick: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Pipeline] = []

    def watched(*args: Any, **how: Any) -> Pipeline:
        made.append(pipeline(*args, **how))
        return made[-1]

    monkeypatch.setattr(session, "pipeline", watched)
    quick(epochs=1, size=256, batch=1, head="gap", memory=16)
    picture = 256 * 256 * 3 * 4
    val, train, test = made
    assert (val.storage, train.storage, test.storage) == ("float32", "uint8", "float32")
    assert val.kept + train.kept + 5 * picture <= 16 << 20
    assert test.kept == 12 * picture
