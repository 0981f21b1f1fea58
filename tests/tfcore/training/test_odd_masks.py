"""Data for networks that segment, in which something is odd: one sentence each, and the rest goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nibabel
import numpy as np
import pytest
from PIL import Image

import tfcore
from tfcore.data import open_data
from tfcore.data.marked import marked
from tfcore.data.phantom import write_brains
from tfcore.data.reading import mask
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.models.prepare import prepare
from tfcore.training.plan import plan
from tfcore.training.sides import cleaned, opened, placed


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd") / "brains"
    write_brains(folder, n=4, size=32, seed=3)
    return folder


@pytest.fixture
def brains(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "brains"))


def change(folder: Path, case: int, ending: str, how: Callable[[np.ndarray], np.ndarray], shift: float = 0.0) -> None:
    path = folder / f"Phantom_{case:03d}" / f"Phantom_{case:03d}_{ending}.nii.gz"
    image = nibabel.load(path)
    affine = image.affine.copy()
    affine[0, 3] += shift
    nibabel.save(nibabel.Nifti1Image(how(np.asarray(image.dataobj)), affine), path)


def same(voxels: np.ndarray) -> np.ndarray:
    return voxels


def with_nan(voxels: np.ndarray) -> np.ndarray:
    found = voxels.astype(np.float32)
    found[0, 0, 0] = np.nan
    return found


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a missing channel": (lambda at: next(at.glob("*_000/*t2.nii.gz")).unlink(), "Phantom_000 lacks t2"),
    "another size": (
        lambda at: change(at, 0, "flair", lambda voxels: voxels[:-2]),
        "t1.nii.gz and Phantom_000_flair.nii.gz have 32 × 32 × 20 and 30 × 32 × 20 voxels",
    ),
    "a mask of another size": (
        lambda at: change(at, 0, "seg", lambda voxels: voxels[..., :-1]),
        "Phantom_000_seg.nii.gz have 32 × 32 × 20 and 32 × 32 × 19 voxels",
    ),
    "another place": (
        lambda at: change(at, 0, "t2", same, shift=20),
        "lie at different places (their positions, directions or spacings differ)",
    ),
    "no numbers": (lambda at: change(at, 0, "t1", with_nan), "holds values that are no numbers"),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_case_is_named_and_left_out(odd: str, brains: Path) -> None:
    spoil, sentence = ODD[odd]
    spoil(brains)
    data = open_data(brains)
    assert len({one.patient for one in data}) == 3
    (note,) = data.notes
    assert sentence in note
    assert "The case is left out." in note or note.endswith("the case is left out.")


def sides(data: object, recipe: str = "brats-2d", **settings: object) -> tfcore.training.sides.Sides:
    intended = plan(recipe, "res-unet", 0, None, False, size=32, **settings)
    found = opened(data, intended)  # type: ignore[arg-type]
    return placed(cleaned(found, intended, lambda *_: None), intended)


def with_seven(voxels: np.ndarray) -> np.ndarray:
    found = voxels.copy()
    found[12:20, 12:20] = 7
    return found


def test_a_channel_by_itself_leads_to_its_case(brains: Path) -> None:
    card, one = Card.guess((32, 32, 4), 4), brains / "Phantom_000" / "Phantom_000_t1.nii.gz"
    with pytest.raises(HeatlensError, match=r"takes 4; .*Phantom_000#axial=\* is every slice of its case"):
        prepare(card, one)
    one.with_name("Phantom_000_flair.nii.gz").unlink()
    with pytest.raises(HeatlensError, match=r"takes 4; .*Phantom_000 lacks flair"):
        prepare(card, one)


def test_a_value_that_is_no_class_is_named(brains: Path) -> None:
    for case in range(4):
        change(brains, case, "seg", with_seven)
    with pytest.raises(HeatlensError, match=r"_seg.nii.gz holds the value 7; only 0, 1, 2, 3, 4 are classes"):
        sides(brains)


@pytest.mark.parametrize(
    ("part", "spoil", "sentence"),
    [
        ("seg", with_seven, "Phantom_002_seg.nii.gz holds the value 7"),
        ("flair", with_nan, "Phantom_002_flair.nii.gz holds values that are no numbers"),
    ],
)
def test_one_case_with_such_a_value_is_left_out_and_the_rest_goes_on(
    brains: Path, part: str, spoil: Callable[[np.ndarray], np.ndarray], sentence: str
) -> None:
    change(brains, 2, part, spoil)
    found = sides(brains)
    assert {one.patient for one in found.data} == {"Phantom_000", "Phantom_001", "Phantom_003"}
    (note,) = (each for each in found.notes if sentence in each)
    assert note.endswith("The case is left out.")


def test_masks_without_anything_are_nothing_to_learn_from(brains: Path) -> None:
    for case in range(4):
        change(brains, case, "seg", np.zeros_like)
    with pytest.raises(HeatlensError, match="Nothing is marked in any training picture"):
        sides(brains)


def test_no_tumour_in_the_test_part_is_said(brains: Path) -> None:
    tested = next(one.patient for one in sides(brains).data.part("test"))
    change(brains, int(str(tested)[-3:]), "seg", np.zeros_like)
    assert any("Nothing is marked in any test picture" in note for note in sides(brains).notes)


def test_one_patient_alone_cannot_be_parted(brains: Path) -> None:
    for case in (1, 2, 3):
        shutil.rmtree(brains / f"Phantom_{case:03d}")
    with pytest.raises(HeatlensError, match=r"1 patients? cannot be split into 3 parts"):
        sides(brains)


# --- pictures with masks ---

SPOT = np.zeros((32, 32), np.uint8)
SPOT[8:16, 10:20] = 255


def pictures(folder: Path, masks: dict[str, np.ndarray], count: int = 10) -> Path:
    for number in range(count):
        for name, marks in masks.items():
            path = folder / name / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            levels = np.random.default_rng([number, len(name)]).integers(0, 255, (32, 32), np.uint8)
            Image.fromarray(levels).save(path)
            Image.fromarray(marks).save(path.with_name(f"{number}_mask.png"))
    return folder


def test_what_is_marked_is_one_class_or_that_of_its_picture_or_the_value(tmp_path: Path) -> None:
    busi = open_data(pictures(tmp_path / "busi", {"benign": SPOT, "malignant": SPOT.T, "normal": 0 * SPOT}))
    one = marked(busi)
    assert one.classes == ("background", "marked")
    assert {int(mask(sample).max()) for sample in one} == {0, 1}
    by_label = marked(busi, "labels")
    assert by_label.classes == ("background", "benign", "malignant", "normal")
    assert {sample.path.parent.name: int(mask(sample).max()) for sample in by_label} == {
        "benign": 1,
        "malignant": 2,
        "normal": 0,
    }
    parts = SPOT // 255 + 2 * (SPOT.T // 255)
    values = marked(open_data(pictures(tmp_path / "values", {"all": parts, "more": parts})))
    assert values.classes == ("background", "value 1", "value 2", "value 3")
    assert set(np.unique(mask(values.samples[0], dict(values.mask_values or {})))) == {0, 1, 2, 3}
    assert "Classes are the values of the masks: 1, 2, 3." in values.notes


def test_outlines_of_several_categories_are_classes_of_their_own(tmp_path: Path) -> None:
    images, notes = [], []
    for number in range(6):
        Image.fromarray(np.full((32, 32), 40 * number, np.uint8)).save(tmp_path / f"{number}.png")
        images.append({"id": number, "file_name": f"{number}.png", "width": 32, "height": 32})
        for category, left in ((7, 2), (9, 16)):
            box = [left, 4, left + 8, 4, left + 8, 4 + category, left, 4 + category]
            notes.append({"id": len(notes), "image_id": number, "category_id": category, "segmentation": [box]})
    named = [{"id": 7, "name": "cyst"}, {"id": 9, "name": "mass"}]
    (tmp_path / "coco.json").write_text(json.dumps({"images": images, "annotations": notes, "categories": named}))
    data = marked(open_data(tmp_path / "coco.json"))
    assert data.classes == ("background", "cyst", "mass")
    found = mask(data.samples[0])
    assert (found[6, 4], found[6, 20], found[30, 30]) == (1, 2, 0)
    assert sides(tmp_path / "coco.json", "masks-2d", marked="one").data.classes == ("background", "marked")


def test_a_mask_of_another_size_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = pictures(tmp_path / "busi", {"benign": SPOT})
    Image.fromarray(SPOT[:20]).save(folder / "benign" / "3_mask.png")
    from tfcore.data.pipeline import pipeline
    from tfcore.models.card import Card

    card = Card(("background", "marked"), (32, 32, 3), task="segmentation")
    found = pipeline(marked(open_data(folder, "pictures")), card, batch=2)
    assert len(found) == 9
    (left,) = found.left_out
    assert "32 × 32 pixels, but its mask" in left.sentence or "mask" in left.sentence
