from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from gui.canvas.heat_item import PaintedHeat, outline
from tests.gui.canvas.samples import blob, heat
from tfcore.figure.display import Display, painted, scale_of, table
from tfcore.results import Box, Heat


def seen(heat: Heat, display: Display, shape: tuple[int, int]) -> np.ndarray:
    """RGBA of a picture of this shape that is not painted, with the heat over it, a pixel for each of its own."""
    image = QImage(shape[1], shape[0], QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    PaintedHeat(heat).paint(painter, display, scale_of(heat, [heat], display))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(*shape, 4).copy()


def test_heat_lies_where_the_input_lies_in_the_picture() -> None:
    covered = seen(heat(blob(), Box(10, -5, 30, 50)), Display(blend="wash", opacity=1.0), (40, 60))[..., 3] > 0
    assert covered[:, 10:40].all()
    assert not covered[:, :10].any()
    assert not covered[:, 40:].any()


def test_the_colours_are_those_of_the_figures() -> None:
    map = blob()
    shown, display = heat(map, Box(0, 0, 32, 32)), Display(colours="magma", opacity=1.0, blend="wash")
    wanted = painted(shown, display, (float(map.min()), float(map.max())))
    np.testing.assert_allclose(seen(shown, display, (32, 32)), wanted, atol=1)


def test_a_signed_map_is_white_at_zero_whatever_was_picked() -> None:
    map, display = np.array([[-1.0, 0.0], [0.0, 4.0]]), Display(colours="viridis", opacity=1.0, blend="wash")
    shown = seen(heat(map, Box(0, 0, 2, 2), signed=True), display, (2, 2))
    np.testing.assert_array_equal(shown[0, 1, :3], table("diverging")[127])


def test_the_outline_runs_where_the_map_crosses_mean_plus_deviations() -> None:
    # A step from 0 to 1 in the middle of 8 columns: mean + 0 sd = 0.5 lies half-way between columns 3 and 4.
    map = np.zeros((8, 8))
    map[:, 4:] = 1.0
    bounds = outline(map, 0.0, Box(100, 200, 80, 40)).boundingRect()
    assert (bounds.left(), bounds.right()) == (140, 140)
    assert (bounds.top(), bounds.bottom()) == (202.5, 237.5)


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (6, 6)])
def test_a_map_without_a_crossing_has_no_outline(shape: tuple[int, int]) -> None:
    assert outline(np.ones(shape), 1.0, Box(0, 0, 4, 4)).isEmpty()


def test_the_outline_goes_when_it_is_switched_off() -> None:
    shown, faint = heat(blob(), Box(0, 0, 60, 40)), Display(opacity=0.3)
    lined = seen(shown, replace(faint, outline=1.0), (40, 60))
    assert (lined != seen(shown, faint, (40, 60))).any(-1).sum() > 20
