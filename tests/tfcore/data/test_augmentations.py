"""Augmentations do what they are called, by their seed, and to masks alike."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import tensorflow as tf

from tests.tfcore.data.conftest import noise
from tfcore.data import augmentations, open_data
from tfcore.data.augmentations import CATALOGUE, augmented, parse
from tfcore.errors import HeatlensError
from tfcore.models.card import Card


def changed(
    text: str, levels: np.ndarray, seed: int = 0, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    picture = tf.constant(levels[..., np.newaxis] if levels.ndim == 2 else levels, tf.float32)
    marked = tf.zeros_like(picture[..., :1]) if mask is None else tf.constant(mask[..., np.newaxis], tf.float32)
    made, moved = augmented(picture, marked, tf.constant([seed, 1]), parse(text))
    return made.numpy(), moved.numpy()[..., 0]


def test_words_become_steps_with_all_their_settings() -> None:
    assert [str(step) for step in parse("flip:vertical=yes, blur:sigma=2")] == [
        "flip:horizontal=True:vertical=True:chance=1.0",
        "blur:sigma=2.0:chance=0.5",
    ]
    assert parse([("noise", {"sigma": 4})]) == parse("noise:sigma=4")
    assert parse("") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("rotate", "no augmentation 'rotate'; did you mean rotation"),
        ("blur:radius=2", "blur has no setting 'radius'; it takes sigma, chance"),
        ("blur:sigma", "'sigma' has no value"),
        ("blur:sigma=-1", "sigma = -1 is not a number from"),
        ("noise:chance=2", "chance = 2 is not a number from 0 to 1"),
    ],
)
def test_wrong_words_are_answered(text: str, sentence: str) -> None:
    with pytest.raises(HeatlensError, match=sentence):
        parse(text)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_augmentation_is_seeded_stays_in_range_and_keeps_the_shape(name: str) -> None:
    levels = np.stack([noise(1), noise(2), noise(3)], axis=-1)
    text = f"{name}:chance=1"
    first, again = changed(text, levels, 3)[0], changed(text, levels, 3)[0]
    assert np.array_equal(first, again)
    assert any(not np.array_equal(first, changed(text, levels, seed)[0]) for seed in (4, 5, 6, 7))
    assert first.shape == levels.shape
    assert first.min() >= 0
    assert first.max() <= 255


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_a_chance_of_zero_changes_nothing(name: str) -> None:
    assert np.array_equal(changed(f"{name}:chance=0", noise(1))[0][..., 0], noise(1).astype(np.float32))


@pytest.mark.parametrize("name", ["affine", "flip", "rotation"])
def test_a_mask_moves_with_its_picture(name: str) -> None:
    inside = np.zeros((64, 64), np.float32)
    inside[14:30, 36:56] = 1
    for seed in range(4):
        made, moved = changed(name, inside * 200, seed, inside)
        assert set(np.unique(moved)) <= {0, 1}
        # All but the edge, where the picture is between black and bright.
        assert ((made[..., 0] > 100) == (moved == 1)).mean() > 0.99


@pytest.mark.parametrize("name", ["contrast", "blur", "noise", "salt-and-pepper"])
def test_a_mask_stays_where_pixels_stay(name: str) -> None:
    inside = np.eye(32, dtype=np.float32)
    assert np.array_equal(changed(f"{name}:chance=1", noise(1), 0, inside)[1], inside)


def test_a_flip_is_one_of_four_mirror_images() -> None:
    plain = noise(4).astype(np.float32)
    made = {changed("flip:vertical=yes", plain, seed)[0].tobytes() for seed in range(24)}
    assert made == {each.tobytes() for each in (plain, plain[:, ::-1], plain[::-1], plain[::-1, ::-1])}


def test_a_rotation_turns_about_the_centre() -> None:
    spot = np.zeros((65, 65), np.float32)
    spot[31:34, 31:34] = 255
    made = changed("rotation:degrees=90", spot, 2)[0][..., 0]
    assert made[32, 32] == 255
    assert made.sum() == pytest.approx(spot.sum(), rel=0.1)


def test_a_shift_stays_below_its_limit() -> None:
    spot = np.zeros((100, 100), np.float32)
    spot[50, 50] = 255
    places = []
    for seed in range(12):
        made = changed("affine:degrees=0:zoom=0:shear=0:shift=0.1", spot, seed)[0][..., 0]
        rows, columns = np.nonzero(made)
        places += [
            np.average(rows, weights=made[rows, columns]) - 50,
            np.average(columns, weights=made[rows, columns]) - 50,
        ]
    assert max(map(abs, places)) <= 10.01
    assert max(map(abs, places)) > 5


def test_contrast_scales_distances_from_the_mean() -> None:
    plain = np.clip(noise(1), 60, 190).astype(np.float32)
    made = changed("contrast:amount=0.3", plain, 1)[0][..., 0]
    factor = made.std() / plain.std()
    assert 0.7 <= factor <= 1.3
    assert np.allclose(made, plain.mean() + (plain - plain.mean()) * factor, atol=1e-2)


def test_a_blur_agrees_with_gaussian_blurs_of_some_width() -> None:
    plain = noise(1, 48).astype(np.float32)
    made = changed("blur:sigma=2:chance=1", plain, 5)[0][..., 0]
    errors = [
        np.abs(cv2.GaussianBlur(plain, (13, 13), sigma, borderType=cv2.BORDER_REFLECT) - made).max()
        for sigma in np.arange(0.02, 2.01, 0.005)
    ]
    assert min(errors) < 1


def test_noise_has_its_standard_deviation_and_stays_grey() -> None:
    grey = np.full((64, 64, 3), 128, np.float32)
    made = changed("noise:sigma=10:chance=1", grey)[0]
    assert (made - 128).std() == pytest.approx(10, rel=0.1)
    assert np.array_equal(made[..., 0], made[..., 2])


def test_salt_and_pepper_hit_their_share() -> None:
    made = changed("salt-and-pepper:share=0.1:chance=1", np.full((100, 100, 3), 99, np.float32))[0]
    assert (made == 0).all(axis=2).mean() == pytest.approx(0.05, abs=0.01)
    assert (made == 255).all(axis=2).mean() == pytest.approx(0.05, abs=0.01)


def test_the_preview_shows_each_picture_as_it_is_and_varied(phantoms: Path, tmp_path: Path) -> None:
    data = open_data(phantoms)
    card = Card(data.classes, (32, 32, 3), scaling="imagenet-caffe")
    grid = augmentations.preview(data, card, parse("flip, noise:chance=1"), rows=3, columns=4)
    assert grid.shape == (3 * 34 - 2, 4 * 34 - 2, 3)
    first = cv2.imread(str(data.samples[0].path), cv2.IMREAD_GRAYSCALE)
    assert np.array_equal(grid[:32, :32, 0], first)
    assert not np.array_equal(grid[:32, 34:66, 0], first)
    path = augmentations.save_preview(grid, tmp_path / "preview.png")
    assert np.array_equal(cv2.imread(str(path))[..., ::-1], grid)
