from __future__ import annotations

from gui.canvas.formats import formatter


def test_all_values_of_a_scale_have_the_same_decimals() -> None:
    write = formatter(0.0, 2.3)
    assert [write(value) for value in (0.0, 1.149, 2.3)] == ["0.00", "1.15", "2.30"]


def test_tiny_maps_are_written_with_an_exponent() -> None:
    assert formatter(-3e-6, 3e-6)(-1.25e-6) == "−1.25e-06"


def test_wide_scales_need_no_decimals() -> None:
    assert formatter(-1000.0, 3000.0)(41.7) == "42"


def test_nothing_has_no_sign() -> None:
    assert formatter(-1.0, 1.0)(-0.001) == "0.00"


def test_a_constant_map_can_be_written() -> None:
    assert formatter(0.5, 0.5)(0.5) == "0.50"
    assert formatter(0.0, 0.0)(0.0) == "0.00"
