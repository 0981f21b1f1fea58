"""Interrupted and gone on with, a run ends where it would have ended."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfcore
from tfcore.errors import Cancelled, HeatlensError
from tfcore.training.run import Run
from tfcore.training.watch import Watch


def rows(folder: Path) -> list[dict[str, str]]:
    """The history without what no two runs share."""
    with (folder / "history.csv").open(newline="") as stream:
        return [{name: cell for name, cell in row.items() if name != "seconds"} for row in csv.DictReader(stream)]


def test_an_epoch_and_one_more_are_the_same_as_two(quick: Callable[..., Run], tmp_path: Path) -> None:
    settings: dict[str, Any] = {"augment": "flip, noise", "lr": 1e-2, "norm": "batch", "averaging": 1}
    whole = quick(out=tmp_path / "whole", epochs=2, **settings)
    quick(out=tmp_path / "parts", epochs=1, **settings)
    parts = quick(out=tmp_path / "parts", epochs=2, resume=True, **settings)
    one, other = (tfcore.load_model(run.model).keras.get_weights() for run in (whole, parts))
    assert all(np.allclose(a, b, atol=1e-6, rtol=0) for a, b in zip(one, other, strict=True))
    assert len(rows(whole.folder)) == 2
    for ours, theirs in zip(rows(whole.folder), rows(parts.folder), strict=True):
        assert ours.keys() == theirs.keys()
        for name in ours.keys() - {"stage"}:
            assert float(ours[name]) == pytest.approx(float(theirs[name]), abs=1e-6)


@pytest.mark.slow
def test_a_run_of_frozen_base_and_fine_tuning_resumes_in_its_second_stage(
    quick: Callable[..., Run], tmp_path: Path
) -> None:
    settings: dict[str, Any] = {"arch": "mobilenetv2", "alpha": 0.35, "recipe": "xray-transfer", "epochs": 1}
    whole = quick(out=tmp_path / "whole", fine_tune_epochs=2, **settings)
    quick(out=tmp_path / "parts", fine_tune_epochs=1, **settings)
    parts = quick(out=tmp_path / "parts", fine_tune_epochs=2, resume=True, **settings)
    assert [row["stage"] for row in rows(parts.folder)] == ["head", "fine-tuning", "fine-tuning"]
    assert whole.report["accuracy"] == parts.report["accuracy"]
    for ours, theirs in zip(rows(whole.folder), rows(parts.folder), strict=True):
        assert float(ours["val_loss"]) == pytest.approx(float(theirs["val_loss"]), abs=1e-5)


def cancel_in_epoch(number: int) -> Watch:
    """Stops a run in the middle of an epoch."""
    seen: list[int] = []

    def tick(done: int, total: int, text: str) -> None:
        if len(seen) == number - 1 and text.startswith(f"epoch {number}/"):
            raise Cancelled

    return Watch(tick=tick, epoch=lambda row: seen.append(row["epoch"]))


def test_a_cancelled_run_leaves_the_best_model_and_can_go_on(quick: Callable[..., Run], tmp_path: Path) -> None:
    settings = {"lr": 0.02, "warm_up": 0.5, "decay": "cosine"}
    with pytest.raises(Cancelled):
        quick(epochs=3, watch=cancel_in_epoch(2), **settings)
    folder = tmp_path / "run"
    model = tfcore.load_model(folder / "model.keras")
    assert model.predict(np.zeros((1, 32, 32, 3))).shape == (1, 4)
    assert len(rows(folder)) == 1
    (folder / "model.keras").write_bytes(b"of an epoch before, since the machine went down while this one was written")
    run = quick(epochs=3, resume=True, **settings)
    # Four steps an epoch: the rate rises over six and falls over six, and goes on where it was.
    ends = [0.02 * 4 / 6, 0.02 * (1 + math.cos(math.pi / 6)) / 2, 0.02 * (1 + math.cos(math.pi * 5 / 6)) / 2]
    assert [float(row["lr"]) for row in rows(run.folder)] == pytest.approx(ends)
    assert tfcore.load_model(run.model).classes == model.classes


def test_resuming_with_another_recipe_setting_or_data_is_refused(
    quick: Callable[..., Run], tmp_path: Path, two_classes: Path
) -> None:
    quick(epochs=1)
    with pytest.raises(HeatlensError, match=r"begun with another lr;"):
        quick(epochs=2, lr=0.5, resume=True)
    with pytest.raises(HeatlensError, match=r"begun with another recipe"):
        quick(epochs=2, recipe="xray-transfer", resume=True)
    with pytest.raises(HeatlensError, match=r"begun with another data;"):
        quick(two_classes, epochs=2, resume=True)
    settings = json.loads((tmp_path / "run" / "settings.json").read_text())
    assert settings["recipe"] == "mri-4class"


@pytest.mark.slow
def test_a_run_from_before_a_setting_existed_goes_on_as_what_it_was(quick: Callable[..., Run], tmp_path: Path) -> None:
    """Small networks had batch norm, a global average and batches of eight when their runs named neither, and kept the
    weights as they were."""
    quick(epochs=1, dropout=0.25, head="gap", norm="batch", averaging=0)
    file = tmp_path / "run" / "settings.json"
    settings = json.loads(file.read_text())
    for name in ("head", "norm"):
        del settings["architecture"][name]
    for name in ("warm_up", "decay", "averaging"):
        del settings["settings"][name]
    file.write_text(json.dumps(settings))
    with pytest.raises(HeatlensError, match=r"begun with another head;"):
        quick(epochs=2, resume=True, head="flatten")
    run = quick(epochs=2, resume=True, batch=None)
    assert run.report["epochs"] == 2
    kinds = {step.kind for step in tfcore.load_model(run.model).program.steps}
    assert {"BatchNormalization", "GlobalAveragePooling2D"} <= kinds


def test_only_a_run_can_be_resumed_and_nothing_is_overwritten(quick: Callable[..., Run], tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="holds no run to go on with"):
        quick(resume=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(HeatlensError, match="is not empty and holds no run"):
        quick(out=tmp_path / "mine")
    (tmp_path / "run" / "checkpoint").mkdir(parents=True)
    (tmp_path / "run" / "checkpoint" / "last.npz").write_bytes(b"")
    with pytest.raises(HeatlensError, match="holds a run already"):
        quick()
    (tmp_path / "file").write_text("")
    with pytest.raises(HeatlensError, match="is a file"):
        quick(out=tmp_path / "file")
