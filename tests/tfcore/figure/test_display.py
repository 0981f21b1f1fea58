from __future__ import annotations

import numpy as np

from tests.tfcore.figure.made import bump, heat
from tfcore.figure.display import COLOURS, Display, coloured, limits, scale_of, table


def test_every_colour_map_has_256_colours() -> None:
    assert all(table(name).shape == (256, 3) and table(name).dtype == np.uint8 for name in COLOURS)


def test_the_ends_of_the_scale_get_the_ends_of_the_colours() -> None:
    drawn = coloured(np.array([[-1.0, 0.0, 2.0, 9.0]]), "viridis", 0.0, 2.0)
    ends = table("viridis")[[0, 0, 255, 255]]
    assert np.array_equal(drawn[0], ends)


def test_a_signed_scale_is_symmetric_about_zero() -> None:
    assert limits([np.array([-1.0, 3.0])], signed=True, normalise="min-max") == (-3.0, 3.0)


def test_from_zero_keeps_a_faint_positive_map_above_zero() -> None:
    assert limits([np.array([2.0, 3.0])], signed=False, normalise="from zero") == (0.0, 3.0)
    assert limits([np.array([2.0, 3.0])], signed=False, normalise="min-max") == (2.0, 3.0)


def test_a_constant_map_still_has_a_scale() -> None:
    low, high = limits([np.full((2, 2), 4.0)], signed=False, normalise="min-max")
    assert low == 4.0
    assert high > low


def test_one_scale_for_all_means_all_of_a_kind_without_the_empty_ones() -> None:
    weak, strong = heat(bump()), heat(5 * bump())
    signed = heat(-9 * bump(), signed=True)
    empty = heat(-100 * bump(), degenerate=True)
    shown = [weak, strong, signed, empty]
    assert scale_of(weak, shown, "shared") == scale_of(strong, shown, "shared")
    assert scale_of(weak, shown, "shared")[1] == strong.map.max()
    assert scale_of(signed, shown, "shared")[1] == -signed.map.min()


def test_signed_maps_are_drawn_diverging_whatever_was_picked() -> None:
    assert Display(colours="magma").for_map(signed=True).colours == "diverging"
    assert Display(colours="magma").for_map(signed=False).colours == "magma"
