"""NIfTI: any orientation comes out as radiologists hang it, and what cannot is one sentence."""

from __future__ import annotations

import gzip
from itertools import permutations, product
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest

from tests.shared import shared
from tests.tfcore.pictures.dicoms import MARKER
from tfcore.errors import HeatlensError
from tfcore.pictures import find, read, volume

SHAPE = (4, 5, 6)
# The voxel in the patient's right, front and top corner.
RIGHT, FRONT, TOP = 3, 4, 5


def saved(path: Path, voxels: np.ndarray, affine: np.ndarray | None = None, **header: Any) -> Path:
    kind = nibabel.Nifti2Image if header.pop("second", False) else nibabel.Nifti1Image
    image = kind(voxels, np.diag([1, 2, 3, 1]) if affine is None else affine)
    image.header["descrip"] = MARKER.encode()
    for name, value in header.items():
        image.header[name] = value
    nibabel.save(image, path)
    return path


def refusal(path: Path | str) -> str:
    with pytest.raises(HeatlensError) as caught:
        read(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert MARKER not in sentence
    return sentence


def numbered(*shape: int) -> np.ndarray:
    return np.arange(np.prod(shape), dtype=np.int16).reshape(shape)


def test_volumes_agree_with_the_reference() -> None:
    arrays = np.load(shared("oracles", "medical.npz"))
    names = [key.removesuffix("/affine") for key in arrays.files if key.endswith("/affine")]
    assert len(names) == 7
    for name in names:
        folder = shared("oracles", "medical")
        found = volume(folder / name if (folder / name).exists() else shared("data", "nifti", name))
        assert found.array.shape == tuple(arrays[f"{name}/shape"])
        np.testing.assert_allclose(found.affine, arrays[f"{name}/affine"])
        np.testing.assert_allclose(found.spacing, arrays[f"{name}/spacing"], rtol=1e-6)
        if f"{name}/values" in arrays:
            np.testing.assert_array_equal(found.array, arrays[f"{name}/values"])
        else:
            at = tuple(arrays[f"{name}/at"].T)
            np.testing.assert_array_equal(found.array[at], arrays[f"{name}/values_at"])


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("signs", list(product((1, -1), repeat=3)))
def test_every_orientation_shows_the_same_planes(
    tmp_path: Path, order: tuple[int, ...], signs: tuple[int, ...]
) -> None:
    ras = numbered(*SHAPE)
    turns = np.stack([np.argsort(order), np.array(signs)[np.argsort(order)]], axis=1).astype(float)
    # The same voxels stored along other axes, with the affine that says so.
    stored = nibabel.orientations.apply_orientation(ras, turns)
    affine = np.diag([1, 2, 3, 1]) @ nibabel.orientations.inv_ornt_aff(turns, SHAPE)
    path = saved(tmp_path / "scan.nii", stored, affine)
    np.testing.assert_array_equal(volume(path).array, ras)
    axial, coronal, sagittal = (read(f"{path}#{plane}=2") for plane in ("axial", "coronal", "sagittal"))
    assert axial.array[0, 0] == ras[RIGHT, FRONT, 2]
    assert coronal.array[0, 0] == ras[RIGHT, 2, TOP]
    assert sagittal.array[0, 0] == ras[2, FRONT, TOP]
    assert axial.array[-1, -1] == ras[0, 0, 2]
    assert (axial.spacing, coronal.spacing, sagittal.spacing) == ((2, 1), (3, 1), (3, 2))
    assert [each.array.shape for each in (axial, coronal, sagittal)] == [(5, 4), (6, 4), (6, 5)]


@pytest.mark.parametrize("ending", [".nii", ".nii.gz"])
def test_volumes_in_time_and_ranges(tmp_path: Path, ending: str) -> None:
    path = saved(tmp_path / f"bold{ending}", numbered(*SHAPE, 3), second=True)
    picture = read(path)
    assert picture.note == "axial slice 4 of 6, volume 1 of 3"
    assert read(f"{path}#t=2").array[0, 0] == volume(path).array[RIGHT, FRONT, 3, 2]
    names = [one.name.partition("#")[2] for one in find([f"{path}#axial=4:&t=*"])]
    assert names == [f"axial={z}&t={t}" for z in (4, 5) for t in range(3)]
    assert "has 3 volumes in time" in refusal(f"{path}#t=3")
    assert "has 5 coronal slices" in refusal(f"{path}#coronal=5")
    assert "does not say which plane" in refusal(f"{path}#5")


def test_a_file_that_changes_is_read_anew(tmp_path: Path) -> None:
    path = saved(tmp_path / "scan.nii", numbered(*SHAPE))
    before = read(f"{path}#axial=1").array
    saved(path, numbered(*SHAPE) + 1000)
    np.testing.assert_array_equal(read(f"{path}#axial=1").array, before + 1000)


def test_slices_of_one_volume_share_its_window_and_scaling(tmp_path: Path) -> None:
    voxels = np.random.default_rng(0).integers(0, 4000, SHAPE).astype(np.int16)
    voxels[..., 0] //= 100
    image = nibabel.Nifti1Image(voxels, np.eye(4))
    image.header.set_slope_inter(0.5, -100)
    image.to_filename(tmp_path / "scan.nii")
    first, last = (read(f"{tmp_path / 'scan.nii'}#axial={z}") for z in (0, 5))
    assert first.window == last.window
    assert first.levels().max() < 20 < last.levels().max()
    assert first.array[0, 0] == voxels[RIGHT, FRONT, 0] * 0.5 - 100


def header_of(path: Path, change: Any) -> Path:
    data = bytearray(path.read_bytes())
    header = nibabel.Nifti1Header(bytes(data[:348]), check=False)
    change(header)
    data[:348] = header.binaryblock
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda h: h["dim"].__setitem__(slice(0, 4), (3, 20000, 20000, 20000)), "20000 × 20000 × 20000 voxels"),
        (lambda h: h["dim"].__setitem__(1, 0), "0 × 5 × 6 voxels"),
        (lambda h: h["dim"].__setitem__(1, 9), "is damaged or cut short"),
        (lambda h: h["dim"].__setitem__(0, 2), "has 2 dimensions"),
        (lambda h: h.__setitem__("datatype", 32), "holds complex values"),
        (lambda h: h.__setitem__("srow_z", 0), "does not say how its voxels lie in space"),
        (lambda h: (h.__setitem__("sform_code", 0), h["pixdim"].__setitem__(1, 0)), "does not say how its voxels lie"),
        (
            lambda h: (h.__setitem__("sform_code", 0), h["pixdim"].__setitem__(1, -1), h.__setitem__("qform_code", 1)),
            "does not say how its voxels lie",
        ),
        (lambda h: h.__setitem__("srow_x", np.nan), "does not say how its voxels lie in space"),
    ],
)
def test_headers_that_cannot_be_are_one_sentence(tmp_path: Path, change: Any, says: str) -> None:
    assert says in refusal(header_of(saved(tmp_path / "scan.nii", numbered(*SHAPE)), change))


def test_a_volume_cut_short_is_refused(tmp_path: Path) -> None:
    for ending in (".nii", ".nii.gz"):
        path = saved(tmp_path / f"scan{ending}", np.random.default_rng(0).normal(size=SHAPE).astype(np.float32))
        path.write_bytes(path.read_bytes()[:-9])
        assert "is damaged or cut short" in refusal(path)


def test_what_unpacks_to_more_than_its_header_says_takes_no_memory(tmp_path: Path) -> None:
    path = saved(tmp_path / "scan.nii", numbered(*SHAPE))
    (tmp_path / "bomb.nii.gz").write_bytes(gzip.compress(path.read_bytes() + bytes(1 << 27)))
    assert "is damaged" in refusal(tmp_path / "bomb.nii.gz")


def test_one_broken_volume_costs_no_other(tmp_path: Path) -> None:
    voxels = np.random.default_rng(0).normal(size=(*SHAPE, 3)).astype(np.float32)
    voxels[1, 2, 3, 1] = np.nan
    path = saved(tmp_path / "bold.nii", voxels)
    assert "holds NaN (1 of 20 values)" in refusal(f"{path}#axial=3&t=1")
    for place in ("axial=3&t=0", "axial=3&t=2", "axial=2&t=1"):
        assert np.isfinite(read(f"{path}#{place}").levels()).all()


def test_half_a_pair_and_unsaid_directions_are_told(tmp_path: Path) -> None:
    pair = nibabel.Nifti1Pair(numbered(*SHAPE), np.eye(4))
    pair.to_filename(tmp_path / "pair.hdr")
    assert "one half of a NIfTI pair" in refusal(tmp_path / "pair.hdr")
    bare = nibabel.Nifti1Image(numbered(*SHAPE), None)
    bare.to_filename(tmp_path / "bare.nii")
    assert "does not say which side is left" in read(tmp_path / "bare.nii").note


@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("said", ["nothing", "quaternion", "rows"])
def test_voxels_lie_where_nibabel_has_them(tmp_path: Path, second: bool, said: str) -> None:
    """Of files as scanners write them: turned, askew and mirrored, in the bytes of either machine."""
    draw, checked = np.random.default_rng(0), 0
    for number in range(40):
        turn, _ = np.linalg.qr(draw.normal(size=(3, 3)))
        affine = np.eye(4)
        affine[:3, :3], affine[:3, 3] = turn * draw.uniform(0.3, 4, 3), draw.normal(0, 90, 3)
        if said == "rows":
            affine[:3, :3] += draw.normal(0, 0.1, (3, 3))
        image = (nibabel.Nifti2Image if second else nibabel.Nifti1Image)(numbered(*SHAPE), affine)
        image.set_sform(affine, int(said == "rows"))
        image.set_qform(affine if said == "quaternion" else None, int(said == "quaternion"))
        path, whole = tmp_path / f"{number}.nii", image.to_bytes()
        if number % 2:
            big = type(image.header)(whole[: image.header.sizeof_hdr]).as_byteswapped(">")
            whole = big.binaryblock + bytes(4) + numbered(*SHAPE).astype(">i2").tobytes(order="F")
        path.write_bytes(whole)
        right = nibabel.as_closest_canonical(nibabel.load(path))
        found = volume(path)
        np.testing.assert_array_equal(found.array, np.asarray(right.dataobj))
        np.testing.assert_allclose(found.affine, right.affine, atol=1e-4)
        checked += 1
    assert checked == 40
