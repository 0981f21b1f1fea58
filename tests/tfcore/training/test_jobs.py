"""Training as the window sees it: progress, epochs as they end, and the way to the report."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Event, Job, Partial, Progress
from tfcore.engine.remaining import Remaining
from tfcore.errors import Cancelled
from tfcore.jobs import find


def context(heard: list[Event], cancelled: threading.Event | None = None) -> Context:
    return Context(Job("train", {}), heard.append, OpenModels(), cancelled or threading.Event())


@pytest.mark.slow
def test_every_epoch_is_a_partial_result(phantoms: Path, tmp_path: Path) -> None:
    heard: list[Event] = []
    settings: dict[str, Any] = {"recipe": "mri-4class", "arch": "cnn-2", "size": 32, "epochs": 2}
    result = find("train")(context(heard), data=str(phantoms), out=str(tmp_path / "run"), **settings)
    epochs = [event.value["epoch"] for event in heard if isinstance(event, Partial) and "epoch" in event.value]
    assert [row["epoch"] for row in epochs] == [1, 2]
    assert {"loss", "accuracy", "val_loss", "val_accuracy", "val_macro-f1"} <= epochs[0].keys()
    assert any(isinstance(event, Progress) for event in heard)
    assert Path(result["model"]).exists()
    assert Path(result["page"]).exists()
    assert 0 <= result["report"]["accuracy"] <= 1


def test_augmented_pictures_are_shown_before_anything_is_trained(phantoms: Path) -> None:
    request = {"recipe": "mri-4class", "arch": "cnn-2", "size": 32, "augment": "flip, noise", "weights": "imagenet"}
    grid = find("preview_augmentation")(context([]), data=str(phantoms), out="run", **request)
    # Four pictures, each as it is and five times changed, with gaps of two pixels.
    assert grid.shape == (4 * 34 - 2, 6 * 34 - 2, 3)
    assert not np.array_equal(grid[:32, :32], grid[:32, 34:66])


def test_a_cancelled_job_stops(phantoms: Path, tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        find("train")(context([], cancelled), data=str(phantoms), out=str(tmp_path / "run"), arch="cnn-2", size=32)


def test_the_time_left_follows_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Event] = []
    now = iter([0.0, 10.0])
    told = context(heard)
    monkeypatch.setattr(told, "progress", lambda done, total, text: heard.append(Progress(told.job, done, total, text)))
    remaining = Remaining(told)
    monkeypatch.setattr("tfcore.engine.remaining.time.monotonic", lambda: next(now))
    remaining.tick(0, 100, "epoch 1/5")
    remaining.tick(20, 100, "epoch 1/5")
    assert [event.text for event in heard if isinstance(event, Progress)] == ["epoch 1/5", "epoch 1/5 · 0:40 left"]
