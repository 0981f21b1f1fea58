"""Tables as people have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfcore.data import open_data
from tfcore.errors import HeatlensError


def written(folders: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = folders / name
    path.write_bytes(text.encode(encoding))
    return path


def test_names_and_labels_are_found_by_the_usual_columns(folders: Path) -> None:
    source = written(
        folders,
        ',image,class,format,mode,shape\n0,Y0.png,yes,PNG,RGB,"(32, 32, 3)"\n1,N1.png,no,PNG,L,"(32, 32)"\n',
    )
    data = open_data(source)
    assert [(sample.path.relative_to(folders).as_posix(), sample.label) for sample in data] == [
        ("yes/Y0.png", "yes"),
        ("no/N1.png", "no"),
    ]
    assert data.notes == (
        f"2 names without a folder looked for below {folders}, where no other file has it: Y0.png as yes/Y0.png.",
        "Columns taken: image as path, class as label.",
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_will_do(folders: Path, separator: str) -> None:
    rows = [
        ["path", "label", "patient", "split"],
        ["yes/Y0.png", "yes", "P1", "Training"],
        ["no/N0.png", "no", "", "dev"],
    ]
    data = open_data(written(folders, "\n".join(separator.join(row) for row in rows)))
    assert [(sample.label, sample.patient, sample.split) for sample in data] == [
        ("yes", "P1", "train"),
        ("no", None, "val"),
    ]


def test_columns_can_be_named(folders: Path) -> None:
    source = written(folders, "where,what,class\nyes/Y0.png,tumour,1\nno/N0.png,healthy,0\n")
    assert open_data(source, path="where", label="what").classes == ("healthy", "tumour")


def test_a_column_that_is_not_there_is_named_with_its_neighbour(folders: Path) -> None:
    source = written(folders, "path,diagnosis\nyes/Y0.png,tumour\n")
    with pytest.raises(HeatlensError, match="has no column 'diagnose'; did you mean 'diagnosis'"):
        open_data(source, label="diagnose")
    with pytest.raises(HeatlensError, match=r"no column that looks like file names \(it has 'a', 'b'\)"):
        open_data(written(folders, "a,b\n1,2\n", "other.csv"))


def test_missing_files_are_counted_and_left_out(folders: Path) -> None:
    data = open_data(written(folders, "path,label\nyes/Y0.png,yes\nyes/gone.png,yes\n"))
    assert len(data) == 1
    assert "table.csv: 1 of 2 files do not exist, first yes/gone.png; left out." in data.notes
    with pytest.raises(HeatlensError, match=r"names no file that is below .* \(the first is a\.png\)"):
        open_data(written(folders, "path,label\na.png,yes\n", "none.csv"))


def test_an_empty_label_is_unannotated(folders: Path) -> None:
    data = open_data(written(folders, "path,label\nyes/Y0.png,yes\nyes/Y1.png,\nno/N0.png,nan\n"))
    assert [sample.label for sample in data] == ["yes", None, None]
    assert len(data.labelled()) == 1


def test_names_written_on_windows_or_without_ending_are_found(folders: Path) -> None:
    data = open_data(written(folders, "path,label\nyes\\Y0.png,yes\nno\\N2,no\n"))
    assert [sample.path.name for sample in data] == ["Y0.png", "N2.png"]
    assert any("1 name found in another spelling (case, Unicode form or ending): no" in note for note in data.notes)
    assert open_data(written(folders, "path,label\nN2,no\n", "bare.csv")).samples[0].path.name == "N2.png"


def test_one_name_in_two_folders_is_not_guessed_by_its_label(folders: Path) -> None:
    (folders / "no" / "Y0.png").write_bytes((folders / "no" / "N0.png").read_bytes())
    data = open_data(written(folders, "file,label\nY0.png,no\nY1.png,yes\n"))
    assert [sample.path.name for sample in data] == ["Y1.png"]


def test_mixed_separators_are_refused_with_the_line(folders: Path) -> None:
    source = written(folders, "path,label\nyes/Y0.png,yes\nno/N0.png;no\n")
    with pytest.raises(HeatlensError, match=r"line 3 has 1 columns and its heading 2; use one separator \(comma\)"):
        open_data(source)


def test_a_table_in_windows_1252_is_read_and_that_is_said(folders: Path) -> None:
    data = open_data(written(folders, "path,label\nyes/Y0.png,Ödem\n", encoding="cp1252"))
    assert data.classes == ("Ödem",)
    assert any("is not UTF-8" in note for note in data.notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tables_saved_by_spreadsheets_are_read(folders: Path, encoding: str) -> None:
    data = open_data(written(folders, "path,label\nyes/Y0.png,Ödem\n", encoding=encoding))
    assert data.classes == ("Ödem",)
    assert data.notes == ()


def test_what_is_no_text_says_so(folders: Path) -> None:
    source = folders / "table.csv"
    source.write_bytes(b"path,label\n\x81\x8d,\x8f\n")
    with pytest.raises(HeatlensError, match="not text in UTF-8 or Windows-1252"):
        open_data(source)


@pytest.mark.parametrize("text", ["", "path,label\n", "\n\n"])
def test_a_table_without_rows_says_so(folders: Path, text: str) -> None:
    with pytest.raises(HeatlensError, match="no rows below its heading"):
        open_data(written(folders, text))


def test_a_file_with_two_labels_goes_and_a_repeated_row_counts_once(folders: Path) -> None:
    rows = ["path,label", "yes/Y0.png,yes", "yes/Y0.png,no", "yes/Y1.png,yes", "yes/Y1.png,yes", "no/N0.png,no"]
    data = open_data(written(folders, "\n".join(rows)))
    assert [sample.path.name for sample in data] == ["Y1.png", "N0.png"]
    assert (
        "1 pictures are there more than once, with contradictions; left out: yes/Y0.png (label no and yes)."
        in data.notes
    )
    assert "1 row or path lead to a picture that is there already; each picture counts once." in data.notes


def test_an_unknown_split_or_an_empty_name_is_refused_with_its_line(folders: Path) -> None:
    with pytest.raises(HeatlensError, match="line 2: 'holdout' is not a split"):
        open_data(written(folders, "path,label,split\nyes/Y0.png,yes,holdout\n"))
    with pytest.raises(HeatlensError, match="line 2 names no file in its column 'path'"):
        open_data(written(folders, "path,label\n,yes\n"))


def test_tables_for_training_and_testing_become_one(folders: Path) -> None:
    written(folders, "image,label\nY0.png,yes\nN0.png,no\n", "train.csv")
    written(folders, "image,label\nY1.png,yes\n", "my_test.csv")
    data = open_data([folders / "train.csv", folders / "my_test.csv"])
    assert [sample.split for sample in data] == ["train", "train", "test"]
    assert data.classes == ("no", "yes")
    assert "my_test" not in data.splits
    assert "test has no pictures of no." in data.notes
