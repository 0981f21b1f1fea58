"""A volume, a series and a stack, small enough to be quick."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest
from PIL import Image

from tests.gui.features.volume.hands import SHAPE
from tests.tfcore.pictures.dicoms import monochrome


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A volume whose values say where they lie."""
    voxels = np.arange(np.prod(SHAPE), dtype=np.int16).reshape(SHAPE)
    nibabel.save(nibabel.Nifti1Image(voxels, np.diag([1, 1, 3, 1])), tmp_path / "scan.nii.gz")
    return tmp_path / "scan.nii.gz"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A folder with five slices, whose names are in another order than they lie in."""
    folder = tmp_path / "knee"
    folder.mkdir()
    for number in range(5):
        tags = {
            "ImagePositionPatient": [0, 0, 2.5 * number],
            "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
            "PixelSpacing": [0.5, 0.5],
            "InstanceNumber": number + 1,
        }
        stored = np.full((16, 16), 10 * number, np.uint16)
        (folder / f"{9 - number}.dcm").write_bytes(monochrome(stored, **tags))
    return folder


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    pages = [Image.fromarray(np.full((20, 24), 20 * number, np.uint8)) for number in range(6)]
    pages[0].save(tmp_path / "stack.tif", save_all=True, append_images=pages[1:])
    return tmp_path / "stack.tif"
