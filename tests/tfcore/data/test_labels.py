from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

import resources
from tests.tfcore.data.conftest import noise, saved
from tfcore.cli import DONE, main
from tfcore.data.labels import class_names, labels
from tfcore.errors import HeatlensError

CLASSES = ("glioma", "no tumour")


def test_a_folder_named_after_a_class_is_a_label() -> None:
    paths = [Path("a/glioma/1.png"), Path("a/masks/1.png")]
    found = labels(paths, classes=CLASSES)
    assert found.of == {str(paths[0]): "glioma"}
    assert found.notes == ("1 of 2 pictures lie in no folder of one class: masks (its classes are glioma, no tumour).",)


def test_a_patients_folder_in_a_class_folder_is_no_class_and_two_classes_are_none() -> None:
    paths = ["data/glioma/P12/1.png", "data/glioma/no tumour/1.png"]
    found = labels(paths, classes=CLASSES)
    assert found.of == {paths[0]: "glioma"}
    assert "no tumour in glioma" in found.notes[0]


def test_what_a_folder_or_a_label_means_is_said(tmp_path: Path) -> None:
    paths = ["a/yes/1.png", "a/no/1.png", "a/scans/1.png"]
    found = labels(paths, classes=CLASSES, map={"yes": "glioma", "no": ""})
    assert found.of == {paths[0]: "glioma"}
    assert found.unknown == ("scans",)
    assert found.notes[0].startswith("1 of 3 pictures lie in no folder of one class: scans")
    with pytest.raises(HeatlensError, match=r"--map yes=gliom: the model has no class .gliom.; did you mean glioma"):
        labels(paths, classes=CLASSES, map={"yes": "gliom"})
    assert "nothing comes of --map other=glioma" in labels(paths, classes=CLASSES, map={"other": "glioma"}).notes[0]
    table = tmp_path / "table.csv"
    table.write_text("file,class\n1.png,G1\n2.png,healthy\n3.png,odd\n")
    said = {"G1": "glioma", "healthy": "no tumour"}
    pictures = [tmp_path / f"{number}.png" for number in (1, 2, 3)]
    with pytest.raises(HeatlensError, match=r"holds the label .odd..*--map .odd=glioma."):
        labels(pictures, table, CLASSES, map=said)
    found = labels(pictures, table, CLASSES, map={**said, "odd": ""})
    assert list(found.of.values()) == ["glioma", "no tumour"]


def test_without_classes_every_folder_is_one() -> None:
    assert labels(["a/b/1.png", "a/c/1.png"]).of == {"a/b/1.png": "b", "a/c/1.png": "c"}


def test_a_table_names_files_by_path_or_by_name(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("File,Class\na/1.png,glioma\nb/1.png,no tumour\nelsewhere/2.png,glioma\n", encoding="utf-8-sig")
    first, second, third = tmp_path / "a/1.png", tmp_path / "b/1.png", tmp_path / "2.png"
    # A table that names folders means them: 2.png is not elsewhere/2.png.
    assert labels([first, second, third], table, CLASSES).of == {str(first): "glioma", str(second): "no tumour"}
    table.write_text("file,class\n1.png,glioma\n2.png,glioma\n")
    found = labels([first, second, tmp_path / "x" / "2.png"], table, CLASSES)
    assert found.of == {str(tmp_path / "x" / "2.png"): "glioma"}
    assert "1 name without a folder" in found.notes[0]


def test_labels_in_another_spelling_are_the_class_and_contradictions_are_left_out(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("file,class\n1.png,Glioma\n2.png,NO  tumour\n3.png,glioma\n3.png,no tumour\n")
    paths = [tmp_path / f"{number}.png" for number in (1, 2, 3)]
    found = labels(paths, table, CLASSES)
    assert found.of == {str(paths[0]): "glioma", str(paths[1]): "no tumour"}
    assert any("Labels in another spelling: 'Glioma' for glioma" in note for note in found.notes)
    assert any("left out: 3.png (label glioma and no tumour)" in note for note in found.notes)
    assert labels(["Glioma/1.png"], classes=CLASSES).of == {"Glioma/1.png": "glioma"}
    assert labels(["glioma/1.png"], classes=["Glioma", "GLIOMA"]).of == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("file,size\n1.png,3\n", "no column that looks like labels"),
        ("name,class\n1.png,glioma\n", "no column that looks like file names"),
        ("", "no rows below its heading"),
        ("file,class\n1.png,Gliom\n", "'Gliom'"),
        ("file,class\n7.png,glioma\n", "names none of the pictures"),
        ("file,class\n1.png\n", "line 2 has 1 columns and its heading 2"),
    ],
)
def test_a_table_that_does_not_fit_says_why(tmp_path: Path, text: str, sentence: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(text)
    with pytest.raises(HeatlensError, match=sentence):
        labels([tmp_path / "1.png"], table, CLASSES)


def test_a_missing_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match=r"no table .*none\.csv"):
        labels([tmp_path / "1.png"], tmp_path / "none.csv", CLASSES)


def test_the_names_of_class_folders_come_as_keras_counts_them(tmp_path: Path) -> None:
    for number, name in enumerate(("grade 10", "grade 2", "Normal")):
        saved(tmp_path / name / "1.png", noise(number))
    assert class_names(tmp_path) == ("Normal", "grade 10", "grade 2")
    with pytest.raises(HeatlensError, match="a folder of pictures for each class"):
        class_names(tmp_path / "Normal")


def test_predict_says_which_are_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # One picture of a glioma, sorted rightly, wrongly and not at all.
    for folder in ("Glioma", "pituitary", "unsorted"):
        (tmp_path / folder).mkdir()
        shutil.copy(resources.path("demo") / "P0132.png", tmp_path / folder / "1.png")
    command = ["predict", str(tmp_path), "--model", "demo", "--labels", "folders"]
    assert main(command, lambda _: 1) == DONE
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["label"], row["right"]) for row in rows] == [("glioma", "True"), ("pituitary", "False"), ("", "")]
    assert "3 predicted, 0 left out; 1 of 2 with a label right (50.0%)" in err
    assert "1 of 3 pictures lie in no folder of one class: unsorted" in err
    assert main([*command, "--map", "unsorted=pituitary"], lambda _: 1) == DONE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["label"], row["right"]) for row in rows][2] == ("pituitary", "False")
    assert main([*command[:-2], "--map", "unsorted=glioma"], lambda _: 1) == 2
    assert "say where they are as well" in capsys.readouterr().err
    table = tmp_path / "t.csv"
    table.write_text("file,class\nunsorted/1.png,glioma\n")
    assert main([*command[:-1], str(table), "--json"], lambda _: 1) == DONE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["right"] for row in rows] == [None, None, True]
