"""Who learns and who is tested: leaks are counted, copies dropped, given splits kept or merged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tfcore.data.open import open_data
from tfcore.data.splits import save_split
from tfcore.errors import HeatlensError
from tfcore.training.plan import plan
from tfcore.training.sides import Sides, cleaned, data_hash, opened, placed


def nobody(done: int, total: int, text: str) -> None:
    """Nobody looks on."""


def sides_of(folder: Path, **settings: object) -> Sides:
    """The data parted by the plan."""
    intended = plan("mri-4class", **settings)  # type: ignore[arg-type]
    return placed(cleaned(opened(folder, intended), intended, nobody), intended)


def copied(phantoms: Path, folder: Path) -> Path:
    """Two classes, every picture there twice."""
    for name in ("glioma", "no_tumour"):
        shutil.copytree(phantoms / name, folder / name)
        for file in sorted((folder / name).iterdir()):
            shutil.copyfile(file, file.with_name(f"copy_{file.name}"))
    return folder


def test_copies_on_two_sides_are_counted_as_leaks(phantoms: Path, tmp_path: Path) -> None:
    sides = sides_of(copied(phantoms, tmp_path / "data"))
    assert sides.facts["leaks"] > 0
    assert any("--drop-duplicates" in note for note in sides.notes)


def test_dropped_duplicates_leave_no_leak(phantoms: Path, tmp_path: Path) -> None:
    sides = sides_of(copied(phantoms, tmp_path / "data"), drop_duplicates=True)
    assert sides.facts == {"leaks": 0, "dropped duplicates": 24}
    assert len(sides.data) == 24


def test_given_splits_are_kept_unless_they_are_to_be_merged(phantoms: Path) -> None:
    data = open_data(phantoms)
    names = ("train", "train", "val", "test", "test")
    given = data.with_samples(replace(sample, split=names[number % 5]) for number, sample in enumerate(data))
    keeping, merging = plan("mri-4class", merge=False), plan("mri-4class")
    assert placed(cleaned(given, keeping, nobody), keeping).data.samples == given.samples
    merged = placed(cleaned(given, merging, nobody), merging)
    assert [len(merged.data.part(name)) for name in ("train", "val", "test")] == [28, 8, 12]
    assert any("are merged" in note for note in merged.notes)


def test_the_split_of_another_run_can_be_taken_over(phantoms: Path, tmp_path: Path) -> None:
    first = sides_of(phantoms, seed=3, balance="down")
    file = save_split(first.data, tmp_path / "split.csv")
    again = sides_of(phantoms, seed=3, balance="down", split=str(file))
    assert {sample.path: sample.split for sample in again.data} == {one.path: one.split for one in first.data}
    with pytest.raises(HeatlensError, match=r"There is no saved split .*gone\.csv"):
        sides_of(phantoms, split="gone.csv")


def test_how_a_table_is_to_be_read_can_be_said(phantoms: Path, tmp_path: Path) -> None:
    rows = [f"{name}/{file.name},{name}" for name in ("glioma", "no_tumour") for file in (phantoms / name).iterdir()]
    (tmp_path / "odd.csv").write_text("\n".join(["Fname,kind", *rows]))
    intended = plan("tumour-binary")
    read = opened(tmp_path / "odd.csv", intended, {"path": "Fname", "label": "kind", "root": phantoms})
    assert read.counts() == {"glioma": 12, "no_tumour": 12}
    with pytest.raises(HeatlensError, match=r"no column that looks like file names .*\(--read path=…\)"):
        opened(tmp_path / "odd.csv", intended)


def test_rare_classes_are_repeated_in_train_alone(phantoms: Path) -> None:
    data = open_data(phantoms)
    rare = data.with_samples(
        sample for number, sample in enumerate(data) if sample.label != "glioma" or number % 8 == 0
    )
    intended = plan("mri-4class", balance="over")
    sides = placed(cleaned(rare, intended, nobody), intended)
    assert len(set(sides.part("train", intended).counts().values())) == 1
    assert len(set(sides.part("test", intended).counts().values())) == 2


def test_the_hash_of_the_data_follows_contents_and_labels(phantoms: Path) -> None:
    data = open_data(phantoms)
    same = open_data(phantoms)
    other = data.with_samples(replace(sample, label="glioma") for sample in data)
    assert data_hash(data, nobody) == data_hash(same, nobody)
    assert data_hash(data, nobody) != data_hash(other, nobody)
