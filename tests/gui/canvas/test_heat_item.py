from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from gui.canvas.heat_item import HeatItem, outline
from tests.gui.canvas.samples import blob, heat
from tfcore.figure.display import Display, painted, table
from tfcore.results import Box


@pytest.fixture
def item(qtbot: QtBot) -> HeatItem:
    return HeatItem()


def test_heat_lies_where_the_input_lies_in_the_picture(item: HeatItem) -> None:
    item.show_heat(heat(blob(), Box(10, -5, 30, 50)), Display(), 60, 40)
    assert item.image.mapRectToParent(item.image.boundingRect()) == QRectF(10, -5, 30, 50)


def test_heat_is_cut_at_the_edges_of_the_picture(item: HeatItem) -> None:
    item.show_heat(heat(blob(), Box(-10, -10, 80, 60)), Display(), 60, 40)
    assert item.rect() == QRectF(0, 0, 60, 40)
    assert item.flags() & item.GraphicsItemFlag.ItemClipsChildrenToShape


def test_the_colours_are_those_of_the_figures(item: HeatItem) -> None:
    map = blob()
    shown = heat(map, Box(0, 0, 60, 40))
    item.show_heat(shown, Display(colours="magma", opacity=0.3), 60, 40)
    scale = float(shown.map.min()), float(shown.map.max())
    np.testing.assert_array_equal(item.image.image, painted(shown, Display(colours="magma"), scale))
    assert item.image.opacity() == pytest.approx(0.3)


def test_a_signed_map_is_white_at_zero_whatever_was_picked(item: HeatItem) -> None:
    map = np.array([[-1.0, 0.0], [0.0, 4.0]])
    item.show_heat(heat(map, Box(0, 0, 2, 2), signed=True), Display(colours="viridis"), 2, 2)
    np.testing.assert_array_equal(item.image.image[0, 1, :3], table("diverging")[127])


def test_a_map_without_evidence_leaves_the_picture_alone(item: HeatItem) -> None:
    item.show_heat(heat(blob(), Box(0, 0, 60, 40)), Display(), 60, 40)
    item.show_heat(heat(np.zeros((8, 8)), Box(0, 0, 60, 40), degenerate=True), Display(), 60, 40)
    assert not item.isVisible()


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


def test_the_outline_goes_when_it_is_switched_off(item: HeatItem) -> None:
    shown = heat(blob(), Box(0, 0, 60, 40))
    item.show_heat(shown, Display(outline=1.0), 60, 40)
    assert not any(line.path().isEmpty() for line in item.outline)
    item.show_heat(shown, Display(), 60, 40)
    assert all(line.path().isEmpty() for line in item.outline)
