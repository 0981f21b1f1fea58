from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tfcore.pictures import Picture
from tfcore.pictures.window import automatic


def picture(array: np.ndarray) -> Picture:
    return Picture(array, Path("a.tif"), "", automatic(array))


def test_8_bit_levels_are_the_file_s_own() -> None:
    array = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert automatic(array) == (0, 255)
    np.testing.assert_array_equal(picture(array).levels(), array)


def test_a_few_hot_pixels_do_not_darken_the_rest() -> None:
    array = np.random.default_rng(0).integers(100, 1000, (100, 100)).astype(np.uint16)
    array[0, :5] = 65535
    low, high = automatic(array)
    assert 100 <= low < 120
    assert 980 < high < 1000
    assert picture(array).display().max() == 255


def test_a_small_bright_spot_on_nothing_is_seen() -> None:
    array = np.zeros((100, 100), np.uint16)
    array[50, 50] = 900
    assert automatic(array) == (0, 900)


def test_a_constant_picture_is_grey_and_not_black() -> None:
    for value in (0, 7, 65535):
        assert (picture(np.full((4, 4), value, np.uint16)).display() == 128).all()
    for value in (0.0, -3e20, 1e-9):
        assert (picture(np.full((4, 4), value, np.float32)).display() == 128).all()


def test_nan_and_infinity_are_ignored() -> None:
    array = np.linspace(0, 1, 1000, dtype=np.float32).reshape(10, 100)
    array[0, 0], array[0, 1], array[0, 2] = np.nan, np.inf, -np.inf
    low, high = automatic(array)
    assert 0 < low < 0.02
    assert 0.98 < high < 1
    assert automatic(np.full((2, 2), np.nan)) == (0, 1)


def test_infinite_pixels_are_black_and_white() -> None:
    array = np.linspace(0, 1, 1000, dtype=np.float32).reshape(10, 100)
    array[0, 0], array[0, 1] = np.inf, -np.inf
    assert picture(array).levels()[0, :2].tolist() == [255, 0]


@pytest.mark.parametrize("dtype", [np.uint16, np.int16, np.uint32, np.float16, np.float32])
@given(data=st.data())
@settings(deadline=None, derandomize=True, max_examples=60)
def test_levels_lie_between_black_and_white_and_keep_the_order(dtype: type, data: st.DataObject) -> None:
    shapes = arrays.array_shapes(min_dims=2, max_dims=2, max_side=8)
    elements = {"allow_nan": False} if np.dtype(dtype).kind == "f" else None
    array = data.draw(arrays.arrays(dtype, shapes, elements=elements))
    if not np.isfinite(array).any():
        return
    levels = picture(array).levels()
    assert levels.dtype == np.float32
    assert levels.min() >= 0
    assert levels.max() <= 255.001
    # Never black, whatever the range.
    assert levels.max() > 100
    ranks = np.argsort(array.ravel(), kind="stable")
    assert (np.diff(levels.ravel()[ranks]) >= 0).all()


def test_what_is_shown_is_what_a_network_is_fed() -> None:
    for dtype in (np.uint8, np.uint16, np.float32):
        for shape in ((9, 8), (9, 8, 3), (9, 8, 4)):
            shown = picture((np.random.default_rng(0).random(shape) * 200).astype(dtype))
            display, levels = shown.display(), shown.levels()
            assert display.shape == (9, 8, 3)
            assert display.dtype == np.uint8
            assert levels.shape == shape
            colour = levels[..., np.newaxis] if levels.ndim == 2 else levels[..., :3]
            assert np.abs(display - np.broadcast_to(colour, display.shape)).max() <= 0.51


def test_painting_on_the_display_leaves_the_picture_alone() -> None:
    shown = picture(np.zeros((2, 2, 3), np.uint8))
    shown.display()[...] = 9
    assert not shown.array.any()
