"""Heat, masks and figures as DICOM: they lie on the pictures they are of, and say whose they are only if asked."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import highdicom
import numpy as np
import pydicom
import pytest

from tests.shared import shared
from tests.tfcore.figure.made import heat
from tests.tfcore.pictures.cases import of_series
from tests.tfcore.pictures.dicoms import MARKER, dataset, written
from tfcore.errors import HeatlensError
from tfcore.figure import export
from tfcore.figure.dicom import Mapped, parametric_map, segmentation
from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks
from tfcore.figure.volumes import HeatVolumes
from tfcore.marks import is_own, version
from tfcore.pictures import Picture, find, read, volume
from tfcore.results import Box, Heat

FRAME_OF_REFERENCE, STUDY = "1.2.77", "1.2.99"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    folder = tmp_path / "ct"
    folder.mkdir()
    for number in range(4):
        place = {"ImagePositionPatient": [1, 2, 3 * number], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        place |= {"PixelSpacing": [0.5, 0.7], "SliceThickness": 3, "FrameOfReferenceUID": FRAME_OF_REFERENCE}
        stored = np.random.default_rng(number).integers(0, 99, (6, 8)).astype(np.int16)
        data = dataset(stored, SOPInstanceUID=f"1.2.3.{number}", StudyInstanceUID=STUDY, **place)
        data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
        (folder / f"{(3 * number) % 4}.dcm").write_bytes(written(data))
    return folder


def of_itself(picture: Picture) -> Heat:
    """Heat that is the picture."""
    values = picture.array if picture.array.ndim == 2 else picture.array[..., 0]
    whole = Box(0, 0, picture.width, picture.height)
    return replace(heat(), path=str(picture.path), map=values.astype(np.float32), box=whole, method="m", layer="a/b")


def mapped(address: object) -> list[Mapped]:
    return [Mapped.of(of_itself(picture), picture) for picture in map(read, find([str(address)]))]


def referred(group: Any) -> str:
    return str(group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID)


def complaints(path: Path) -> list[str]:
    """Errors that the standard's checker has, where it is installed."""
    if not shutil.which("dciodvfy"):
        pytest.skip("dciodvfy is not installed")
    said = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, check=False)
    return [line for line in (said.stdout + said.stderr).splitlines() if line.startswith("Error")]


def test_a_map_lies_on_its_series_slice_on_slice(series: Path, tmp_path: Path) -> None:
    path = parametric_map(mapped(f"{series}#*")[::-1], tmp_path / "heat.dcm")
    found = highdicom.pm.ParametricMap.from_dataset(pydicom.dcmread(path))
    assert found.FrameOfReferenceUID == FRAME_OF_REFERENCE
    frames = found.get_frames(apply_real_world_transform=True)
    for frame, group in zip(frames, found.PerFrameFunctionalGroupsSequence, strict=True):
        number = int(referred(group).removeprefix("1.2.3."))
        np.testing.assert_allclose(frame, read(f"{series}#{number}").array, atol=1e-6)
        assert group.PlanePositionSequence[0].ImagePositionPatient == [1, 2, 3 * number]
    shared_group = found.SharedFunctionalGroupsSequence[0]
    assert shared_group.PixelMeasuresSequence[0].PixelSpacing == [0.5, 0.7]
    window = shared_group.FrameVOILUTSequence[0]
    edges = [float(window.WindowCenter) + side * float(window.WindowWidth) / 2 for side in (-1, 1)]
    assert edges == pytest.approx([frames.min(), frames.max()], rel=1e-6)
    made = (found.Manufacturer, found.SoftwareVersions, found.SeriesDescription)
    assert made == ("Heatlens", version(), "m a/b demo")
    assert "m at a/b of demo (SHA-256 bbbb" in found.DerivationDescription
    assert is_own(path)
    assert complaints(path) == []


def test_a_plane_that_is_a_slice_of_its_series_and_a_case_of_series_go_back_too(series: Path, tmp_path: Path) -> None:
    path = parametric_map(mapped(f"{series}#series=0&axial=*"), tmp_path / "heat.dcm")
    case = of_series(tmp_path / "one")
    maps, volumes = HeatMaps(tmp_path / "out"), HeatVolumes(tmp_path / "out")
    for picture in map(read, find([f"{case}#axial=*"])):
        maps.add(picture, of_itself(picture))
        volumes.add(picture, of_itself(picture))
    assert [each.name for each in sorted((tmp_path / "out").iterdir())] == ["one_axial_m_a-b.nii.gz", "one_m_a-b.dcm"]
    # Of a case it is the FLAIR that is referred to, the fourth channel.
    for file, source, uid in ((path, series, "1.2.3"), (tmp_path / "out" / "one_m_a-b.dcm", case / "flair", "1.2.3.3")):
        found = pydicom.dcmread(file)
        groups = found.PerFrameFunctionalGroupsSequence
        # Slices from the feet up; the patient's left is on the right in both.
        numbers = [int(referred(group).removeprefix(f"{uid}.")) for group in groups]
        assert sorted(numbers) == list(range(len(groups)))
        for frame, number in zip(found.pixel_array, numbers, strict=True):
            stored = read(f"{source}#{number}").array if source == series else levels(case, number)
            np.testing.assert_allclose(frame, stored, atol=1e-4)


def levels(case: Path, number: int) -> np.ndarray:
    """Those of the first channel in a slice, as the slice is stored: of these series as it is hung."""
    return read(f"{case}#axial={number}").array[..., 0]


def test_heat_of_a_series_as_nifti_lies_on_its_volume(series: Path, tmp_path: Path) -> None:
    import nibabel

    volumes = HeatVolumes(tmp_path / "out")
    for picture in map(read, find([f"{series}#*"])):
        volumes.add(picture, of_itself(picture))
    ((path, slices),) = volumes.save().items()
    assert (path.name, slices) == ("ct_m_a-b.nii.gz", "4 of 4 slices")
    found = nibabel.as_closest_canonical(nibabel.load(path))
    np.testing.assert_allclose(found.get_fdata(), volume(series).array, atol=1e-5)
    np.testing.assert_allclose(found.affine, volume(series).affine, atol=1e-5)


@pytest.mark.parametrize("kind", ["binary", "labelmap"])
@pytest.mark.parametrize("at", ["mean+std", "50"])
def test_a_mask_is_where_the_heat_is_above(series: Path, tmp_path: Path, kind: str, at: str) -> None:
    path = segmentation(mapped(f"{series}#*"), tmp_path / "mask.dcm", at, kind)
    found = highdicom.seg.segread(path)
    for mask, group in zip(found.pixel_array, found.PerFrameFunctionalGroupsSequence, strict=True):
        values = read(f"{series}#{referred(group).removeprefix('1.2.3.')}").array
        np.testing.assert_array_equal(mask > 0, values > (50 if at == "50" else values.mean() + values.std()))
    (segment,) = found.SegmentSequence[-1:]
    assert segment.SegmentLabel == f"glioma: m > {at}"
    assert segment.SegmentAlgorithmType == "AUTOMATIC"
    if kind == "binary":
        assert complaints(path) == []


def test_it_is_of_nobody_unless_that_is_asked_for(series: Path, tmp_path: Path) -> None:
    slices, picture = mapped(f"{series}#*"), read(f"{series}#1")
    for keep in (False, True):
        folder = tmp_path / str(keep)
        files = [
            parametric_map(slices, folder / "map.dcm", keep_identity=keep),
            segmentation(slices, folder / "mask.dcm", keep_identity=keep),
            export([(of_itself(picture), picture)], folder / "panel.dcm", dpi=40, keep_identity=keep),
        ]
        for path in files:
            found = pydicom.dcmread(path)
            assert (MARKER.encode() in path.read_bytes()) == keep
            assert (found.PatientName == MARKER) == keep
            assert (found.StudyInstanceUID == STUDY) == keep
            assert found.SOPInstanceUID not in ("1.2.3", "1.2.3.1")
            # No private tag and no institution of it in any case; our own holds the recipe, which names no picture.
            assert "InstitutionName" not in found
            own = [element for element in found if element.tag.is_private]
            assert [element.value for element in own[:1]] == ["HEATLENS"] * (path.name == "panel.dcm")
            assert len(own) == 2 * (path.name == "panel.dcm")
            assert all(f"{series.name}#" not in str(element.value) for element in own)
            (study,) = [found] if keep else found.StudiesContainingOtherReferencedInstancesSequence
            (of,) = study.ReferencedSeriesSequence
            assert (study.StudyInstanceUID, of.SeriesInstanceUID) == (STUDY, "1.2.4")
            assert "1.2.3.1" in [one.ReferencedSOPInstanceUID for one in of.ReferencedInstanceSequence]


def test_a_panel_is_shown_as_it_is(series: Path, tmp_path: Path) -> None:
    from PIL import Image

    picture = read(f"{series}#1")
    export([(of_itself(picture), picture)], tmp_path / "p.dcm", dpi=40, also=[tmp_path / "p.png"])
    found = pydicom.dcmread(tmp_path / "p.dcm")
    np.testing.assert_array_equal(found.pixel_array, np.asarray(Image.open(tmp_path / "p.png").convert("RGB")))
    assert is_own(tmp_path / "p.dcm")
    assert (tmp_path / "p.json").exists()
    # Of a plane that is cut out of all slices, all of them are named.
    cut = read(f"{series}#series=0&coronal=2")
    export([(of_itself(cut), cut)], tmp_path / "cut.dcm", dpi=40, keep_identity=True)
    named = pydicom.dcmread(tmp_path / "cut.dcm")
    assert (len(named.SourceImageSequence), named.PatientName) == (4, MARKER)
    with pytest.raises(HeatlensError, match="is cut from a series and none of its pictures"):
        Mapped.of(of_itself(cut), cut)
    assert complaints(tmp_path / "p.dcm") == []


def test_frames_of_one_file_are_named_by_their_numbers(tmp_path: Path) -> None:
    path = parametric_map(mapped(f"{shared('oracles', 'medical', 'mr_multiframe.dcm')}#1:3"), tmp_path / "m.dcm")
    found = pydicom.dcmread(path)
    sources = [
        group.DerivationImageSequence[0].SourceImageSequence[0] for group in found.PerFrameFunctionalGroupsSequence
    ]
    assert sorted(one.ReferencedFrameNumber for one in sources) == [2, 3]
    assert len({one.ReferencedSOPInstanceUID for one in sources}) == 1
    assert complaints(path) == []


def test_a_picture_that_lies_nowhere(tmp_path: Path) -> None:
    """An X-ray: with the size of its pixels a map has a space of its own, a mask lies on it in any case."""
    for name, tags in {"x": {"PixelSpacing": [0.1, 0.1]}, "y": {}}.items():
        data = dataset(np.eye(6, dtype=np.uint16), StudyInstanceUID=STUDY, Modality="DX", **tags)
        (tmp_path / name).write_bytes(written(data))
    for name in ("x", "y"):
        path = segmentation(mapped(tmp_path / name), tmp_path / f"{name}_mask.dcm")
        assert "FrameOfReferenceUID" not in pydicom.dcmread(path)
        assert complaints(path) == []
    assert complaints(parametric_map(mapped(tmp_path / "x"), tmp_path / "x.dcm")) == []
    with pytest.raises(HeatlensError, match="names neither its place nor the size of its pixels"):
        parametric_map(mapped(tmp_path / "y"), tmp_path / "y.dcm")


def test_what_cannot_be_written_is_one_sentence(series: Path, tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="is no DICOM picture that a DICOM map could refer to"):
        HeatMaps(tmp_path).add(read(shared("data", "nifti", "anatomical.nii")), heat())
    with pytest.raises(HeatlensError, match=r"A mask cannot begin at 'half'; write mean\+std or a number"):
        HeatMasks(tmp_path, at="half")
    (tmp_path / "no").write_bytes(
        written(dataset(np.eye(4, dtype=np.uint16), SeriesInstanceUID=MARKER, StudyInstanceUID=STUDY))
    )
    with pytest.raises(HeatlensError, match="has no valid SeriesInstanceUID") as caught:
        parametric_map(mapped(tmp_path / "no"), tmp_path / "out.dcm")
    assert MARKER not in str(caught.value)
    (tmp_path / "ct_m_a-b.dcm").write_text("somebody's")
    with pytest.raises(HeatlensError, match="was not written by Heatlens"):
        HeatMaps(tmp_path).add(read(f"{series}#0"), of_itself(read(f"{series}#0")))


def test_slices_as_they_come_are_one_file_for_each_series(series: Path, tmp_path: Path) -> None:
    maps, masks = HeatMaps(tmp_path / "out"), HeatMasks(tmp_path / "out")
    for number in (2, 0, 3):
        picture = read(f"{series}#{number}")
        maps.add(picture, of_itself(picture))
        masks.add(picture, of_itself(picture))
    assert not (tmp_path / "out").exists()
    last = read(f"{series}#1")
    # It comes twice, as the middle slice does by two addresses.
    for _ in range(2):
        maps.add(last, of_itself(last))
    assert list(maps.save()) == [tmp_path / "out" / "ct_m_a-b.dcm"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["ct_m_a-b.dcm"]
    assert [path.name for path in masks.save(whole=False)] == ["ct_m_a-b.partial_mask.dcm"]
