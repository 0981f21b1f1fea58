"""Slices of four-channel volumes: right side up, right classes, whole patients."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.shared import shared
from tfcore.data import open_data, pipeline, split
from tfcore.data.reading import mask, picture
from tfcore.errors import HeatlensError
from tfcore.models.card import Card

SHAPE = (20, 24, 6)


def stored(path: Path, volume: np.ndarray, affine: np.ndarray | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nibabel.save(nibabel.Nifti1Image(volume, np.eye(4) if affine is None else affine), path)
    return path


def brain(seed: int) -> np.ndarray:
    """Brain in the slices 1 to 4, and in them a bright nose at the front (high y)."""
    volume = np.zeros(SHAPE, np.int16)
    volume[4:16, 4:18, 1:5] = np.random.default_rng(seed).integers(200, 400, (12, 14, 4))
    volume[9:11, 18:22, 1:5] = 1000
    return volume


def case(
    root: Path, name: str, seed: int, endings: tuple[str, ...] = ("_t1", "_t1ce", "_t2", "_flair", "_seg")
) -> Path:
    for channel, ending in enumerate(endings[:4]):
        stored(root / name / f"{name}{ending}.nii.gz", brain(seed) + np.int16(channel) * (brain(seed) > 0))
    tumour = np.zeros(SHAPE, np.uint8)
    tumour[6:10, 6:10, 2:4] = 2
    tumour[7:9, 7:9, 2:4] = 4
    tumour[8, 8, 2] = 1
    stored(root / name / f"{name}{endings[4]}.nii.gz", tumour)
    return root / name


def test_slices_with_enough_brain_are_samples_of_their_case(tmp_path: Path) -> None:
    for number in range(5):
        case(tmp_path, f"BraTS20_Training_{number:03d}", number)
    data = open_data(tmp_path)
    assert data.kind == "brats"
    assert data.classes == ("background", "necrotic", "oedema", "enhancing")
    assert [sample.frame for sample in data][:4] == [1, 2, 3, 4]
    assert len(data) == 20
    parted = split(data, (0.6, 0.2, 0.2))
    assert [len(parted.part(name)) for name in parted.splits] == [12, 4, 4]
    assert len({(one.patient, one.split) for one in parted}) == 5


def test_a_folder_that_is_a_case_itself_is_data_of_one(tmp_path: Path) -> None:
    data = open_data(case(tmp_path, "Phantom_000", 0))
    assert {(one.patient, one.mask.name) for one in data} == {("Phantom_000", "Phantom_000_seg.nii.gz")}


def test_a_slice_has_four_channels_of_levels_nose_up_and_its_mask_fits(tmp_path: Path) -> None:
    case(tmp_path, "one", 1)
    sample = open_data(tmp_path).samples[1]
    shown = picture(sample)
    assert shown.array.shape == (24, 20, 4)
    assert shown.array.dtype == np.float32
    assert shown.array.min() == 0
    assert shown.array.max() == 255
    assert (shown.array[2:6, 9:11] == 255).all()
    classes = mask(sample, open_data(tmp_path).mask_values)
    assert classes.shape == (24, 20)
    assert np.bincount(classes.ravel()).tolist() == [480 - 16, 1, 12, 3]


def test_volumes_stored_in_another_orientation_come_out_the_same(tmp_path: Path) -> None:
    plain = picture(open_data(case(tmp_path / "a", "one", 1).parent).samples[0])
    turned = case(tmp_path / "b", "one", 1)
    for file in turned.iterdir():
        stored(file, np.asarray(nibabel.load(file).dataobj)[::-1, ::-1], np.diag([-1, -1, 1, 1]))
    assert np.array_equal(picture(open_data(turned.parent).samples[0]).array, plain.array)


def test_newer_names_and_repeated_examinations_are_understood(tmp_path: Path) -> None:
    endings = ("-t1n", "-t1c", "-t2w", "-t2f", "-seg")
    case(tmp_path, "BraTS-GLI-00001-000", 1, endings)
    case(tmp_path, "BraTS-GLI-00001-001", 2, endings)
    case(tmp_path, "BraTS-GLI-00002-000", 3, endings)
    data = open_data(tmp_path)
    assert {sample.patient for sample in data} == {"BraTS-GLI-00001", "BraTS-GLI-00002"}


def test_volumes_with_channels_inside_are_read(tmp_path: Path) -> None:
    stored(tmp_path / "imagesTr" / "B_1.nii.gz", np.stack([brain(number) for number in range(4)], axis=-1))
    stored(tmp_path / "labelsTr" / "B_1.nii.gz", np.zeros(SHAPE, np.uint8))
    data = open_data(tmp_path)
    assert [sample.patient for sample in data] == ["B_1"] * 4
    assert picture(data.samples[0]).array.shape == (24, 20, 4)


def test_a_damaged_case_is_left_out_and_said(tmp_path: Path) -> None:
    case(tmp_path, "one", 1)
    flawed = case(tmp_path, "two", 2) / "two_t1.nii.gz"
    flawed.write_bytes(flawed.read_bytes()[:60])
    data = open_data(tmp_path)
    assert {sample.patient for sample in data} == {"one"}
    assert any("two_t1.nii.gz is damaged or cut short" in note for note in data.notes)
    (tmp_path / "one" / "one_t1.nii.gz").write_bytes(b"no")
    with pytest.raises(HeatlensError, match="holds no case with t1, t1ce, t2, flair and seg"):
        open_data(tmp_path)


def test_channels_of_different_sizes_are_refused(tmp_path: Path) -> None:
    stored(case(tmp_path, "one", 1) / "one_t2.nii.gz", brain(1)[:-1])
    with pytest.raises(HeatlensError, match=r"one_t2.nii.gz have 20 × 24 × 6 and 19 × 24 × 6 voxels"):
        open_data(tmp_path)


def test_a_stray_mask_value_is_named(tmp_path: Path) -> None:
    stored(case(tmp_path, "one", 1) / "one_seg.nii.gz", np.full(SHAPE, 9, np.uint8))
    data = open_data(tmp_path)
    with pytest.raises(HeatlensError, match="holds the value 9; only 0, 1, 2, 3, 4 are classes"):
        mask(data.samples[0], data.mask_values)


def test_slices_and_masks_become_batches(tmp_path: Path) -> None:
    case(tmp_path, "one", 1)
    data = open_data(tmp_path)
    card = Card(data.classes, (24, 20, 4), task="segmentation", scaling="1/255")
    ((images, masks),) = list(pipeline(data, card).data)
    assert images.shape == (4, 24, 20, 4)
    assert np.unique(masks).tolist() == [0, 1, 2, 3]
    assert float(images.numpy().max()) == 1


def test_least_must_be_a_share(tmp_path: Path) -> None:
    case(tmp_path, "one", 1)
    with pytest.raises(HeatlensError, match="least = 2 is not a share"):
        open_data(tmp_path, least=2)
    assert len(open_data(tmp_path, least=0)) == 6


def test_real_volumes_of_other_kinds_are_no_cases_but_pictures() -> None:
    data = open_data(shared("data", "nifti"))
    assert (data.kind, len(data), data.classes) == ("pictures", 5, ())


# --- volumes that are none ---


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        (lambda v: v.astype(np.complex64), "holds complex values"),
        (lambda v: np.where(v > 0, np.nan, 0).astype(np.float32), "holds values that are no numbers"),
        (lambda v: np.where(v > 0, np.inf, 0), "holds values that are no numbers"),
        (lambda v: np.where(v > 0, 1e300, 0), "holds values that are no numbers"),
        (lambda v: np.zeros(v.shape, [("R", "u1"), ("G", "u1"), ("B", "u1")]), "holds colour values"),
        (lambda v: v[..., None, None], "has 5 dimensions"),
        (lambda v: v[..., 0], "has 2 dimensions"),
        (lambda v: np.stack([v] * 4, -1), "four of one size are needed"),
        (lambda v: v[..., :0], "voxels"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_volume_of_another_kind_leaves_its_case_out(tmp_path: Path, odd, sentence: str) -> None:
    case(tmp_path, "one", 1)
    flawed = case(tmp_path, "two", 2) / "two_t1.nii.gz"
    volume = odd(brain(2))
    nibabel.Nifti1Image(volume, np.eye(4), dtype=volume.dtype).to_filename(flawed)
    data = open_data(tmp_path)
    assert {sample.patient for sample in data} == {"one"}
    assert any("two" in note and sentence in note and "The case is left out." in note for note in data.notes)


def test_a_header_that_promises_more_than_memory_holds_is_refused(tmp_path: Path) -> None:
    path = case(tmp_path, "one", 1) / "one_t1.nii.gz"
    header = nibabel.Nifti1Header()
    header.set_data_shape((30000, 30000, 30000))
    path.with_suffix("").write_bytes(header.binaryblock + bytes(4))
    path.unlink()
    with pytest.raises(HeatlensError, match="has 30000 × 30000 × 30000 voxels"):
        open_data(tmp_path)


def test_a_channel_or_mask_that_turns_out_odd_later_is_one_sentence(tmp_path: Path) -> None:
    folder = case(tmp_path, "one", 1)
    stored(folder / "one_t2.nii.gz", np.stack([brain(1)] * 4, -1))
    stored(folder / "one_seg.nii.gz", np.zeros((*SHAPE, 2), np.uint8))
    data = open_data(tmp_path)
    with pytest.raises(HeatlensError, match="four of one size are needed"):
        picture(data.samples[0])
    with pytest.raises(HeatlensError, match="has 4 dimensions; a mask has 3"):
        mask(data.samples[0], data.mask_values)


def test_four_volumes_of_four_channels_are_not_taken_for_slices(tmp_path: Path) -> None:
    folder = case(tmp_path, "one", 1)
    for ending in ("t1", "t1ce", "t2", "flair"):
        stored(folder / f"one_{ending}.nii.gz", np.stack([brain(1)] * 4, -1))
    with pytest.raises(HeatlensError, match="four of one size are needed"):
        open_data(tmp_path)


@pytest.mark.parametrize("stranger", ["other_t1.nii.gz", "two_t1.nii", "two_label.nii.gz"])
def test_files_of_two_patients_in_one_case_leave_it_out(tmp_path: Path, stranger: str) -> None:
    case(tmp_path, "one", 1)
    folder = case(tmp_path, "two", 2)
    (folder / stranger).write_bytes((tmp_path / "one" / "one_t1.nii.gz").read_bytes())
    if stranger.startswith("other"):
        (folder / "two_t1.nii.gz").unlink()
    data = open_data(tmp_path)
    assert {sample.patient for sample in data} == {"one"}
    assert any("two holds" in note and "the case is left out" in note for note in data.notes)


def test_links_lead_to_the_same_case_once(tmp_path: Path) -> None:
    case(tmp_path, "one", 1)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(open_data(tmp_path)) == 4
