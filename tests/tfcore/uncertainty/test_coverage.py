from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tfcore.errors import HeatlensError
from tfcore.uncertainty import labels
from tfcore.uncertainty.coverage import coverage, plot, rows, save_plot, save_table


def test_leaving_out_the_least_sure_leaves_the_right_ones() -> None:
    uncertain = np.arange(100) / 100
    correct = uncertain < 0.7
    curve = coverage(uncertain[::-1], correct[::-1])
    assert curve.share.tolist() == pytest.approx(np.arange(1, 21) / 20)
    assert curve.accuracy[curve.share <= 0.7].min() == 1
    assert curve.accuracy[-1] == pytest.approx(0.7)
    assert curve.limit[-1] == 0.99
    assert (curve.low <= curve.accuracy).all()
    assert (curve.accuracy <= curve.high).all()
    # Binomial: 0.7 ± 1.96·√(0.21/100).
    assert curve.low[-1] == pytest.approx(0.61, abs=0.02)


def test_few_pictures_give_few_rows() -> None:
    assert coverage([0.2, 0.1, 0.3], [True, True, False]).kept.tolist() == [1, 2, 3]


@pytest.mark.parametrize(("uncertain", "correct"), [([], []), ([0.1, 0.2], [True])])
def test_no_curve_without_a_label_for_each(uncertain: list, correct: list) -> None:
    with pytest.raises(HeatlensError, match="one of both per picture"):
        coverage(uncertain, correct)


def test_the_curve_is_written_as_table_and_plot(tmp_path: Path) -> None:
    curve = coverage(np.linspace(0, 1, 40), np.arange(40) < 30)
    table = save_table({"entropy": curve}, tmp_path / "coverage.csv").read_text().splitlines()
    assert table[0] == "left_out_by,share_kept,pictures,accuracy,low_95,high_95,limit,inserted_dropout"
    assert len(table) == 21
    assert save_plot({"entropy": curve}, tmp_path / "coverage.png").stat().st_size > 1000


def test_table_and_plot_say_that_dropout_was_inserted() -> None:
    curves = {"entropy": coverage(np.linspace(0, 1, 40), np.arange(40) < 30)}
    assert {row["inserted_dropout"] for row in rows(curves, 0.2)} == {0.2}
    assert plot(curves, 0.2).axes[0].get_title("left").endswith("dropout 0.2 inserted")
    assert "inserted" not in plot(curves).axes[0].get_title("left")


# --- labels ---

CLASSES = ("glioma", "no tumour")


def test_a_folder_named_after_a_class_is_a_label() -> None:
    paths = [Path("a/glioma/1.png"), Path("a/masks/1.png")]
    assert labels.from_folders(paths, CLASSES) == {paths[0]: "glioma"}


def test_a_table_names_files_by_path_or_by_name(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("File,Class\na/1.png,glioma\nb/1.png,no tumour\nelsewhere/2.png,glioma\n", encoding="utf-8-sig")
    first, second, third = tmp_path / "a/1.png", tmp_path / "b/1.png", tmp_path / "2.png"
    # A table that names folders means them: 2.png is not elsewhere/2.png.
    assert labels.from_table(table, [first, second, third], CLASSES) == {first: "glioma", second: "no tumour"}
    table.write_text("file,class\n1.png,glioma\n2.png,glioma\n")
    notes: list[str] = []
    assert labels.from_table(table, [first, second, tmp_path / "x" / "2.png"], CLASSES, notes=notes) == {
        tmp_path / "x" / "2.png": "glioma"
    }
    assert "1 name without a folder" in notes[0]


def test_labels_in_another_spelling_are_the_class_and_contradictions_are_left_out(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("file,class\n1.png,Glioma\n2.png,NO  tumour\n3.png,glioma\n3.png,no tumour\n")
    notes: list[str] = []
    paths = [tmp_path / f"{number}.png" for number in (1, 2, 3)]
    found = labels.from_table(table, paths, CLASSES, notes=notes)
    assert found == {paths[0]: "glioma", paths[1]: "no tumour"}
    assert any("Labels in another spelling: 'Glioma' for glioma" in note for note in notes)
    assert any("left out: 3.png (label glioma and no tumour)" in note for note in notes)
    assert labels.from_folders([Path("Glioma/1.png")], CLASSES) == {Path("Glioma/1.png"): "glioma"}
    assert labels.from_folders([Path("glioma/1.png")], ["Glioma", "GLIOMA"]) == {}


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
        labels.from_table(table, [tmp_path / "1.png"], CLASSES)


def test_a_missing_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match=r"no table .*none\.csv"):
        labels.from_table(tmp_path / "none.csv", [tmp_path / "1.png"], CLASSES)
