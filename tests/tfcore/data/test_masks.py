"""Masks as people keep them are found, said in one sentence, and are never pictures."""

from __future__ import annotations

from pathlib import Path

import cv2
import nibabel
import numpy as np
import pydicom
from pydicom.dataset import Dataset as Header
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from tfcore.data import Dataset, open_data, reading
from tfcore.data.marked import marked
from tfcore.inside.concepts import Concepts

SIDE = 16
SPOT = np.zeros((SIDE, SIDE), np.uint8)
SPOT[2:6, 3:9] = 255
OTHER = np.zeros((SIDE, SIDE), np.uint8)
OTHER[10:13, 10:14] = 255
GREY = np.tile(np.arange(SIDE, dtype=np.uint8) * 10, (SIDE, 1))


def save(path: Path, levels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(path.suffix, levels)[1].tobytes())


def said(data: Dataset) -> str:
    (note,) = (note for note in data.notes if note.startswith("Masks were found"))
    return note


def names(data: Dataset) -> list[str]:
    return sorted(sample.path.name for sample in data)


def test_masks_beside_their_pictures_are_joined(tmp_path: Path) -> None:
    for label in ("benign", "normal"):
        for number in (1, 2):
            save(tmp_path / label / f"{label} ({number}).png", GREY)
    save(tmp_path / "benign" / "benign (1)_mask.png", SPOT)
    save(tmp_path / "benign" / "benign (1)_mask_1.png", OTHER)
    save(tmp_path / "benign" / "benign (2)_mask.png", SPOT)
    data = open_data(tmp_path)
    assert names(data) == ["benign (1).png", "benign (2).png", "normal (1).png", "normal (2).png"]
    assert "2 of 4 pictures: 2 beside them (benign (1)_mask.png); of 1 several, which were joined" in said(data)
    assert np.array_equal(reading.mask(data.samples[0]), (SPOT | OTHER) > 0)
    assert np.array_equal(reading.mask(data.samples[1]), SPOT > 0)
    assert data.samples[2].mask is None


def test_a_folder_of_masks_serves_by_name(tmp_path: Path) -> None:
    for label in ("a", "b"):
        save(tmp_path / "sorted" / label / f"{label}1.png", GREY)
        save(tmp_path / "sorted" / "masks" / f"{label}1.png", SPOT)
        save(tmp_path / "split" / label / "scan.jpg", GREY)
        save(tmp_path / "split" / "masks" / label / "scan.png", OTHER if label == "a" else SPOT)
        save(tmp_path / "shared" / label / "scan.png", GREY)
    save(tmp_path / "shared" / "masks" / "scan.png", SPOT)
    save(tmp_path / "plain" / "one.png", GREY)
    save(tmp_path / "plain" / "masks" / "one_mask.png", SPOT)
    assert "2 of 2 pictures: 2 in masks (a1.png)" in said(open_data(tmp_path / "sorted"))
    assert "1 of 1 pictures: 1 in masks (one_mask.png)" in said(open_data(tmp_path / "plain"))
    (tmp_path / "rows.csv").write_text("path,mask\nplain/one.png,plain/masks/one_mask.png\nsplit/a/scan.jpg,\n")
    assert "1 of 2 pictures: 1 in the table (one_mask.png)" in said(open_data(tmp_path / "rows.csv"))
    split = open_data(tmp_path / "split")
    assert [int(reading.mask(sample).sum()) for sample in split] == [12, 24]
    # It is open whose the only one is.
    assert not any("Masks were found" in note for note in open_data(tmp_path / "shared").notes)


def test_the_labels_of_a_volume_are_cut_as_the_volume_is(tmp_path: Path) -> None:
    volume, labels = np.random.default_rng(0).uniform(0, 9, (SIDE, SIDE, 5)), np.zeros((SIDE, SIDE, 5))
    labels[2:6, 3:9, 1] = 2
    (tmp_path / "scans").mkdir()
    nibabel.save(nibabel.Nifti1Image(volume, np.eye(4)), tmp_path / "scans" / "p1.nii.gz")
    nibabel.save(nibabel.Nifti1Image(labels, np.eye(4)), tmp_path / "scans" / "p1_seg.nii.gz")
    (tmp_path / "scans.csv").write_text("path\nscans/p1.nii.gz#axial=1\nscans/p1.nii.gz#axial=3\n")
    folder, table = open_data(tmp_path / "scans"), open_data(tmp_path / "scans.csv")
    assert names(folder) == ["p1.nii.gz"]
    assert "1 beside them (p1_seg.nii.gz)" in said(folder)
    assert "1 file left out as masks, not pictures." in folder.notes
    assert [int(reading.mask(sample).sum()) for sample in table] == [24, 0]


def dicom(path: Path, modality: str, levels: np.ndarray) -> Header:
    """A file of one or more frames, not yet written."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID, meta.MediaStorageSOPInstanceUID = ExplicitVRLittleEndian, generate_uid()
    meta.MediaStorageSOPClassUID = pydicom.uid.CTImageStorage if modality == "CT" else pydicom.uid.SegmentationStorage
    header = Header()
    header.file_meta = meta
    header.SOPClassUID, header.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    header.Modality, header.PatientID, header.SeriesInstanceUID = modality, "p", generate_uid()
    header.Rows, header.Columns, header.SamplesPerPixel = *levels.shape[-2:], 1
    header.PhotometricInterpretation, header.PixelRepresentation = "MONOCHROME2", 0
    header.BitsAllocated, header.BitsStored, header.HighBit = 8, 8, 7
    header.PixelData = levels.astype(np.uint8).tobytes()
    if levels.ndim == 3:
        header.NumberOfFrames = len(levels)
    path.parent.mkdir(parents=True, exist_ok=True)
    return header


def test_a_dicom_segmentation_marks_the_pictures_it_refers_to(tmp_path: Path) -> None:
    pictures = [dicom(tmp_path / "scans" / f"{number}.dcm", "CT", GREY) for number in range(3)]
    for number, picture in enumerate(pictures):
        picture.save_as(tmp_path / "scans" / f"{number}.dcm", enforce_file_format=True)
    segmentation = dicom(tmp_path / "scans" / "marks.dcm", "SEG", np.stack([SPOT, OTHER, OTHER]) // 255)
    segmentation.SegmentationType = "BINARY"
    groups = []
    for of, segment in ((0, 1), (0, 2), (2, 2)):
        source, derived, group, named = Header(), Header(), Header(), Header()
        named.ReferencedSegmentNumber = segment
        group.SegmentIdentificationSequence = [named]
        source.ReferencedSOPInstanceUID = pictures[of].SOPInstanceUID
        derived.SourceImageSequence = [source]
        group.DerivationImageSequence = [derived]
        groups.append(group)
    segmentation.PerFrameFunctionalGroupsSequence = groups
    segmentation.save_as(tmp_path / "scans" / "marks.dcm", enforce_file_format=True)
    data = open_data(tmp_path / "scans")
    assert names(data) == ["0.dcm", "1.dcm", "2.dcm"]
    assert "2 of 3 pictures: 2 in DICOM segmentations (marks.dcm)" in said(data)
    assert np.array_equal(reading.mask(data.samples[0]), (SPOT | OTHER) > 0)
    assert data.samples[1].mask is None
    assert np.array_equal(reading.mask(data.samples[2]), OTHER > 0)
    # Or each segment a class of its own.
    segments = marked(data.masked)
    assert segments.classes == ("background", "value 1", "value 2")
    classes = reading.mask(segments.samples[0], dict(segments.mask_values or {}))
    assert np.array_equal(classes == 2, OTHER > 0)
    assert np.array_equal(classes == 1, (SPOT > 0) & (OTHER == 0))
    # Called as they are called.
    described = []
    for number, name in ((1, "liver"), (2, "tumour")):
        one = Header()
        one.SegmentNumber, one.SegmentLabel = number, name
        described.append(one)
    segmentation.SegmentSequence = described
    segmentation.save_as(tmp_path / "scans" / "marks.dcm", enforce_file_format=True)
    called = marked(open_data(tmp_path / "scans").masked)
    assert called.classes == ("background", "liver", "tumour")
    assert np.array_equal(reading.mask(called.samples[0], dict(called.mask_values or {})), classes)
    assert Concepts(open_data(tmp_path / "scans"), "squash").names == ("liver", "tumour")
