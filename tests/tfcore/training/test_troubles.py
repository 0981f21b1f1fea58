"""What can go wrong is said in one sentence, and what was reached is kept."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfcore
from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.training.run import Run


def test_an_empty_class_is_named(quick: Callable[..., Run], phantoms: Path) -> None:
    data = open_data(phantoms)
    without = data.with_samples(sample for sample in data if sample.label != "glioma")
    with pytest.raises(HeatlensError, match=r"The class glioma .* has no pictures"):
        quick(without)


def test_a_class_of_which_nothing_can_be_read_is_named_with_the_reason(
    quick: Callable[..., Run], phantoms: Path, tmp_path: Path
) -> None:
    shutil.copytree(phantoms / "glioma", tmp_path / "data" / "glioma")
    (tmp_path / "data" / "other").mkdir()
    (tmp_path / "data" / "other" / "1.png").write_bytes(b"garbage")
    with pytest.raises(HeatlensError, match=r"No picture of the class other of .* can be read; the first: .*1\.png"):
        quick(tmp_path / "data")


def test_one_class_is_too_few_and_why_there_is_one_is_said(
    quick: Callable[..., Run], phantoms: Path, tmp_path: Path
) -> None:
    shutil.copytree(phantoms / "glioma", tmp_path / "data" / "glioma")
    (tmp_path / "data" / "other").mkdir()
    with pytest.raises(HeatlensError, match=r"has glioma; a network needs two classes .* \(other holds no pictures"):
        quick(tmp_path / "data")
    (tmp_path / "t.csv").write_text(f"path,label\n{tmp_path}/data/glioma/P0000.png,a\ngone.png,b\n")
    with pytest.raises(HeatlensError, match=r"has a; .* \(t\.csv: 1 of 2 files do not exist, first gone\.png"):
        quick(tmp_path / "t.csv")


def test_too_few_pictures_for_three_parts_are_refused(quick: Callable[..., Run], phantoms: Path) -> None:
    data = open_data(phantoms)
    few = [sample for name in data.classes for sample in [s for s in data if s.label == name][:2]]
    with pytest.raises(HeatlensError, match="too few"):
        quick(data.with_samples(few))


def test_a_class_that_is_tested_but_not_learnt_is_named(quick: Callable[..., Run], phantoms: Path) -> None:
    with pytest.raises(HeatlensError, match=r"pictures of pituitary in val but none in train"):
        quick(sided(open_data(phantoms), "pituitary"), merge=False)


def sided(data: Dataset, unlearnt: str) -> Dataset:
    """Splits that come with the data, one class missing in train."""
    from dataclasses import replace

    sides = ("train", "val", "test")
    placed = [replace(sample, split=sides[number % 3]) for number, sample in enumerate(data)]
    return data.with_samples(s for s in placed if not (s.split == "train" and s.label == unlearnt))


def test_a_loss_that_is_no_number_stops_with_advice_and_does_not_block_its_folder(
    quick: Callable[..., Run], phantoms: Path
) -> None:
    data = open_data(phantoms)
    with pytest.raises(HeatlensError, match="glioma"):
        quick(data.with_samples(sample for sample in data if sample.label != "glioma"))
    with pytest.raises(
        HeatlensError, match=r"stopped being a number.* in epoch \d; lower the learning rate \(it is 10\), as --lr 1"
    ):
        quick(lr=10.0, optimizer="adam", weight_decay=1.0, scaling="none", epochs=50, arch="cnn-3", batch=2)
    assert quick(epochs=1).report["epochs"] == 1


def test_a_full_disk_keeps_the_best_so_far(
    quick: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, written = np.savez, []

    def full(path: Any, **arrays: Any) -> None:
        written.append(path)
        if len(written) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        saved(path, **arrays)

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(HeatlensError, match=r"checkpoint.*was not written: the disk is full"):
        quick(epochs=3)
    assert tfcore.load_model(tmp_path / "run" / "model.keras").classes[0] == "glioma"
    assert not list((tmp_path / "run").rglob(".*"))
    monkeypatch.setattr(np, "savez", saved)
    assert quick(epochs=3, resume=True).report["epochs"] == 3


def test_broken_pictures_are_left_out_and_counted(quick: Callable[..., Run], phantoms: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for name in ("glioma", "no_tumour"):
        shutil.copytree(phantoms / name, folder / name)
    (folder / "glioma" / "P9999.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    run = quick(folder, epochs=1)
    assert sum(run.report["pictures"].values()) == 24
    assert any("1 broken picture" in note for note in run.report["notes"])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"lr": "fast"}, "lr = 'fast' is not"),
        ({"split": "80/30/10"}, "three percentages"),
        ({"alpha": 0.5}, "has a setting 'alpha'"),
        ({"frozen": True}, "has no base to freeze"),
        ({"fine_tune_epochs": 2}, "add --frozen yes"),
        ({"focus": "oedema"}, "focus names oedema"),
        ({"seed": -1}, "not a seed"),
        ({"folds": 1}, "folds = 1"),
        ({"augment": "blurr"}, "blurr"),
        ({"arch": "cnn-9"}, "did you mean"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    quick: Callable[..., Run], settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(HeatlensError) as caught:
        quick(**settings)
    assert sentence in str(caught.value)
    assert str(caught.value).count("\n") == 0
