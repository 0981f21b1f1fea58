from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tfcore.errors import HeatlensError
from tfcore.models.card import FITS, RESIZES, SCALINGS, Card
from tfcore.models.prepare import fitted, prepare, scaled, unscaled, what_the_network_sees
from tfcore.results import Box

sizes = st.integers(1, 40)


def card(*shape: int | None, **stated: str) -> Card:
    return Card.guess(shape, 2, **stated)


def levels(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)


# --- fitting ---


@given(rows=sizes, columns=sizes, height=sizes, width=sizes, fit=st.sampled_from(FITS), resize=st.sampled_from(RESIZES))
@settings(deadline=None, derandomize=True)
def test_every_picture_fits_every_input(
    rows: int, columns: int, height: int, width: int, fit: str, resize: str
) -> None:
    for channels in (1, 3, 4):
        flat = np.full((rows, columns, channels), 200, np.float32)
        found, box = fitted(flat, height, width, fit, resize)
        assert found.shape == (height, width, channels)
        assert found.dtype == np.float32
        # Whatever shows the picture shows its level; padding alone is black.
        inside = found[found > 1] if fit == "pad" else found
        np.testing.assert_allclose(inside, 200, rtol=1e-5)
        assert box.width > 0
        assert box.height > 0


@given(rows=sizes, columns=sizes, height=sizes, width=sizes)
@settings(deadline=None, derandomize=True)
def test_boxes_lie_as_their_fit_says(rows: int, columns: int, height: int, width: int) -> None:
    picture = np.ones((rows, columns, 1), np.float32)
    assert fitted(picture, height, width, "stretch", "area")[1] == Box(0, 0, columns, rows)
    crop = fitted(picture, height, width, "centre", "area")[1]
    assert crop.x >= 0
    assert crop.y >= 0
    assert crop.x + crop.width <= columns
    assert crop.y + crop.height <= rows
    assert crop.width == columns or crop.height == rows
    assert abs(crop.x + crop.width / 2 - columns / 2) <= 0.5
    assert abs(crop.y + crop.height / 2 - rows / 2) <= 0.5
    padded, around = fitted(picture, height, width, "pad", "area")
    assert around.x <= 0
    assert around.y <= 0
    assert around.x + around.width >= columns - 1e-6
    assert around.y + around.height >= rows - 1e-6
    # The part of the box inside the picture is the part of the input that is not padding.
    share = (columns * rows) / (around.width * around.height)
    assert np.count_nonzero(padded) / padded.size == pytest.approx(share)


@given(
    rows=st.integers(8, 60),
    columns=st.integers(8, 60),
    height=st.integers(8, 60),
    width=st.integers(8, 60),
    across=st.floats(0, 0.999),
    down=st.floats(0, 0.999),
    fit=st.sampled_from(FITS),
    resize=st.sampled_from(["area", "bilinear", "lanczos", "nearest"]),
)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_a_bright_spot_lands_where_the_box_says(
    rows: int, columns: int, height: int, width: int, across: float, down: float, fit: str, resize: str
) -> None:
    x, y = int(across * columns), int(down * rows)
    # A blurred spot, so that methods that look at single pixels meet it too.
    squared = (np.arange(columns) - x) ** 2 + (np.arange(rows)[:, np.newaxis] - y) ** 2
    picture = (200 * np.exp(-squared / 200)).astype(np.float32)[..., np.newaxis]
    found, box = fitted(picture, height, width, fit, resize)
    centre_x, centre_y = x + 0.5, y + 0.5
    if not (box.x < centre_x < box.x + box.width and box.y < centre_y < box.y + box.height):
        return
    row, column = np.unravel_index(found[..., 0].argmax(), (height, width))
    # The brightest input pixel covers the spot, within one pixel of the coarser of the two grids.
    assert abs(box.x + (column + 0.5) * box.width / width - centre_x) <= max(1, box.width / width) + 0.01
    assert abs(box.y + (row + 0.5) * box.height / height - centre_y) <= max(1, box.height / height) + 0.01


def test_an_input_of_the_picture_s_size_is_the_picture() -> None:
    picture = levels(7, 9, 3).astype(np.float32)
    for fit in FITS:
        for resize in RESIZES:
            found, box = fitted(picture, 7, 9, fit, resize)
            np.testing.assert_array_equal(found, picture)
            assert box == Box(0, 0, 9, 7)


def test_padding_is_black_and_even() -> None:
    found, box = fitted(np.full((10, 20, 1), 255, np.float32), 20, 20, "pad", "bilinear")
    assert found[:5].max() == 0 == found[15:].max()
    assert found[5:15].min() == 255
    assert box == Box(0, -5, 20, 20)


def test_the_centre_is_cut_out() -> None:
    picture = np.zeros((10, 20, 1), np.float32)
    picture[:, 5:15] = 255
    found, box = fitted(picture, 30, 30, "centre", "nearest")
    assert (found == 255).all()
    assert box == Box(5, 0, 10, 10)


def test_area_averages_and_nearest_picks_the_middle() -> None:
    stripes = np.tile(np.array([0, 255, 0], np.float32), 4)[np.newaxis, :, np.newaxis]
    np.testing.assert_allclose(fitted(stripes, 1, 4, "stretch", "area")[0], 85, rtol=1e-5)
    # The pixel in the middle, not the first.
    assert (fitted(stripes, 1, 4, "stretch", "nearest")[0] == 255).all()


def test_bilinear_means_half_pixel_centres() -> None:
    ramp = np.array([[0, 100]], np.float32)[..., np.newaxis]
    assert fitted(ramp, 1, 4, "stretch", "bilinear")[0].ravel().tolist() == [0, 25, 75, 100]


def test_lanczos_stays_between_black_and_white() -> None:
    edge = np.repeat(np.array([[0, 255]], np.float32), 8, axis=1)[..., np.newaxis]
    found, _ = fitted(edge, 5, 50, "stretch", "lanczos")
    assert found.min() == 0
    assert found.max() == 255


# --- colours ---


def test_grey_is_repeated_and_colour_is_weighed() -> None:
    grey = levels(4, 5)
    batch, _ = prepare(card(4, 5, 3, scaling="none"), [grey])
    assert (batch[0] == grey[..., np.newaxis]).all()
    colour = levels(4, 5, 3)
    batch, _ = prepare(card(4, 5, 1, scaling="none"), [colour])
    expected = np.asarray(Image.fromarray(colour).convert("L"))
    assert np.abs(batch[0, ..., 0] - expected).max() <= 0.51


def test_a_grey_card_of_three_channels_takes_the_colour_away() -> None:
    batch, _ = prepare(card(4, 5, 3, scaling="none", colour="grey"), [levels(4, 5, 3)])
    assert (batch[..., 0] == batch[..., 1]).all()
    assert (batch[..., 0] == batch[..., 2]).all()


def test_bgr_turns_the_channels_round() -> None:
    colour = levels(4, 5, 3)
    batch, _ = prepare(card(4, 5, 3, scaling="none", colour="bgr"), [colour])
    np.testing.assert_array_equal(batch[0], colour[..., ::-1])


def test_four_channels_need_four() -> None:
    four = levels(4, 5, 4)
    batch, _ = prepare(card(4, 5, 4, scaling="none"), [four])
    np.testing.assert_array_equal(batch[0], four)
    with pytest.raises(HeatlensError, match="Array 2 has 3 channels and the model takes 4; give pictures with 4"):
        prepare(card(4, 5, 4), [four, levels(4, 5, 3)])
    with pytest.raises(HeatlensError, match="Array 1 has 4 channels and the model takes 3"):
        prepare(card(4, 5, 3), [four])


# --- scaling ---


def test_scalings_are_their_formulas() -> None:
    colour = levels(6, 7, 3)
    x = colour.astype(np.float64)
    mean, std = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    expected = {
        "none": x,
        "1/255": x / 255,
        "x/127.5-1": x / 127.5 - 1,
        "imagenet-torch": (x / 255 - mean) / std,
        "imagenet-caffe": x[..., ::-1] - [103.939, 116.779, 123.68],
        "per-image standard": (x - x.mean()) / x.std(),
    }
    assert set(expected) == set(SCALINGS)
    for scaling, wanted in expected.items():
        batch, _ = prepare(card(6, 7, 3, scaling=scaling), [colour])
        assert batch.dtype == np.float32
        assert batch.flags.c_contiguous
        np.testing.assert_allclose(batch[0], wanted, rtol=1e-4, atol=1e-4)


def test_bgr_is_turned_once_with_caffe_and_scaled_by_its_own_colours_with_torch() -> None:
    colour = levels(6, 7, 3)
    for stated in ("rgb", "bgr"):
        batch, _ = prepare(card(6, 7, 3, scaling="imagenet-caffe", colour=stated), [colour])
        np.testing.assert_allclose(batch[0, ..., 0], colour[..., 2] - 103.939, atol=1e-4)
    rgb, _ = prepare(card(6, 7, 3, scaling="imagenet-torch"), [colour])
    bgr, _ = prepare(card(6, 7, 3, scaling="imagenet-torch", colour="bgr"), [colour])
    np.testing.assert_array_equal(bgr, rgb[..., ::-1])


def test_per_image_standard_is_per_image_and_survives_a_constant_one() -> None:
    batch, _ = prepare(card(4, 4, 1, scaling="per-image standard"), [levels(4, 4), np.full((4, 4), 9)])
    assert batch[0].mean() == pytest.approx(0, abs=1e-5)
    assert batch[0].std() == pytest.approx(1, abs=1e-5)
    assert (batch[1] == 0).all()


@pytest.mark.parametrize("colour", ["rgb", "bgr"])
@pytest.mark.parametrize("scaling", [scaling for scaling in SCALINGS if scaling != "per-image standard"])
def test_scaling_can_be_taken_back(scaling: str, colour: str) -> None:
    this = card(6, 7, 3, scaling=scaling, colour=colour)
    original = levels(2, 6, 7, 3).astype(np.float32)
    np.testing.assert_allclose(unscaled(scaled(original.copy(), this), this), original, atol=1e-3)


def test_the_eye_sees_what_the_network_sees() -> None:
    colour = levels(6, 7, 3)
    for scaling in SCALINGS:
        seen = what_the_network_sees(card(6, 7, 3, scaling=scaling, colour="bgr"), colour)
        assert seen.dtype == np.uint8
        assert seen.shape == (6, 7, 3)
        if scaling != "per-image standard":
            np.testing.assert_array_equal(seen, colour)
    stretched = what_the_network_sees(card(6, 7, 3, scaling="per-image standard"), colour // 4 + 60)
    assert (stretched.min(), stretched.max()) == (0, 255)
    assert (what_the_network_sees(card(2, 2, 1, scaling="per-image standard"), np.full((3, 3), 7)) == 128).all()
    assert what_the_network_sees(card(6, 7, 1), colour).shape == (6, 7, 3)
    assert what_the_network_sees(card(6, 7, 4), levels(6, 7, 4)).shape == (6, 7, 3)
