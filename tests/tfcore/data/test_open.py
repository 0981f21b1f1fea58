"""What a source is, is seen from what lies in it; what is wrong with it is said in one sentence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import shared
from tests.tfcore.data.conftest import noise, saved
from tfcore.data import open_data
from tfcore.errors import HeatlensError


def test_class_folders_give_labels_and_skip_masks(folders: Path) -> None:
    saved(folders / "masks" / "Y0.png", noise(0))
    data = open_data(folders)
    assert data.kind == "class folders"
    assert data.classes == ("no", "yes")
    assert data.counts() == {"no": 3, "yes": 3}
    assert data.targets().tolist() == [0, 0, 0, 1, 1, 1]
    assert data.described() == "class folders: 6 pictures, 2 classes (no 3, yes 3), no splits"


def test_masks_beside_their_pictures_are_no_samples(folders: Path) -> None:
    for name in ("no0_mask.png", "no0_mask_1.png"):
        saved(folders / "no" / name, noise(0))
    saved(folders / "no" / "no0.png", noise(1))
    data = open_data(folders, "class folders")
    assert not [sample for sample in data if "mask" in sample.path.name]
    assert "2 files left out as masks of pictures, as no0_mask.png." in data.notes


def test_a_folder_without_pictures_is_no_class_and_that_is_said(folders: Path) -> None:
    (folders / "empty").mkdir()
    data = open_data(folders)
    assert data.classes == ("no", "yes")
    assert data.notes == ("empty holds no pictures and is not counted as a class.",)


def test_pictures_beside_the_class_folders_are_not_used(folders: Path) -> None:
    saved(folders / "stray.png", noise(5))
    assert "1 pictures beside the class folders are not used." in open_data(folders).notes
    assert len(open_data(folders)) == 6


def test_split_folders_are_kept_and_can_be_merged(folders: Path, tmp_path: Path) -> None:
    for name in ("Training", "valid", "Testing"):
        shutil.copytree(folders, tmp_path / "parts" / name)
    data = open_data(tmp_path / "parts")
    assert data.kind == "split folders"
    assert data.splits == ("train", "val", "test")
    assert data.part("val").counts() == {"no": 3, "yes": 3}
    assert data.merged().splits == ()
    assert len(data.merged()) == 18


def test_labels_that_differ_between_splits_are_refused(folders: Path, tmp_path: Path) -> None:
    shutil.copytree(folders, tmp_path / "parts" / "train")
    shutil.copytree(folders, tmp_path / "parts" / "test")
    (tmp_path / "parts" / "test" / "yes").rename(tmp_path / "parts" / "test" / "tumour")
    with pytest.raises(HeatlensError, match=r"test has the class tumour, which train \(no, yes\) does not have"):
        open_data(tmp_path / "parts")


def test_a_class_missing_in_a_split_is_said(folders: Path, tmp_path: Path) -> None:
    shutil.copytree(folders, tmp_path / "parts" / "train")
    shutil.copytree(folders / "no", tmp_path / "parts" / "test" / "no")
    assert "test has no pictures of yes." in open_data(tmp_path / "parts").notes


def test_patient_folders_give_patients(tmp_path: Path) -> None:
    for label, patient in (("gbm", "P1"), ("gbm", "P2"), ("men", "P3")):
        saved(tmp_path / label / patient / "1.png", noise(1))
        saved(tmp_path / label / patient / "deep" / "2.png", noise(2))
    data = open_data(tmp_path)
    assert data.kind == "patient folders"
    assert [sample.patient for sample in data] == ["P1", "P1", "P2", "P2", "P3", "P3"]
    assert data.classes == ("gbm", "men")


def test_pictures_alone_are_unannotated_and_not_negative(folders: Path) -> None:
    data = open_data(folders / "no")
    assert data.kind == "pictures"
    assert {sample.label for sample in data} == {None}
    assert data.targets().tolist() == [-1, -1, -1]
    assert "no labels" in data.described()


def test_a_folder_of_phantoms_is_read_by_its_table(phantoms: Path) -> None:
    data = open_data(phantoms)
    assert data.kind == "table"
    assert data.counts() == {"glioma": 6, "meningioma": 6, "no_tumour": 6, "pituitary": 6}
    assert all(sample.mask is not None and sample.mask.name == sample.path.name for sample in data)


def test_the_kind_can_be_stated(phantoms: Path) -> None:
    data = open_data(phantoms, kind="class folders")
    assert data.counts() == {"glioma": 6, "meningioma": 6, "no_tumour": 6, "pituitary": 6}
    assert all(sample.mask is not None and sample.mask.parent == phantoms / "masks" for sample in data)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda root: root / "nowhere", "does not exist"),
        (lambda root: root, "holds no pictures"),
        (lambda root: saved(root / "one.png", noise(1)), "is no folder, CSV or TSV table or COCO file"),
    ],
)
def test_what_is_no_data_says_so(tmp_path: Path, make, sentence: str) -> None:
    with pytest.raises(HeatlensError, match=sentence):
        open_data(make(tmp_path))


def test_an_unknown_kind_or_setting_is_refused(folders: Path) -> None:
    with pytest.raises(HeatlensError, match="'folder' is not one of"):
        open_data(folders, kind="folder")
    with pytest.raises(HeatlensError, match="label: not all are settings of class folders"):
        open_data(folders, label="x")
    with pytest.raises(HeatlensError, match="No data was named"):
        open_data([])


def test_a_part_that_is_not_there_is_refused(folders: Path) -> None:
    with pytest.raises(HeatlensError, match=r"has no pictures in 'val' \(no splits yet\)"):
        open_data(folders).part("val")


def test_data_is_opened_without_tensorflow(folders: Path) -> None:
    code = (
        "import sys; from tfcore.data import open_data, split; split(open_data(sys.argv[1]), (0.4, 0.3, 0.3));"
        "assert not {'tensorflow', 'keras', 'sklearn', 'cv2', 'nibabel'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(folders)], check=True, cwd=Path(__file__).parents[3])


def test_the_messy_real_folder_opens() -> None:
    data = open_data(shared("data", "yes_no"))
    assert data.counts() == {"no": 98, "yes": 155}


def test_other_folders_beside_the_splits_are_not_taken_for_data(folders: Path, tmp_path: Path) -> None:
    for name in ("train", "test", "notes"):
        shutil.copytree(folders, tmp_path / "parts" / name)
    data = open_data(tmp_path / "parts")
    assert (len(data), data.splits) == (12, ("train", "test"))
    assert "notes beside the splits is not used." in data.notes


def test_a_table_beside_class_folders_is_mentioned(folders: Path) -> None:
    (folders / "metadata.csv").write_text("path,label\n")
    assert "metadata.csv beside the class folders is not read; name it to use its columns." in open_data(folders).notes
