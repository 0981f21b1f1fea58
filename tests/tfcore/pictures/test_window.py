from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tfcore.pictures import Picture
from tfcore.pictures.colour import on_black
from tfcore.pictures.depth import step_of_8_bits
from tfcore.pictures.look import Sigmoid
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


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("kind", [np.int16, np.uint16])
def test_a_large_slice_is_shown_with_the_levels_that_the_network_gets(kind: type, inverted: bool) -> None:
    array = np.random.default_rng(0).integers(0, 1 << 16, (300, 300)).astype(np.uint16).view(kind)
    for look in (None, Sigmoid(40, 900)):
        shown = Picture(array, Path("a.dcm"), "", (-160, 240), look=look, inverted=inverted)
        np.testing.assert_array_equal(shown.display()[..., 2], np.rint(shown.levels()))


def test_a_small_bright_spot_on_nothing_is_seen() -> None:
    array = np.zeros((100, 100), np.uint16)
    array[50, 50] = 900
    assert automatic(array) == (0, 900)


def test_a_constant_picture_is_grey_and_not_black() -> None:
    for value in (1, 7, 65534):
        assert (picture(np.full((4, 4), value, np.uint16)).display() == 128).all()
    for value in (0.0, -3e20, 1e-9, 1e-320, 1.7e308):
        assert (picture(np.full((4, 4), value, np.float64)).display() == 128).all()


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


@st.composite
def of_8_bits(draw: st.DrawFn) -> np.ndarray:
    """Pictures of any kind: dark, bright, of one value, with a few pixels lit."""
    low = draw(st.integers(0, 255))
    high = draw(st.integers(low, 255))
    shape = draw(st.sampled_from([(9, 7), (40, 50), (1, 300), (8, 9, 3), (6, 5, 4)]))
    array = np.random.default_rng(draw(st.integers(0, 99))).integers(low, high, shape, np.uint8, endpoint=True)
    if draw(st.booleans()):
        array[...] = low
        array.reshape(-1)[: draw(st.integers(0, 3))] = high
    return array


@pytest.mark.parametrize("dtype", [np.uint16, np.uint32, np.uint64])
@given(array=of_8_bits())
@settings(deadline=None, derandomize=True, max_examples=60)
def test_8_bits_saved_as_more_are_the_same_picture(dtype: type, array: np.ndarray) -> None:
    top = int(np.iinfo(dtype).max)
    for step in (top // 255, (top + 1) // 256):
        wide = picture(array.astype(dtype) * dtype(step))
        np.testing.assert_allclose(wide.levels(), array, atol=1e-4)
        np.testing.assert_array_equal(wide.display(), picture(array).display())


@given(array=of_8_bits(), seed=st.integers(0, 99))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_8_bits_saved_as_more_are_the_same_picture_through_alpha(array: np.ndarray, seed: int) -> None:
    alpha = np.random.default_rng(seed).integers(0, 256, array.shape[:2], dtype=np.uint8)
    seen = picture(on_black(array, alpha)).levels()
    for step in (257, 256):
        wide = on_black(array.astype(np.uint16) * step, alpha.astype(np.uint16) * step)
        np.testing.assert_allclose(picture(wide).levels(), seen, atol=1e-4)


@given(seed=st.integers(0, 99), part=st.floats(0.75, 1))
@settings(deadline=None, derandomize=True, max_examples=30)
def test_integers_that_fill_their_type_are_what_8_bits_of_them_are(seed: int, part: float) -> None:
    generator = np.random.default_rng(seed)
    ramp = np.linspace(0, 65535 * part, 5000).reshape(50, 100) + generator.uniform(0, 65535 * (1 - part))
    array = np.clip(ramp, 0, 65535).astype(np.uint16)
    # One per cent in all lies outside the robust span.
    if part * 0.99 >= 0.75:
        assert np.abs(picture(array).levels() - np.rint(array / 257)).max() <= 0.51


def test_a_little_more_light_never_changes_a_picture_at_once() -> None:
    ramp = np.linspace(0, 1, 5000)
    before = None
    for top in range(1000, 65535, 100):
        levels = picture((ramp * top).astype(np.uint16).reshape(50, 100)).levels()
        if before is not None:
            assert np.abs(levels - before).max() < 3
        before = levels


@pytest.mark.parametrize("bits", [9, 10, 12, 14, 15])
def test_fewer_bits_in_more_are_windowed_by_what_is_there(bits: int) -> None:
    ramp = np.linspace(0, 2**bits - 1, 5000).astype(np.uint16).reshape(50, 100)
    levels = picture(ramp).levels()
    assert levels.min() < 1
    assert levels.max() > 254


def test_computed_tomography_is_windowed_by_what_is_there() -> None:
    array = np.random.default_rng(0).integers(-1024, 3071, (50, 60)).astype(np.int16)
    assert picture(array).levels().std() > 70


def test_values_at_the_ends_of_their_type_overflow_nowhere() -> None:
    for edge in (1e308, np.finfo(np.float64).max, 5e-324, 1e-310):
        for array in (np.array([[-edge, 0, edge]]), np.array([[0, edge, edge]]), np.full((2, 2), edge)):
            levels = picture(array).levels()
            assert np.isfinite(levels).all()
            assert 0 <= levels.min() <= levels.max() <= 255.001
    assert picture(np.array([[-1e308, 0, 1e308]])).levels().tolist() == [[0, 127.5, 255]]
    info = np.iinfo(np.int64)
    assert picture(np.array([[info.min, 0, info.max]])).levels().tolist() == [[0, 127.5, 255]]


@pytest.mark.parametrize("dtype", [np.uint16, np.int16, np.uint32, np.float16, np.float32, np.float64])
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
    # Never black, whatever the range, unless the 8-bit file of the picture is black too.
    assert levels.max() > 100 or step_of_8_bits(array)
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
