"""COCO files with the quirks that exports have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.shared import shared
from tests.tfcore.data.conftest import noise, saved
from tfcore.data import open_data
from tfcore.data.reading import mask
from tfcore.errors import HeatlensError

SQUARE = [10, 10, 20, 10, 20, 20, 10, 20]
# 40 × 50 pixels: rows 5–20 of columns 8–32, one pixel, and rows 25–37 of columns 3–5.
COMPRESSED = {"size": [40, 50], "counts": "a4=k0000l13QN00000000000000000000000000000000000000000000000a9AX1"}


def written(
    folder: Path, annotations: list[dict[str, Any]], categories: list[str] | None = None, pictures: int = 2
) -> Path:
    for number in range(pictures):
        saved(folder / "images" / f"{number}.png", np.repeat(noise(number, 40), 2, axis=1)[:, :50])
    stored = {
        "categories": [{"id": number, "name": name} for number, name in enumerate(categories or ["Tumor", "Tumor"])],
        "images": [{"id": number, "file_name": f"{number}.png"} for number in range(pictures)],
        "annotations": [{"id": number, "bbox": [0, 0, 50, 40], **each} for number, each in enumerate(annotations)],
    }
    path = folder / "annotations.json"
    path.write_text(json.dumps(stored))
    return path


def test_a_folder_with_a_coco_file_gives_labels_outlines_and_unannotated_pictures(tmp_path: Path) -> None:
    written(tmp_path, [{"image_id": 0, "category_id": 1, "segmentation": [SQUARE]}])
    data = open_data(tmp_path)
    assert data.kind == "coco"
    assert data.classes == ("Tumor",)
    assert [sample.label for sample in data] == ["Tumor", None]
    assert "1 pictures have no annotation; they are unannotated, not negative." in data.notes
    assert "Categories that share a name count as one class." in data.notes
    assert any(note.startswith("Masks were found for ") for note in data.notes)
    filled = mask(data.samples[0])
    assert filled.shape == (40, 50)
    assert filled[10:21, 10:21].all()
    assert filled.sum() == 121


def test_overlapping_outlines_do_not_cut_holes(tmp_path: Path) -> None:
    moved = [edge + 5 for edge in SQUARE]
    written(tmp_path, [{"image_id": 0, "category_id": 0, "segmentation": [SQUARE, moved]}])
    filled = mask(open_data(tmp_path).samples[0])
    assert filled[15:21, 15:21].all()
    assert filled.sum() == 2 * 121 - 36


def test_the_largest_outline_gives_the_label_whatever_area_says(tmp_path: Path) -> None:
    small = {"image_id": 0, "category_id": 0, "segmentation": [SQUARE], "area": 99999}
    large = {"image_id": 0, "category_id": 1, "segmentation": [[edge * 1.5 for edge in SQUARE]], "area": 1}
    data = open_data(written(tmp_path, [small, large], ["oedema", "glioma"]))
    assert data.samples[0].label == "glioma"
    assert "1 pictures hold several classes; the one with the largest area is their label." in data.notes


def test_run_lengths_are_filled_column_by_column(tmp_path: Path) -> None:
    plain = {"size": [40, 50], "counts": [40 * 3 + 2, 5, 40 * 50 - 40 * 3 - 7]}
    written(tmp_path, [{"image_id": 0, "category_id": 0, "segmentation": plain}])
    filled = mask(open_data(tmp_path).samples[0])
    assert np.flatnonzero(filled.T.ravel()).tolist() == [122, 123, 124, 125, 126]


def test_compressed_run_lengths_are_read(tmp_path: Path) -> None:
    written(tmp_path, [{"image_id": 0, "category_id": 0, "segmentation": COMPRESSED}])
    expected = np.zeros((40, 50), np.uint8)
    expected[5:21, 8:33] = expected[30, 40] = expected[25:38, 3:6] = 1
    assert np.array_equal(mask(open_data(tmp_path).samples[0]), expected)


def test_a_mask_of_another_size_is_refused(tmp_path: Path) -> None:
    written(tmp_path, [{"image_id": 0, "category_id": 0, "segmentation": {"size": [2, 2], "counts": [1, 3]}}])
    with pytest.raises(HeatlensError, match="has 50 × 40 pixels, but its mask 2 × 2"):
        mask(open_data(tmp_path).samples[0])


def test_a_picture_without_outlines_has_no_mask(tmp_path: Path) -> None:
    written(tmp_path, [{"image_id": 0, "category_id": 0, "segmentation": [SQUARE]}])
    with pytest.raises(HeatlensError, match=r"1\.png has no mask and no outlines"):
        mask(open_data(tmp_path).samples[1])


@pytest.mark.parametrize(
    "broken", [[[1, 2]], {"size": [40, 50], "counts": [1, 2]}, {"size": [40, 50]}, [["a", "b", "c", "d", "e", "f"]]]
)
def test_a_damaged_outline_names_its_annotation(tmp_path: Path, broken: Any) -> None:
    whole = {"image_id": 1, "category_id": 0, "segmentation": [SQUARE]}
    data = open_data(written(tmp_path, [{"image_id": 0, "category_id": 0, "segmentation": broken}, whole]))
    assert [sample.path.name for sample in data] == ["1.png"]
    assert any("0.png (the outline of annotation 0 is damaged: " in note for note in data.notes)


def test_an_annotation_of_an_unknown_category_leaves_its_picture_out(tmp_path: Path) -> None:
    data = open_data(written(tmp_path, [{"image_id": 0, "category_id": 7}]))
    assert [sample.path.name for sample in data] == ["1.png"]
    assert any("0.png (annotation 0 has category 7, which is not listed)" in note for note in data.notes)
    with pytest.raises(HeatlensError, match=r"left out: 0\.png"):
        open_data(written(tmp_path, [{"image_id": 0, "category_id": 7}], pictures=1))


@pytest.mark.parametrize(
    ("text", "sentence"), [("{", "is not valid JSON"), ("[]", "is not COCO"), ('{"images": 1}', "COCO")]
)
def test_other_json_says_what_it_is_not(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(HeatlensError, match=sentence):
        open_data(tmp_path / "x.json")


def test_missing_pictures_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path, [{"image_id": 0, "category_id": 0, "segmentation": [SQUARE]}])
    (tmp_path / "images" / "1.png").unlink()
    assert "1 of 2 pictures do not exist, first 1.png; left out." in open_data(path).notes
    (tmp_path / "images" / "0.png").unlink()
    with pytest.raises(HeatlensError, match="none of its 2 pictures"):
        open_data(path)


def test_the_real_export_has_70_annotated_and_10_unannotated_pictures() -> None:
    data = open_data(shared("data", "outlines"))
    assert (len(data), len(data.labelled()), data.classes) == (80, 70, ("Tumor",))
    first = mask(data.samples[0])
    # The export's area is that of the box; the outline covers less.
    assert first.shape == (640, 640)
    assert 0.5 < first.sum() / 61922.87 < 0.95
