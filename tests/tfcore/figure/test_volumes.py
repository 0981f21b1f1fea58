"""Slices explained one by one lie on their volume again, in whatever order its axes are stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.tfcore.figure.made import heat
from tests.tfcore.pictures.dicoms import monochrome
from tfcore.errors import HeatlensError
from tfcore.figure.volumes import HeatVolumes, on_picture
from tfcore.marks import is_own
from tfcore.pictures import find, read
from tfcore.results import Box


@pytest.mark.parametrize("axes", ["RAS", "LPI", "SRA", "PIL"])
@pytest.mark.parametrize("plane", ["axial", "coronal", "sagittal"])
def test_heat_that_is_the_picture_itself_is_the_volume_itself(tmp_path: Path, axes: str, plane: str) -> None:
    orientations = nibabel.orientations
    turns = orientations.ornt_transform(orientations.axcodes2ornt("RAS"), orientations.axcodes2ornt(axes))
    voxels = np.random.default_rng(0).normal(size=(4, 5, 6)).astype(np.float32)
    affine = np.diag([1.0, 2, 3, 1])
    affine[:3, 3] = 10, -20, 30
    stored = orientations.apply_orientation(voxels, turns)
    image = nibabel.Nifti1Image(stored, affine @ orientations.inv_ornt_aff(turns, voxels.shape))
    image.to_filename(tmp_path / "scan.nii.gz")
    addresses = list(find([f"{tmp_path / 'scan.nii.gz'}#{plane}=*"]))
    volumes = HeatVolumes(tmp_path / "out")
    laid(volumes, addresses)
    ((path, slices),) = volumes.save().items()
    count = {"axial": 6, "coronal": 5, "sagittal": 4}[plane]
    assert (path.name, slices) == (f"scan_{plane}_m_a-b.nii.gz", f"{count} of {count} {plane} slices")
    found = nibabel.load(path)
    np.testing.assert_allclose(found.get_fdata(), stored, atol=1e-6)
    np.testing.assert_allclose(found.affine, image.affine)
    assert is_own(path)
    # Its own file it replaces, in the same bytes; one that lacks slices is named so where the run was ended.
    before = path.read_bytes()
    laid(HeatVolumes(tmp_path / "out"), addresses)
    assert path.read_bytes() == before
    cut = HeatVolumes(tmp_path / "out")
    laid(cut, addresses[1:])
    assert [one.name for one in cut.save(whole=False)] == [f"scan_{plane}_m_a-b.partial.nii.gz"]


def laid(volumes: HeatVolumes, addresses: list[Path]) -> None:
    """Heat that is the picture itself, of each of them."""
    for address in addresses:
        picture = read(address)
        whole = Box(0, 0, picture.width, picture.height)
        volumes.add(picture, replace(heat(), map=picture.array, box=whole, method="m", layer="a/b"))


def test_where_the_network_did_not_look_is_no_heat() -> None:
    seen = on_picture(replace(heat(), map=np.ones((2, 2), np.float32), box=Box(2, 1, 4, 2)), 4, 8)
    expected = np.zeros((4, 8))
    expected[1:3, 2:6] = 1
    np.testing.assert_array_equal(seen, expected)


def test_other_pictures_and_files_in_the_way_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(monochrome(np.eye(4, dtype=np.uint16)))
    with pytest.raises(HeatlensError, match="is no slice of a volume or a DICOM series; --format nii"):
        HeatVolumes(tmp_path).add(read(tmp_path / "a.dcm"), heat())
    nibabel.Nifti1Image(np.eye(4, dtype=np.float32)[..., None], np.eye(4)).to_filename(tmp_path / "s.nii")
    one = replace(heat(), method="m", layer="l")
    (tmp_path / "s_axial_m_l.nii.gz").write_text("somebody's")
    with pytest.raises(HeatlensError, match="was not written by Heatlens"):
        HeatVolumes(tmp_path).add(read(tmp_path / "s.nii"), one)
