"""A table may name slices, frames and instances as it names files."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.tfcore.pictures.dicoms import monochrome
from tests.tfcore.pictures.files import noise
from tfcore.data import audit, open_data, pipeline
from tfcore.data.augmentations import parse
from tfcore.data.labels import labels
from tfcore.data.reading import picture
from tfcore.errors import HeatlensError
from tfcore.models.card import Card


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two patients' volumes and a file of frames; the same volume has slices of both classes."""
    for number in range(2):
        voxels = np.random.default_rng(number).integers(0, 4000, (20, 24, 6)).astype(np.int16)
        nibabel.Nifti1Image(voxels, np.eye(4)).to_filename(tmp_path / f"p{number}.nii.gz")
    (tmp_path / "us").mkdir()
    (tmp_path / "us/cine").write_bytes(monochrome(noise(3, 20, 24), NumberOfFrames=3))
    rows = [f"p{n}.nii.gz#axial={z},{'ill' if z > 2 else 'well'},p{n}" for n in range(2) for z in range(6)]
    rows += ["us/cine#1,ill,p2", "us/cine#2,well,p2", "p0.nii.gz#axial=,ill,p0", "p7.nii.gz#axial=1,ill,p7"]
    path = tmp_path / "data.csv"
    path.write_text("\n".join(["path,label,patient", *rows]))
    return path


def test_each_row_is_its_own_picture(table: Path) -> None:
    data = open_data(table)
    assert data.counts() == {"ill": 7, "well": 7}
    assert any("2 of 16 files do not exist" in note for note in data.notes)
    assert data.samples[3].path == table.parent / "p0.nii.gz#axial=3"
    pictures = [picture(sample).array for sample in data]
    assert len({array.tobytes() for array in pictures}) == 14
    assert not audit(data).broken


def test_scores_are_learnt_from_as_they_are(table: Path) -> None:
    card = Card.guess((8, 8, 1), 2, classes=("ill", "well"), intensity="z-score", scaling="none")
    data = open_data(table).labelled()
    # So little memory that levels would be kept as bytes.
    batches = pipeline(data, card, 2, training=True, memory=4_000)
    levels = np.concatenate([inputs.numpy() for inputs, *_ in batches.data])
    assert levels.min() < -0.1 < 0.1 < levels.max()
    assert len(np.unique(levels)) > 100
    with pytest.raises(HeatlensError, match="this card takes z-scores; leave it out"):
        pipeline(data, card, 2, training=True, augment=parse("contrast"))


def test_labels_of_addresses_are_found(table: Path) -> None:
    asked = [table.parent / "p1.nii.gz#axial=3", table.parent / "p1.nii.gz#axial=0", table.parent / "us/cine#1"]
    found = labels(asked, table)
    assert [found.of[str(path)] for path in asked] == ["ill", "well", "ill"]
