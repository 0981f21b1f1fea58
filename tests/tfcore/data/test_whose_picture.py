"""No picture gets the label of another: what a table names is what is taken, and what is in doubt is left out."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.tfcore.data.conftest import noise, saved
from tfcore.data import load_split, open_data, save_split, split
from tfcore.data.sources import stored
from tfcore.errors import HeatlensError


def written(folder: Path, text: str, *pictures: str) -> Path:
    """A table, and beside it pictures."""
    for number, name in enumerate(pictures):
        saved(folder / name, noise(number))
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def names(source: Path, **options: str) -> dict[str, str | None]:
    """Which picture got which label."""
    data = open_data(source, **options)
    return {sample.path.relative_to(data.root).as_posix(): sample.label for sample in data}


def test_the_scan_of_another_patient_is_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    source = written(
        tmp_path, "path,label\npatientA/scan.png,glioma\npatientC/1.png,no\n", "patientB/scan.png", "patientC/1.png"
    )
    assert names(source) == {"patientC/1.png": "no"}
    assert "table.csv: 1 of 2 files do not exist, first patientA/scan.png; left out." in open_data(source).notes


@pytest.mark.parametrize("name", ["scan.png", "./scan.png", "SCAN.PNG", "scan"])
def test_in_a_table_that_names_folders_a_name_alone_is_a_file_beside_it(tmp_path: Path, name: str) -> None:
    source = written(tmp_path, f"path,label\n{name},glioma\nC/1.png,no\n", "B/scan.png", "C/1.png")
    assert names(source) == {"C/1.png": "no"}


def test_a_name_alone_is_looked_for_where_no_row_names_a_folder_and_that_is_said(tmp_path: Path) -> None:
    source = written(tmp_path, "path,label\n1.png,a\n2.png,b\n3.png,b\n", "A/1.png", "B/2.png", "B/3.png")
    assert names(source) == {"A/1.png": "a", "B/2.png": "b", "B/3.png": "b"}
    notes = open_data(source).notes
    assert any("3 names without a folder looked for below" in note and "1.png as A/1.png" in note for note in notes)


def test_a_name_that_lies_in_two_folders_is_left_out(tmp_path: Path) -> None:
    source = written(tmp_path, "path,label\nscan.png,glioma\n1.png,no\n", "P1/scan.png", "P2/scan.png", "P1/1.png")
    assert names(source) == {"P1/1.png": "no"}


def test_a_name_alone_is_not_looked_for_in_the_folder_of_another_patient_or_class(tmp_path: Path) -> None:
    rows = "path,label,patient\nscan.png,glioma,A\n1.png,no,B\n2.png,glioma,B\n3.png,no,A\n"
    source = written(tmp_path, rows, "B/scan.png", "b/1.png", "no/2.png", "no/3.png")
    assert names(source) == {"b/1.png": "no", "no/3.png": "no"}


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("A/é.png", unicodedata.normalize("NFD", "A/é.png")),
        (unicodedata.normalize("NFD", "A/é.png"), "A/é.png"),
        ("A/x.PNG", "A/x.png"),
        ("a/X.png", "A/x.png"),
        ("A/x", "A/x.png"),
    ],
)
def test_another_spelling_is_taken_where_one_file_fits_and_that_is_said(tmp_path: Path, name: str, there: str) -> None:
    source = written(tmp_path, f"path,label\n{name},glioma\n", there)
    assert names(source) == {there: "glioma"}
    assert any("1 name found in another spelling" in note for note in open_data(source).notes)
    saved(tmp_path / there.upper(), noise(9))
    with pytest.raises(HeatlensError, match="names no file that is below"):
        open_data(source)


def test_an_ending_that_is_stated_is_the_ending(tmp_path: Path) -> None:
    source = written(tmp_path, "path,label\nA/x.png,glioma\nA/y.jpg,no\n", "A/x.png.jpg", "A/x.jpg", "A/y.jpg")
    assert names(source) == {"A/y.jpg": "no"}


def test_rows_that_contradict_each_other_leave_their_picture_out_by_name(tmp_path: Path) -> None:
    (tmp_path / "link.png").symlink_to(tmp_path / "c.png")
    rows = "path,label,patient,split\na.png,x,1,train\n./a.png,y,1,train\nb.png,x,1,train\nb.png,x,2,train\n"
    rows += "c.png,x,1,train\nlink.png,x,1,test\nd.png,x,1,train\nd.png,x,1,train\n"
    source = written(tmp_path, rows, "a.png", "b.png", "c.png", "d.png")
    assert names(source) == {"d.png": "x"}
    said = " ".join(open_data(source).notes)
    for words in ("a.png (label x and y)", "b.png (patient 1 and 2)", "c.png (split test and train)"):
        assert words in said
    (tmp_path / "table.csv").write_text("path,label\na.png,x\na.png,y\n")
    with pytest.raises(HeatlensError, match=r"every picture is there with contradictions, a\.png"):
        open_data(source)


def test_columns_of_one_name_count_where_they_agree(tmp_path: Path) -> None:
    rows = "path,label,Label ,path\na.png,x,y,a.png\nb.png,x,x,b.png\nc.png,x,,\nd.png,x,x,e.png\ne.png,x,,\n"
    source = written(tmp_path, rows, *(f"{name}.png" for name in "abcde"))
    assert names(source) == {"b.png": "x", "c.png": "x"}
    said = " ".join(open_data(source).notes)
    assert "has 2 columns called label (label)" in said
    assert "1 rows name two files; left out: line 5" in said
    assert "a.png (label x and y)" in said


def test_labels_and_patients_in_other_spellings_are_one_and_that_is_said(tmp_path: Path) -> None:
    spelt = ["Glioma", "glioma ", "glioma", "GLIOMA\u200b", unicodedata.normalize("NFD", "Ödem"), "Ödem"]
    rows = "\n".join(f'{number}.png,"{label}",{"pP"[number % 2]}1' for number, label in enumerate(spelt))
    source = written(tmp_path, f"path,label,patient\n{rows}\n", *(f"{number}.png" for number in range(6)))
    data = open_data(source)
    assert data.classes == ("glioma", unicodedata.normalize("NFD", "Ödem"))
    assert {sample.patient for sample in data} == {"p1"}
    said = " ".join(data.notes)
    assert "they count as one class, glioma." in said
    assert "they count as one patient, p1." in said


def test_folders_in_other_spellings_are_one_class_also_across_splits(tmp_path: Path) -> None:
    for number, folder in enumerate(("train/Yes", "train/no", "test/yes", "test/NO")):
        saved(tmp_path / folder / f"{number}.png", noise(number))
    data = open_data(tmp_path)
    assert data.counts() == {"no": 2, "Yes": 2}
    assert any("'Yes', 'yes' differ in case" in note for note in data.notes)


def test_a_link_says_nothing_about_what_it_leads_to(folders: Path) -> None:
    (folders / "yes" / "more").symlink_to(folders / "no", target_is_directory=True)
    (folders / "no" / "all").symlink_to(folders, target_is_directory=True)
    data = open_data(folders, kind="class folders")
    assert data.counts() == {"no": 3, "yes": 3}
    assert all(sample.path.parent.name == sample.label for sample in data)
    assert any("each picture counts once" in note for note in data.notes)


def test_a_file_with_two_names_in_two_classes_is_left_out(folders: Path) -> None:
    (folders / "yes" / "same.png").hardlink_to(folders / "no" / "N0.png")
    data = open_data(folders)
    assert data.counts() == {"no": 2, "yes": 3}
    assert any("left out: no/N0.png (label no and yes)" in note for note in data.notes)


def test_patients_that_differ_in_spelling_are_not_parted(tmp_path: Path) -> None:
    rows = [f"{number}.png,{'ab'[number % 2]},{'Pp'[number // 2 % 2]}{number // 4}" for number in range(40)]
    source = written(tmp_path, "path,label,patient\n" + "\n".join(rows), *(f"{number}.png" for number in range(40)))
    parted = split(open_data(source), (0.6, 0.2, 0.2))
    sides: dict[str, set[str | None]] = {}
    for sample in parted:
        sides.setdefault(str(sample.patient).lower(), set()).add(sample.split)
    assert {len(side) for side in sides.values()} == {1}


def test_a_saved_split_that_puts_a_picture_on_two_sides_is_refused(folders: Path, tmp_path: Path) -> None:
    data = split(open_data(folders), (0.5, 0.25, 0.25))
    path = save_split(data, tmp_path / "split.csv")
    path.write_text(path.read_text() + "no/N0.png,,no,,train\nno/N0.png,,no,,test\n")
    with pytest.raises(HeatlensError, match=r"places no/N0\.png on two sides"):
        load_split(data, path)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"samples": [5]}', '{"samples": [{"path": 3}]}', "null", '"', "\0"])
def test_what_is_no_split_says_so(folders: Path, tmp_path: Path, text: str) -> None:
    for name in ("split.json", "split.csv"):
        (tmp_path / name).write_text(text)
        with pytest.raises(HeatlensError, match=r"split\.(json|csv) (is no|does not place)"):
            load_split(open_data(folders), tmp_path / name)


# --- tables that are none ---


@pytest.mark.parametrize(
    "row",
    ["a\0.png,no", f"{'x' * 5000}.png,no", f"{'d/' * 3000}x.png,no", "/etc/passwd/x,no", "~nobody/x.png,no", ".,no"],
)
def test_a_name_that_no_file_can_have_is_left_out(tmp_path: Path, row: str) -> None:
    source = written(tmp_path, f"path,label\nA/1.png,yes\n{row}\n", "A/1.png")
    assert names(source) == {"A/1.png": "yes"}
    assert all(len(note) < 300 and note.isprintable() for note in open_data(source).notes)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text|no text|no column"),
        (b"path,label\n" + b'"' + b"y" * 200_000 + b'",no\n', "is not a table"),
        (b'path,label\na.png,"yes\nb.png,no\n', "is not a table"),
        (b"path\0,label\na.png,no\n", "holds zero bytes"),
        (b"\xff\xfe\0", "not text"),
    ],
)
def test_a_file_that_is_no_table_says_so(tmp_path: Path, data: bytes, sentence: str) -> None:
    (tmp_path / "table.csv").write_bytes(data)
    with pytest.raises(HeatlensError, match=sentence):
        open_data(tmp_path / "table.csv")


def test_a_table_of_countless_cells_is_refused_before_it_is_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, "path,label\n" + "a,b\n" * 100)
    monkeypatch.setattr(stored, "MOST_ROWS", 100)
    with pytest.raises(HeatlensError, match="has some 101 rows and 202 cells, more than are read"):
        open_data(source)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_sixteen_bits_without_a_mark_are_read(tmp_path: Path, encoding: str) -> None:
    saved(tmp_path / "é.png", noise(0))
    (tmp_path / "table.csv").write_bytes("path,label\né.png,yes\n".encode(encoding))
    assert names(tmp_path / "table.csv") == {"é.png": "yes"}
