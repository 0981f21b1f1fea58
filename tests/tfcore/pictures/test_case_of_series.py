"""Channels that are DICOM series: one case, as good as one of NIfTI files."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest

from gui.browser.gathering import as_cases, gathered
from gui.whole import count_of, whole_of
from tests.tfcore.pictures.cases import AFFINE, brain, of_nifti, of_series, series
from tests.tfcore.pictures.files import sentence_of
from tfcore.data import open_data
from tfcore.data.reading import mask, picture
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.models.intensity import levels_by
from tfcore.models.prepare import prepare
from tfcore.pictures import find, read


def test_every_plane_is_that_of_the_same_voxels_in_nifti(tmp_path: Path) -> None:
    dicom, nifti = of_series(tmp_path / "dicom"), of_nifti(tmp_path / "nifti")
    for plane in ("axial=2", "coronal=9", "sagittal=7"):
        one, other = (read(f"{folder}#{plane}") for folder in (dicom, nifti))
        assert one.channels == 4
        np.testing.assert_array_equal(one.array, other.array)
        np.testing.assert_allclose(one.spacing, other.spacing)
        assert (one.sides, one.note) == (other.sides, other.note)
    np.testing.assert_allclose(whole_of(read(dicom)).affine, whole_of(read(nifti)).affine)


def test_it_is_one_picture_of_the_list(tmp_path: Path) -> None:
    case = of_series(tmp_path / "study" / "one")
    alone = series(tmp_path / "study" / "two" / "t1", brain(0))
    listed = list(as_cases(gathered(map(str, find([tmp_path])), lambda *_: None)))
    assert listed == [str(case), f"{alone}#series=0"]
    assert count_of(listed[0]) == 6


def test_two_series_that_do_not_lie_on_each_other_are_named(tmp_path: Path) -> None:
    case = of_series(tmp_path / "one")
    series(case / "t2", brain(2), shift=2)
    assert "t1 and t2 lie at different places" in sentence_of(f"{case}#axial=2")
    series(case / "t2", brain(2), steps=(0.9, 0.9, 3.0))
    assert "t1 and t2 lie at different places" in sentence_of(f"{case}#axial=2")
    (case / "t2" / "0.dcm").unlink()
    assert "t1 and t2 have 20 × 24 × 6 and 20 × 24 × 5 voxels" in sentence_of(f"{case}#axial=2")


def test_it_is_learnt_from_with_a_mask_beside_it(tmp_path: Path) -> None:
    tumour = np.zeros(brain(0).shape, np.uint8)
    tumour[6:9, 5:9, 2] = 2
    nibabel.save(nibabel.Nifti1Image(tumour, AFFINE), of_series(tmp_path / "one") / "one_seg.nii.gz")
    for data in (open_data(tmp_path), open_data(tmp_path / "one")):
        assert (data.kind, [sample.frame for sample in data]) == ("brats", [1, 2, 3, 4])
        drawn = mask(data.samples[1], data.mask_values)
        np.testing.assert_array_equal(np.argwhere(drawn), np.argwhere(tumour[..., 2].T))
        assert picture(data.samples[1]).array.shape == (24, 20, 4)
    (tmp_path / "table.csv").write_text("path,mask\none#axial=2,one/one_seg.nii.gz\n")
    (sample,) = open_data(tmp_path / "table.csv")
    np.testing.assert_array_equal(mask(sample) > 0, drawn > 0)


def test_a_network_of_four_channels_gets_it_and_its_own_scale_is_asked_for(tmp_path: Path) -> None:
    card = Card(("no", "yes"), (24, 20, 4), scaling="none", intensity="z-score")
    batch, _ = prepare(card, f"{of_series(tmp_path / 'one')}#axial=2")
    np.testing.assert_array_equal(batch, prepare(card, f"{of_nifti(tmp_path / 'two')}#axial=2")[0])
    assert batch.std(axis=(0, 1, 2)).min() > 0
    with pytest.raises(HeatlensError, match="whose channels have levels of their own"):
        levels_by("window 40 400", read(tmp_path / "one"))
