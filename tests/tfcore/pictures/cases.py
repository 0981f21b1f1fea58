"""The same brain as a case of NIfTI files and as one of DICOM series: folders that are named as the channels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nibabel
import numpy as np

from tests.tfcore.pictures.dicoms import dataset, written

CHANNELS = ("t1", "t1ce", "t2", "flair")
# Columns, rows and slices of a DICOM series, their sizes in mm, and where its first pixel lies.
SHAPE, STEPS, CORNER = (20, 24, 6), (0.9, 0.8, 3.0), (-10.0, 12.0, 30.0)
# From (column, row, slice) to mm: DICOM counts to the left and the back.
AFFINE = np.diag([-1, -1, 1, 1]) @ np.array(
    [[0.9, 0, 0, -10], [0, 0.8, 0, 12], [0, 0, 3.0, 30], [0, 0, 0, 1]], np.float64
)


def brain(channel: int) -> np.ndarray:
    """(column, row, slice): nothing around it, and in each channel other levels."""
    voxels = np.zeros(SHAPE, np.int16)
    voxels[4:16, 4:18, 1:5] = np.random.default_rng(channel).integers(200, 400, (12, 14, 4))
    return voxels


def series(folder: Path, voxels: np.ndarray, shift: float = 0.0, steps: tuple[float, float, float] = STEPS) -> Path:
    """Axial slices, under names that say nothing about their order."""
    folder.mkdir(parents=True, exist_ok=True)
    for z in range(voxels.shape[2]):
        place: dict[str, Any] = {
            "ImagePositionPatient": [CORNER[0] + shift, CORNER[1], CORNER[2] + steps[2] * z],
            "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
            "PixelSpacing": [steps[1], steps[0]],
        }
        data = dataset(np.ascontiguousarray(voxels[..., z].T), SeriesInstanceUID=f"1.2.{len(folder.name)}.4", **place)
        data.Modality, data.StudyInstanceUID = "MR", "1.2.99"
        data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.{CHANNELS.index(folder.name)}.{z}"
        (folder / f"{(z * 5) % 7}.dcm").write_bytes(written(data))
    return folder


def of_series(folder: Path) -> Path:
    """A case of four series."""
    for number, name in enumerate(CHANNELS):
        series(folder / name, brain(number))
    return folder


def of_nifti(folder: Path) -> Path:
    """The same voxels in the same place."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(CHANNELS):
        nibabel.save(nibabel.Nifti1Image(brain(number), AFFINE), folder / f"{folder.name}_{name}.nii.gz")
    return folder
