from __future__ import annotations

import numpy as np
import pytest

from tests.tfcore.figure.made import bump, heat
from tfcore.errors import HeatlensError
from tfcore.figure.display import COLOURS, Display, limits, nearly_flat, painted, scale_of, table


def test_every_colour_map_has_256_colours() -> None:
    assert all(table(name).shape == (256, 3) and table(name).dtype == np.uint8 for name in COLOURS)


def test_the_ends_of_the_scale_get_the_ends_of_the_colours() -> None:
    drawn = painted(heat(np.array([[-1.0, 0.0, 2.0, 9.0]])), Display(), (0.0, 2.0))[..., :3]
    ends = table("viridis")[[0, 0, 255, 255]]
    assert np.array_equal(drawn[0], ends)


def test_a_signed_scale_is_symmetric_about_zero() -> None:
    assert limits([np.array([-1.0, 3.0])], True, Display()) == (-3.0, 3.0)


def test_from_zero_keeps_a_faint_positive_map_above_zero() -> None:
    assert limits([np.array([2.0, 3.0])], False, Display(normalise="from zero")) == (0.0, 3.0)
    assert limits([np.array([2.0, 3.0])], False, Display()) == (2.0, 3.0)


def test_a_constant_map_still_has_a_scale() -> None:
    low, high = limits([np.full((2, 2), 4.0)], False, Display())
    assert low == 4.0
    assert high > low


def test_one_scale_for_all_means_all_of_a_kind_without_the_empty_ones() -> None:
    weak, strong = heat(bump()), heat(5 * bump())
    signed = heat(-9 * bump(), signed=True)
    empty = heat(-100 * bump(), degenerate=True)
    shown = [weak, strong, signed, empty]
    shared = Display(normalise="shared")
    assert scale_of(weak, shown, shared) == scale_of(strong, shown, shared)
    assert scale_of(weak, shown, shared)[1] == strong.map.max()
    assert scale_of(signed, shown, shared)[1] == -signed.map.min()


def test_signed_maps_are_drawn_diverging_whatever_was_picked() -> None:
    assert Display(colours="magma").for_map(signed=True).colours == "diverging"
    assert Display(colours="magma").for_map(signed=False).colours == "magma"


def test_percentiles_leave_single_values_out_of_the_scale() -> None:
    map = np.append(np.linspace(0.0, 1.0, 1000), 50.0)
    assert limits([map], False, Display(normalise="percentiles"))[1] == pytest.approx(0.99, abs=0.01)
    assert limits([map], True, Display(normalise="percentiles"))[0] == pytest.approx(-0.99, abs=0.01)
    # Nearly all of it is zero: what little there is must be seen.
    sparse = np.zeros(1000)
    sparse[0] = 3.0
    assert limits([sparse], False, Display(normalise="percentiles")) == (0.0, 3.0)


def test_a_scale_set_by_hand_is_that_of_every_map() -> None:
    by_hand = Display(normalise="manual", low=0.5, high=2.0)
    assert scale_of(heat(bump()), [], by_hand) == scale_of(heat(9 * bump()), [], by_hand) == (0.5, 2.0)
    assert scale_of(heat(bump(), signed=True), [], by_hand) == (-2.0, 2.0)


def test_heat_fades_in_with_its_own_strength_and_a_wash_covers_everything() -> None:
    one = heat(np.array([[0.0, 1.0, 2.0, 4.0]]))
    assert painted(one, Display(), (0, 4))[0, :, 3].tolist() == [0, 63, 127, 255]
    assert painted(one, Display(threshold=0.4), (0, 4))[0, :, 3].tolist() == [0, 0, 127, 255]
    assert painted(one, Display(blend="wash"), (0, 4))[0, :, 3].tolist() == [255] * 4
    signed = heat(np.array([[-4.0, 0.0, 4.0]]), signed=True)
    assert painted(signed, Display(), (-4, 4))[0, :, 3].tolist() == pytest.approx([255, 0, 255], abs=1)


def test_a_map_of_values_that_are_nearly_one_is_nearly_flat() -> None:
    noise = np.random.default_rng(0).random((32, 32))
    assert nearly_flat(heat(0.243 + 0.061 * noise))
    assert nearly_flat(heat(-1e-7 * (0.243 + 0.061 * noise), signed=True))
    assert not nearly_flat(heat(noise))
    assert not nearly_flat(heat(1e-9 * bump()))
    assert not nearly_flat(heat(0 * bump(), degenerate=True))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"blend": "paint"}, "blend = 'paint' is not one of heat, wash"),
        ({"interpolation": "cubic"}, "smooth, pixels"),
        ({"threshold": 2}, "threshold = 2"),
        ({"normalise": "manual", "low": 1.0, "high": 1.0}, "low = 1 is not below high = 1"),
    ],
)
def test_settings_that_mean_nothing_are_refused_in_one_sentence(settings: dict, said: str) -> None:
    with pytest.raises(HeatlensError, match=said):
        Display(**settings)
