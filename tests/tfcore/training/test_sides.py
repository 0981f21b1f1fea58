"""Who learns and who is tested: leaks are counted, copies dropped, given splits kept or merged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from tfcore.data.open import open_data
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
