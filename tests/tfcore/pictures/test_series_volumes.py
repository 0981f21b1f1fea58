"""A series as a volume: its voxels lie where the positions of its slices say."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.tfcore.pictures.dicoms import dataset, item, written
from tests.tfcore.pictures.files import sentence_of
from tfcore.errors import HeatlensError
from tfcore.pictures import find, read, volume

# Rows and columns of slices as scanners lay them: axial, coronal, sagittal, and oblique.
_TURNED = (0.8, 0.6, 0.0, 0.0, 0.0, -1.0)
PLANES = {
    "axial": (1, 0, 0, 0, 1, 0),
    "coronal": (1, 0, 0, 0, 0, -1),
    "sagittal": (0, 1, 0, 0, 0, -1),
    "oblique": _TURNED,
}
SPACING = (0.5, 0.7)
CORNER = np.array([10.0, -20.0, 30.0])


def scan(
    folder: Path, along: tuple[float, ...], positions: list[float], tilt: float = 0.0, **tags: object
) -> np.ndarray:
    """Slices (N, 5, 4) at these places along their normal, under names that say nothing about the order."""
    folder.mkdir()
    stored = np.random.default_rng(0).integers(0, 900, (len(positions), 5, 4)).astype(np.int16)
    right, down = np.array(along).reshape(2, 3)
    for number, (at, values) in enumerate(zip(positions, stored, strict=True)):
        corner = CORNER + at * (np.cross(right, down) + tilt * down)
        place = {"ImagePositionPatient": [f"{c:.8f}" for c in corner], "ImageOrientationPatient": list(along)}
        data = dataset(
            values, PixelSpacing=list(SPACING), SliceThickness=3, RescaleSlope=1, RescaleIntercept=-24, **place
        )
        for name, value in tags.items():
            setattr(data, name, value)
        (folder / f"{(7 * number) % 11}").write_bytes(written(data))
    return stored.astype(int) - 24


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("tilt", [0.0, 0.3])
def test_every_voxel_lies_where_its_slice_says(tmp_path: Path, plane: str, tilt: float) -> None:
    values = scan(tmp_path / "ct", PLANES[plane], [0, 3, 6, 9], tilt)
    found = volume(f"{tmp_path / 'ct'}#series=0&2")
    assert nibabel.orientations.aff2axcodes(found.affine) == ("R", "A", "S")
    right, down = np.array(PLANES[plane]).reshape(2, 3)
    for number, row, column in ((0, 0, 0), (1, 4, 0), (2, 0, 3), (3, 2, 1)):
        there = CORNER + 3 * number * (np.cross(right, down) + tilt * down)
        there = there + column * SPACING[1] * right + row * SPACING[0] * down
        # DICOM counts to the left and to the back.
        voxel = np.linalg.inv(found.affine) @ [-there[0], -there[1], there[2], 1]
        at = tuple(np.rint(voxel[:3]).astype(int))
        np.testing.assert_allclose(voxel[:3], at, atol=1e-4)
        assert found.array[at] == values[number, row, column]
    assert ("tilted" in found.note) == bool(tilt)


def test_other_planes_of_a_series_are_pictures(tmp_path: Path) -> None:
    values = scan(tmp_path / "ct", PLANES["axial"], [0, 3, 6], WindowCenter=40, WindowWidth=400)
    pictures = [read(path) for path in find([f"{tmp_path / 'ct'}#coronal=*"])]
    assert len(pictures) == 5
    # The first is the hindmost; the head is on top, the patient's left on the right.
    np.testing.assert_array_equal(pictures[0].array, values[::-1, -1])
    assert (pictures[0].unit, pictures[0].spacing, pictures[0].window) == ("HU", (3, 0.7), (-160, 239))
    assert pictures[0].note == "coronal slice 1 of 5"


def test_a_file_of_many_frames_is_a_volume(tmp_path: Path) -> None:
    stored = np.arange(24, dtype=np.uint16).reshape(2, 3, 4)
    frames = [item(PlanePositionSequence=[item(ImagePositionPatient=[0, 0, z])]) for z in (0, 5)]
    shared = item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
        PixelMeasuresSequence=[item(PixelSpacing=[1, 2])],
    )
    groups = {"PerFrameFunctionalGroupsSequence": frames, "SharedFunctionalGroupsSequence": [shared]}
    (tmp_path / "mr").write_bytes(written(dataset(stored, NumberOfFrames=2, **groups)))
    found = volume(tmp_path / "mr")
    assert found.spacing == (2, 1, 5)
    np.testing.assert_array_equal(found.array, stored.transpose(2, 1, 0)[::-1, ::-1])


def test_what_is_no_volume_is_one_sentence_and_gaps_are_told(tmp_path: Path) -> None:
    scan(tmp_path / "gap", PLANES["axial"], [0, 3, 6, 12])
    assert "1 gap between slices 3.00 mm apart" in volume(tmp_path / "gap").note
    scan(tmp_path / "twice", PLANES["axial"], [0, 3, 3])
    assert "has 1 slice where another one lies, so it is no volume" in said(tmp_path / "twice")
    scan(tmp_path / "sizes", PLANES["axial"], [0, 3])
    place = {
        "ImagePositionPatient": [10, -20, 36],
        "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
        "PixelSpacing": [1, 1],
    }
    (tmp_path / "sizes" / "x").write_bytes(written(dataset(np.zeros((3, 3), np.int16), **place)))
    assert "slices of several sizes" in said(tmp_path / "sizes")
    scan(tmp_path / "spacing", PLANES["axial"], [0, 3], PixelSpacing=[0, -1])
    assert "does not say how its slices lie in space" in said(tmp_path / "spacing")
    assert "counted from 0 to 3" in sentence_of(f"{tmp_path / 'gap'}#axial=9")


def said(path: Path) -> str:
    with pytest.raises(HeatlensError) as caught:
        volume(path)
    return str(caught.value)
