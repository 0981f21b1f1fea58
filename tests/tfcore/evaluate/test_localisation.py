"""Localisation metrics against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfcore.evaluate.localisation import box_iou, energy_pointing, iou, pointing_game, salient

SIDE = 8
heats = arrays(np.float32, (SIDE, SIDE), elements=st.floats(-10, 10, width=32))
masks = arrays(np.bool_, (SIDE, SIDE)).filter(np.any)


def spot(top: int, left: int, height: int, width: int, side: int = 10) -> np.ndarray:
    found = np.zeros((side, side), bool)
    found[top : top + height, left : left + width] = True
    return found


def test_salient_is_what_lies_above_mean_plus_one_standard_deviation() -> None:
    # Mean 0.1, standard deviation 0.3: only what exceeds 0.4.
    heat = spot(0, 0, 1, 10).astype(np.float32)
    assert (salient(heat) == spot(0, 0, 1, 10)).all()
    # One of two: mean 0.5 plus 0.5 is not exceeded by 1.
    assert not salient(np.array([[0.0, 1.0]], np.float32)).any()


def test_iou_of_two_squares_that_share_a_corner() -> None:
    heat = spot(2, 2, 3, 3).astype(np.float32)
    mask = spot(3, 3, 3, 3)
    # 4 pixels in common, 9 + 9 − 4 in either.
    assert iou(heat, mask) == pytest.approx(4 / 14)
    assert iou(heat, mask, formula="printed") == pytest.approx(4 / 18)


def test_the_printed_formula_never_exceeds_one_half() -> None:
    mask = spot(2, 2, 3, 3)
    assert iou(mask.astype(np.float32), mask) == 1
    assert iou(mask.astype(np.float32), mask, formula="printed") == 0.5


@given(heats, masks)
def test_iou_lies_between_0_and_1_and_the_printed_one_is_a_fixed_function_of_it(
    heat: np.ndarray, mask: np.ndarray
) -> None:
    true, printed = iou(heat, mask), iou(heat, mask, formula="printed")
    assert 0 <= float(true) <= 1
    assert printed == pytest.approx(float(true) / (1 + float(true)))


@given(masks, masks)
def test_iou_of_the_same_two_regions_does_not_depend_on_which_is_the_heat(one: np.ndarray, other: np.ndarray) -> None:
    # Regions so small that the heat's own mask is the region.
    if max(one.sum(), other.sum()) < SIDE * SIDE / 4:
        assert iou(one.astype(np.float32), other) == iou(other.astype(np.float32), one)


@given(heats, masks, st.integers(1, 100))
def test_no_metric_depends_on_the_unit_of_the_heat(heat: np.ndarray, mask: np.ndarray, power: int) -> None:
    # Powers of two change no digit.
    factor = np.float32(2.0 ** (power % 20))
    assert iou(heat, mask) == iou(heat * factor, mask)
    assert pointing_game(heat, mask, 2) == pointing_game(heat * factor, mask, 2)
    once, again = energy_pointing(heat, mask), energy_pointing(heat * factor, mask)
    assert once == again


def test_box_iou_takes_the_largest_hot_part() -> None:
    heat = (spot(1, 1, 4, 2) | spot(8, 8, 1, 1)).astype(np.float32)
    # The hot box spans x 1…3, y 1…5; the annotated one x 2…4, y 1…5: 4 in common of 8 + 8 − 4.
    assert box_iou(heat, [(2, 1, 4, 5)]) == pytest.approx(4 / 12)
    assert box_iou(heat, [(6, 6, 8, 8), (1, 1, 3, 5)]) == 1
    assert box_iou(heat, [(8, 8, 9, 9)]) == 0


def test_a_flat_map_has_no_hot_part() -> None:
    flat = np.ones((10, 10), np.float32)
    assert box_iou(flat, [(0, 0, 5, 5)]) == 0
    assert iou(flat, spot(0, 0, 5, 5)) == 0


def test_pointing_counts_the_way_to_the_nearest_marked_pixel() -> None:
    heat = np.zeros((40, 40), np.float32)
    heat[20, 30] = 1
    mask = spot(20, 10, 1, 6, side=40)
    # The mask ends at column 15: 15 pixels away is a hit, 16 is not.
    assert pointing_game(heat, mask) == 1
    assert pointing_game(np.roll(heat, 1, axis=1), mask) == 0
    assert pointing_game(np.roll(heat, 1, axis=1), mask, tolerance=16) == 1


def test_of_several_hottest_pixels_their_share_counts() -> None:
    heat = np.zeros((10, 10), np.float32)
    heat[0, 0] = heat[9, 9] = 3
    assert pointing_game(heat, spot(0, 0, 2, 2), tolerance=1) == 0.5


def test_energy_counts_positive_heat_alone() -> None:
    heat = np.array([[3.0, 1.0], [-8.0, 4.0]], np.float32)
    mask = np.array([[True, False], [True, False]])
    assert energy_pointing(heat, mask) == pytest.approx(3 / 8)
    assert energy_pointing(-np.abs(heat), mask) == "no positive heat"
