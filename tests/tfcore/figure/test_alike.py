from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from tests.tfcore.figure.made import bump, heat
from tfcore.figure.alike import difference, sampled, spearman
from tfcore.results import Box


@pytest.mark.parametrize("levels", [3, 40, 10**9])
def test_the_rank_correlation_is_that_of_scipy_with_and_without_ties(levels: int) -> None:
    random = np.random.default_rng(0)
    a = random.integers(0, levels, (12, 9)).astype(float)
    b = random.integers(0, levels, (12, 9)) + 0.3 * a
    assert spearman(a, b) == pytest.approx(spearmanr(a.ravel(), b.ravel()).statistic, abs=1e-12)


def test_what_is_the_same_everywhere_has_no_rank_correlation() -> None:
    assert np.isnan(spearman(np.zeros((4, 4)), np.arange(16.0).reshape(4, 4)))


def test_a_map_does_not_differ_from_itself_however_it_is_scaled() -> None:
    found = difference(heat(), heat(8 * bump()))
    assert np.abs(found.heat.map).max() < 1e-6
    assert found.correlation == pytest.approx(1.0)


def test_the_difference_is_positive_where_the_first_map_says_more() -> None:
    left, right = heat(bump(x=-0.5)), heat(bump(x=0.5), method="layer-cam", layer="stage2")
    found = difference(left, right).heat
    assert found.signed
    assert found.map[22, 16] > 0.5
    assert found.map[22, 48] < -0.5
    assert found.method == "grad-cam − layer-cam"
    assert found.layer == "stage4 − stage2"


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"layer": "relu2", "stage": "stage2"}, "grad-cam (stage4 − stage2)"),
        ({"model": "/nets/own.keras"}, "grad-cam (demo − own.keras)"),
    ],
)
def test_of_one_method_the_difference_names_what_differs(other: dict[str, str], named: str) -> None:
    assert difference(heat(layer="relu4", stage="stage4"), heat(**{"layer": "relu4", **other})).heat.method == named


def test_maps_of_two_input_sizes_are_compared_where_they_lie_on_the_picture() -> None:
    rows, columns = np.mgrid[:96, :96]
    fine = heat((rows + 2 * columns).astype(np.float32))
    coarse = heat((rows + 2 * columns)[24:72, 24:72].astype(np.float32), box=Box(24, 24, 48, 48))
    other = sampled(coarse, fine.box, fine.map.shape)
    np.testing.assert_allclose(other[24:72, 24:72], fine.map[24:72, 24:72], atol=1e-9)
    assert np.isnan(other[:24]).all()
    assert difference(fine, coarse).correlation == pytest.approx(1.0)
    assert difference(coarse, fine).correlation == pytest.approx(1.0)


def test_a_coarser_map_is_read_between_its_values() -> None:
    ramp = heat(np.array([[0.0, 1.0]]), box=Box(0, 0, 4, 1))
    np.testing.assert_allclose(sampled(ramp, Box(0, 0, 4, 1), (1, 4)), [[0.0, 0.25, 0.75, 1.0]])


def test_maps_that_see_no_part_in_common_have_no_correlation_and_no_difference() -> None:
    found = difference(heat(box=Box(0, 0, 40, 40)), heat(box=Box(50, 50, 40, 40)))
    assert np.isnan(found.correlation)
    assert found.heat.degenerate
