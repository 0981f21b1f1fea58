"""What a card says of black and white holds for every slice of a volume alike."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.tfcore.pictures.dicoms import dataset, written
from tests.tfcore.pictures.files import noise, saved
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.models.prepare import prepare, what_the_network_sees
from tfcore.pictures import find


def card(intensity: str) -> Card:
    return Card.guess((None, None, 1), 2, intensity=intensity, scaling="none")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A series, the same as a file of frames and as a NIfTI volume: slices of very different values."""
    voxels = np.random.default_rng(0).normal(100, 30, (6, 8, 8)) * np.arange(1, 7)[:, None, None]
    stored = voxels.astype(np.int16)
    (tmp_path / "series").mkdir()
    for number, one in enumerate(stored):
        place = {"ImagePositionPatient": [0, 0, number], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        (tmp_path / "series" / f"{number}.dcm").write_bytes(
            written(dataset(one, WindowCenter=1, WindowWidth=2, **place))
        )
    (tmp_path / "frames.dcm").write_bytes(written(dataset(stored, NumberOfFrames=6)))
    # Stored so that its axial slices look like the others.
    turned = stored[:, ::-1, ::-1].transpose(2, 1, 0)
    nibabel.Nifti1Image(np.ascontiguousarray(turned), np.eye(4)).to_filename(tmp_path / "scan.nii")
    np.save(tmp_path / "voxels.npy", stored)
    return tmp_path


@pytest.mark.parametrize("place", ["series#*", "frames.dcm#*", "scan.nii#axial=*"])
def test_all_slices_share_the_scaling_of_their_whole(folder: Path, place: str) -> None:
    voxels = np.load(folder / "voxels.npy").astype(float)
    addresses = list(find([folder / place]))
    scores, _ = prepare(card("z-score"), addresses)
    np.testing.assert_allclose(scores[..., 0], (voxels - voxels.mean()) / voxels.std(), atol=1e-4)
    low, high = np.percentile(voxels, (5, 95))
    levels, _ = prepare(card("percentile 5 95"), addresses)
    np.testing.assert_allclose(levels[..., 0], (np.clip(voxels, low, high) - low) * 255 / (high - low), atol=0.02)
    window, _ = prepare(card("window 40 400"), addresses)
    np.testing.assert_allclose(window[..., 0], (np.clip(voxels, -160, 240) + 160) * 255 / 400, atol=1e-3)
    assert what_the_network_sees(card("z-score"), addresses[3]).std() > 20


def test_scores_survive_resizing(folder: Path) -> None:
    small = Card.guess((4, 4, 3), 2, intensity="z-score", scaling="none", resize="lanczos")
    batch, _ = prepare(small, [f"{folder / 'series'}#0"])
    assert batch.min() < -0.5
    assert batch.shape == (1, 4, 4, 3)


def test_a_window_in_hounsfield_units_is_not_laid_over_8_bits(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(saved(noise(4, 4), "PNG"))
    with pytest.raises(HeatlensError, match="holds 8-bit grey levels, and the model's card wants values such as HU"):
        prepare(card("window 40 400"), tmp_path / "a.png")
    # Its own spread it has.
    assert abs(prepare(card("z-score"), tmp_path / "a.png")[0].mean()) < 1e-6


@pytest.mark.parametrize(
    "intensity", ["window", "window 40", "window 40 0", "percentile 9 1", "z-score 3", "x", "window a b"]
)
def test_what_is_no_intensity_says_how_to_write_one(intensity: str) -> None:
    with pytest.raises(HeatlensError, match="is not known; write 'window 40 400'"):
        card(intensity)


def test_scores_are_not_scaled_again() -> None:
    with pytest.raises(HeatlensError, match="state scaling = 'none' with it"):
        Card.guess((None, None, 1), 2, intensity="z-score")
