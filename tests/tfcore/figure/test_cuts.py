"""Heat of slices cut along another plane is the heat that lies there."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.tfcore.figure.made import heat
from tfcore.figure.cuts import cut
from tfcore.figure.volumes import on_picture
from tfcore.pictures import read, volume
from tfcore.results import Box


@pytest.mark.parametrize(("base", "plane"), list(permutations(["axial", "coronal", "sagittal"], 2)))
def test_heat_that_is_the_picture_is_the_picture_in_every_plane(tmp_path: Path, base: str, plane: str) -> None:
    voxels = np.random.default_rng(0).random((5, 6, 7)).astype(np.float32)
    nibabel.Nifti1Image(voxels, np.diag([1, 2, 3, 1])).to_filename(tmp_path / "a.nii")
    counts = volume(tmp_path / "a.nii").counts
    heats = {}
    for number in range(counts[base]):
        picture = read(f"{tmp_path / 'a.nii'}#{base}={number}")
        heats[number] = replace(heat(picture.array), box=Box(0, 0, picture.width, picture.height))
    expected = read(f"{tmp_path / 'a.nii'}#{plane}=2")
    found = cut(heats, counts, base, plane, 2)
    assert found is not None
    np.testing.assert_allclose(on_picture(found, expected.height, expected.width), expected.array, atol=1e-6)
    del heats[1]
    some = cut(heats, counts, base, plane, 2)
    assert some is not None
    assert f"of {counts[base] - 1} of {counts[base]} {base} slices" in some.note
    assert (some.map == 0).sum() >= min(some.map.shape)


def test_without_heat_there_is_no_cut() -> None:
    counts = {"axial": 4, "coronal": 4, "sagittal": 4}
    assert cut({}, counts, "axial", "coronal", 1) is None
    assert cut({1: heat(degenerate=True)}, counts, "axial", "coronal", 1) is None
    beside = heat(box=Box(0, 2, 4, 2))
    assert cut({1: beside}, counts, "axial", "coronal", 3) is None
    assert cut({1: beside}, counts, "axial", "coronal", 0) is not None
