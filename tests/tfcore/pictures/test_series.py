"""Folders of DICOM files: which belong together, in which order, and what is told of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom import uid

from tests.tfcore.pictures.dicoms import dataset, item, monochrome, written
from tests.tfcore.pictures.files import noise, sentence_of
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
    assert "1 slice lies where another one does" in read(f"{series(tmp_path / 'two', [0, 10, 10, 20])}#0").note
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


def test_a_disc_is_opened_by_its_table_of_contents(tmp_path: Path) -> None:
    disc = tmp_path / "disc"
    disc.mkdir()
    folder = series(disc / "IMAGES", [0, 10])
    (disc / "DICOMDIR").write_bytes(b"\0" * 128 + b"DICM")
    assert sorted(find([disc / "DICOMDIR"])) == sorted(folder.iterdir())


def test_very_many_files_are_sorted_by_their_headers_and_that_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    place = {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "ImagePositionPatient": [0, 0, 0]}
    for number in range(3):
        data = dataset(np.zeros((4, 4), np.uint16), SeriesNumber=number, SeriesInstanceUID=f"1.{number}", **place)
        whole = bytearray(written(data))
        for z in range(400):
            (folder / f"{number}_{z}").write_bytes(whole)
    told: list[tuple[int, int]] = []
    found = list(find([f"{folder}#series=2&*"], tell=lambda *numbers: told.append(numbers)))
    assert len(found) == 400
    assert told == [(0, 1200), (500, 1200), (1000, 1200)]


_SYNTAXES = (uid.ExplicitVRLittleEndian, uid.ImplicitVRLittleEndian, uid.ExplicitVRBigEndian)


@pytest.mark.parametrize("syntax", [*_SYNTAXES, uid.DeflatedExplicitVRLittleEndian])
def test_a_series_is_the_same_however_its_headers_are_written(tmp_path: Path, syntax: uid.UID) -> None:
    """With sequences of open length as well: what is not plain is read in another way."""
    for number, z in enumerate([30, 10, 20, 0]):
        place = {"ImagePositionPatient": [0, 0, z], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        data = dataset(np.full((4, 4), number, np.uint8), InstanceNumber=number, **place)
        data.ReferencedStudySequence = [item(ReferencedSOPInstanceUID="1.2", SeriesNumber=99)]
        data["ReferencedStudySequence"].is_undefined_length = True
        data.file_meta.TransferSyntaxUID = syntax
        data["PixelData"].VR = "OW"
        (tmp_path / str(number)).write_bytes(written(data))
    assert order(tmp_path) == [3, 1, 2, 0]
