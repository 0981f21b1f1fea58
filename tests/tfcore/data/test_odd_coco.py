"""COCO files in which a value is not what it should be: that picture goes, by name, and the rest stays."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tfcore.data.conftest import noise, saved
from tfcore.data import open_data
from tfcore.data.reading import mask
from tfcore.data.sources import stored
from tfcore.errors import HeatlensError

SQUARE = [2.0, 2, 8, 2, 8, 8, 2, 8]


def whole() -> dict[str, Any]:
    """Three pictures of two classes."""
    return {
        "categories": [{"id": 0, "name": "glioma"}, {"id": 1, "name": "oedema"}],
        "images": [{"id": number, "file_name": f"{number}.png"} for number in range(3)],
        "annotations": [
            {
                "id": number,
                "image_id": number,
                "category_id": number % 2,
                "segmentation": [SQUARE],
                "bbox": [2, 2, 6, 6],
            }
            for number in range(3)
        ],
    }


def opened(folder: Path, content: Any):
    for number in range(3):
        saved(folder / f"{number}.png", noise(number, 32))
    (folder / "x.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return open_data(folder / "x.json")


def labels(data) -> dict[str, str | None]:
    return {sample.path.name: sample.label for sample in data}


NAN, HUGE = float("nan"), 10**400
RUNS = [1.0, 1023.0]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("bbox", value) for value in ("text", [1, 2, 3], [1, 2, 3, 4, 5], [NAN, 0, 1, 1], [0, 0, -1, 5])),
        *(("bbox", value) for value in ({}, 5, True, [0, 0, "1", 1], [None] * 4, [HUGE] * 4, [1e300] * 4, [[1]] * 4)),
        *(("segmentation", value) for value in ("text", 5, True, [SQUARE, "1234567"], [[NAN] * 6], [[1e30] * 6])),
        ("segmentation", [[True] * 6]),
        *(("segmentation", value) for value in (["123456"], [[1, 2, 3, 4, 5]], [[HUGE] * 6], [{}], [[[1]] * 6])),
        *(
            ("segmentation", {"size": size, "counts": counts})
            for size, counts in (
                ([32, 32], RUNS),
                ([32.0, 32.0], [1024]),
                ([32, 32], [1000]),
                ([32, 32], [2000, -976]),
                ([32, 32], [True] * 1024),
                ([32], [32]),
                (None, None),
                ("ab", "cd"),
                ([32, 32], "\u00ff"),
                ([32, 32], "o" * 10_000),
                ([32, 32], "o"),
                ([-32, -32], [1024]),
            )
        ),
        ("segmentation", {"counts": [1024]}),
        *(("category_id", value) for value in (7, None, [], {}, NAN, "0", True)),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_damaged_annotation_leaves_its_picture_out_by_name(tmp_path: Path, key: str, value: Any) -> None:
    content = whole()
    content["annotations"][1][key] = value
    data = opened(tmp_path, content)
    assert labels(data) == {"0.png": "glioma", "2.png": "glioma"}
    assert any("left out: 1.png (" in note and "annotation 1" in note for note in data.notes)


@pytest.mark.parametrize("box", [None, [], [1, 1, 4, 4], [-5.5, -5, 400, 4]])
def test_a_box_is_not_needed_and_may_reach_over_the_edge(tmp_path: Path, box: Any) -> None:
    content = whole()
    content["annotations"][1]["bbox"] = box
    assert len(opened(tmp_path, content)) == 3


@pytest.mark.parametrize("part", ["images", "annotations", "categories"])
@pytest.mark.parametrize(
    "entry", [None, 5, "x", [], {}, {"id": []}, {"id": {}, "image_id": {}, "name": 1, "file_name": 1}]
)
def test_an_entry_without_its_parts_is_counted_and_not_used(tmp_path: Path, part: str, entry: Any) -> None:
    content = whole()
    content[part].append(entry)
    data = opened(tmp_path, content)
    assert labels(data) == {"0.png": "glioma", "1.png": "oedema", "2.png": "glioma"}
    assert any(f"1 of the {part} have no" in note for note in data.notes)


@pytest.mark.parametrize("part", ["images", "annotations", "categories"])
@pytest.mark.parametrize("value", [None, 5, "x", {}, [5], [None, None]])
def test_a_part_of_another_kind_makes_it_no_coco(tmp_path: Path, part: str, value: Any) -> None:
    with pytest.raises(HeatlensError, match=rf"x\.json is not COCO: '{part}'"):
        opened(tmp_path, {**whole(), part: value})


@pytest.mark.parametrize("name", [None, 5, [], {}, "", " ", "\0", "x" * 5000, "d/" * 3000, ".", "..", "/", "1" * 300])
def test_an_odd_file_name_is_a_picture_that_is_not_there(tmp_path: Path, name: Any) -> None:
    content = whole()
    content["images"][1]["file_name"] = name
    assert labels(opened(tmp_path, content)) == {"0.png": "glioma", "2.png": "glioma"}


def test_the_scan_of_another_patient_is_not_taken(tmp_path: Path) -> None:
    content = whole()
    content["images"][0]["file_name"] = "A/scan.png"
    saved(tmp_path / "B" / "scan.png", noise(5))
    assert set(labels(opened(tmp_path, content))) == {"1.png", "2.png"}


def test_pictures_that_share_an_id_are_left_out_and_one_listed_twice_counts_once(tmp_path: Path) -> None:
    content = whole()
    content["images"][1]["id"] = 0
    content["images"].append(dict(content["images"][2]))
    data = opened(tmp_path, content)
    assert labels(data) == {"2.png": "glioma"}
    said = " ".join(data.notes)
    assert "left out: 0.png, 1.png (share the id 0)" in said
    assert "The image 2 is listed twice; it counts once." in said


def test_a_file_under_two_ids_is_left_out_where_they_differ(tmp_path: Path) -> None:
    content = whole()
    content["images"][1]["file_name"] = "./0.png"
    data = opened(tmp_path, content)
    assert labels(data) == {"2.png": "glioma"}
    assert any("left out: 0.png (label glioma and oedema)" in note for note in data.notes)
    content["annotations"][1]["bbox"] = "damaged"
    assert labels(opened(tmp_path, content)) == {"2.png": "glioma"}


def test_a_category_id_of_two_names_means_nothing(tmp_path: Path) -> None:
    content = whole()
    content["categories"].append({"id": 1, "name": "meningioma"})
    data = opened(tmp_path, content)
    assert labels(data) == {"0.png": "glioma", "2.png": "glioma"}
    assert any("1 category ids have several names and are not used: 1 (meningioma, oedema)" in n for n in data.notes)


def test_categories_in_other_spellings_are_one_class(tmp_path: Path) -> None:
    content = whole()
    content["categories"][1]["name"] = "Glioma "
    data = opened(tmp_path, content)
    assert len(data.classes) == 1
    assert any("differ in case, spaces or Unicode form only" in note for note in data.notes)


def test_annotations_that_share_an_id_are_said_and_leave_out_what_they_contradict(tmp_path: Path) -> None:
    content = whole()
    content["annotations"].append(dict(content["annotations"][0]))
    content["annotations"].append({**content["annotations"][1], "category_id": 0})
    data = opened(tmp_path, content)
    assert labels(data) == {"0.png": "glioma", "2.png": "glioma"}
    said = " ".join(data.notes)
    assert "1 annotations are listed twice and count once." in said
    assert "1.png (two annotations have the id 1)" in said


def test_classes_of_the_same_area_do_not_decide(tmp_path: Path) -> None:
    content = whole()
    content["annotations"].append({**content["annotations"][0], "id": 9, "category_id": 1})
    data = opened(tmp_path, content)
    assert set(labels(data)) == {"1.png", "2.png"}
    assert any("0.png (glioma, oedema have the same area)" in note for note in data.notes)


def test_an_outline_far_outside_is_filled_in_no_time(tmp_path: Path) -> None:
    content = whole()
    content["annotations"][0]["segmentation"] = [[-1e6, -1e6, 1e6, -1e6, 1e6, 1e6, -1e6, 1e6]]
    assert np.all(mask(opened(tmp_path, content).samples[0]) == 1)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000, "1" * 10_000, '"\ud800', "nul", ""])
def test_json_that_is_none_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, errors="surrogatepass")
    with pytest.raises(HeatlensError, match=r"x\.json is not"):
        open_data(tmp_path / "x.json")


def test_json_of_countless_parts_is_refused_before_it_is_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_PARTS", 100)
    with pytest.raises(HeatlensError, match="holds 203 lists, objects or values, more than are read"):
        opened(tmp_path, '{"images": [' + "[]," * 200 + '[]], "annotations": [], "categories": []}'[:2] + "}")
    monkeypatch.setattr(stored, "MOST_BYTES", 10)
    with pytest.raises(HeatlensError, match="more than the 0 MB that are read"):
        open_data(tmp_path / "x.json")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    saved(tmp_path / "yes" / "1.png", noise(0))
    for name in ("x.json", "x.csv", "yes/x.avi"):
        os.mkfifo(tmp_path / name)
    assert len(open_data(tmp_path)) == 1
    for kind, sentence in (("table", "holds 0 tables"), ("coco", "holds no COCO file")):
        with pytest.raises(HeatlensError, match=sentence):
            open_data(tmp_path, kind)
