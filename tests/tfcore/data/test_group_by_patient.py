"""Pictures of one patient stay on one side where that is asked for, and nobody learns whose they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.tfcore.pictures.dicoms import monochrome
from tfcore import places
from tfcore.data import open_data, save_split, split
from tfcore.pictures.pseudonym import pseudonym


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight patients with three pictures each, in two class folders, under names that say nothing of them."""
    monkeypatch.setenv("HEATLENS_HOME", str(tmp_path / "home"))
    for number in range(24):
        patient = number % 8
        place = tmp_path / "data" / ("ill" if patient % 2 else "well")
        place.mkdir(parents=True, exist_ok=True)
        stored = np.full((4, 4), number, np.uint16)
        (place / f"IM{number:03}").write_bytes(monochrome(stored, PatientID=f"HOSPITAL-{patient}"))
    return tmp_path / "data"


def test_a_split_never_parts_a_patient(folder: Path, tmp_path: Path) -> None:
    assert not open_data(folder).has_patients
    data = split(open_data(folder, group_by_patient=True), (0.5, 0.25, 0.25))
    sides: dict[int, set[str | None]] = {}
    for sample in data:
        sides.setdefault(int(sample.path.name.removeprefix("IM")) % 8, set()).add(sample.split)
    assert all(len(each) == 1 for each in sides.values())
    assert set.union(*sides.values()) == {"train", "val", "test"}
    assert "8 patients" in data.described()
    assert "HOSPITAL" not in save_split(data, tmp_path / "split.csv").read_text()


def test_a_pseudonym_is_of_this_installation_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, same, other = (pseudonym(folder / "well" / f"IM{number:03}") for number in (0, 8, 2))
    assert one == same != other
    assert one is not None
    assert len(one) == 16
    (salt,) = places.settings().iterdir()
    assert salt.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("HEATLENS_HOME", str(tmp_path / "elsewhere"))
    assert pseudonym(folder / "well" / "IM000") != one


def test_what_says_nothing_of_a_patient_counts_by_itself_and_is_told(folder: Path) -> None:
    (folder / "well" / "IM900").write_bytes(monochrome(np.zeros((4, 4), np.uint16), PatientID=""))
    data = open_data(folder, group_by_patient=True)
    assert [sample.patient for sample in data if sample.path.name == "IM900"] == [None]
    assert "Of 1 picture nothing says whose" in " ".join(data.notes)
