"""Folders of DICOM files: which belong together, in which order, and what is told of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pydicom

from tests.tfcore.pictures.dicoms import dataset, monochrome, written
from tests.tfcore.pictures.files import noise
from tests.tfcore.pictures.test_dicom import sentence_of
from tfcore.data import open_data
from tfcore.pictures import find, read


def series(folder: Path, positions: list[float], tilt: float = 0, **tags: Any) -> Path:
    """A slice per position, of its own value, under names that say nothing about the order."""
    folder.mkdir(exist_ok=True)
    for number, z in enumerate(positions):
        place = {"ImagePositionPatient": [0, tilt * z, z], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        data = dataset(np.full((4, 4), number, np.uint16), InstanceNumber=number, **place, **tags)
        (folder / f"1.2.{(7 * number) % 11}{number}").write_bytes(written(data))
    return folder


def order(folder: Path) -> list[int]:
    return [int(read(path).array[0, 0]) for path in find([f"{folder}#*"])]


def test_slices_are_ordered_by_where_they_lie(tmp_path: Path) -> None:
    folder = series(tmp_path / "ct", [30, 10, 20, 0])
    assert order(folder) == [3, 1, 2, 0]
    picture = read(f"{folder}#2")
    assert (picture.note, picture.frames) == ("slice 3 of 4", 4)
    assert len(list(find([folder]))) == 4
    assert "counted from 0 to 3" in sentence_of(f"{folder}#4")


def test_class_folders_of_files_without_endings_are_classes(tmp_path: Path) -> None:
    for label in ("ill", "well"):
        (tmp_path / label).mkdir()
        (tmp_path / label / "IM0001").write_bytes(monochrome(noise(4, 4)))
        (tmp_path / label / "README").write_text("text")
    assert open_data(tmp_path).counts() == {"ill": 1, "well": 1}


def test_gaps_doubles_and_tilt_are_told(tmp_path: Path) -> None:
    assert "1 gap between slices 10.00 mm apart" in read(f"{series(tmp_path / 'gap', [0, 10, 20, 40, 50])}#0").note
    assert "1 slices lie where another one does" in read(f"{series(tmp_path / 'two', [0, 10, 10, 20])}#0").note
    assert "gantry tilted by 15.0°" in read(f"{series(tmp_path / 'tilt', [0, 10, 20], np.tan(np.pi / 12))}#0").note


def test_without_positions_the_instance_number_counts(tmp_path: Path) -> None:
    folder = series(tmp_path / "us", [3, 2, 1])
    for path in folder.iterdir():
        data = pydicom.dcmread(path)
        del data.ImagePositionPatient
        data.save_as(path)
    assert order(folder) == [0, 1, 2]
    assert "ordered by number" in read(f"{folder}#0").note


def test_several_series_in_one_folder_are_named_one_by_one(tmp_path: Path) -> None:
    folder = series(tmp_path / "mixed", [0, 10])
    (folder / "notes.txt").write_text("no DICOM")
    (folder / "broken").write_bytes(monochrome(noise(4, 4), NumberOfFrames=2_000_000_000))
    for z in (5, 15, 25):
        data = dataset(np.full((4, 4), 9, np.uint16), SeriesInstanceUID="1.9", SeriesNumber=4, Modality="MR")
        (folder / f"other{z}").write_bytes(written(data))
    sentence = sentence_of(f"{folder}#0")
    assert "holds 2 series (0: 2 CT, 1: 3 MR)" in sentence
    assert "1 file of the folder cannot be read" in read(f"{folder}#series=1&0").note
    assert [read(path).array[0, 0] for path in find([f"{folder}#series=1&*"])] == [9, 9, 9]
    assert "no DICOM pictures" in sentence_of(f"{tmp_path}#0")
