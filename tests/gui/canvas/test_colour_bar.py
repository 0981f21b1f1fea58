from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.canvas.colour_bar import ColourBar, column
from tests.gui.canvas.samples import heat
from tfcore.figure.display import COLOURS, Display, table
from tfcore.results import Box

BOX = Box(0, 0, 10, 10)


@pytest.fixture
def bar(qtbot: QtBot) -> ColourBar:
    bar = ColourBar()
    qtbot.addWidget(bar)
    return bar


def test_the_ends_the_middle_and_the_quarters_are_numbered(bar: ColourBar) -> None:
    bar.show_heat(heat(np.array([[1.0, 3.0]]), BOX), Display())
    assert bar.ticks() == ["3.00", "2.50", "2.00", "1.50", "1.00"]
    assert bar.label == "grad-cam   heat (min-max)"


def test_from_zero_starts_at_zero(bar: ColourBar) -> None:
    bar.show_heat(heat(np.array([[1.0, 4.0]]), BOX), Display(normalise="from zero"))
    assert (bar.low, bar.high) == (0.0, 4.0)
    assert "from zero" in bar.label


def test_signed_maps_have_zero_in_the_middle(bar: ColourBar) -> None:
    bar.show_heat(heat(np.array([[-0.5, 2.0]]), BOX, signed=True), Display(normalise="min-max"))
    assert bar.ticks() == ["2.00", "1.00", "0.00", "−1.00", "−2.00"]
    assert "symmetric" in bar.label


@pytest.mark.parametrize("absent", [None, heat(np.zeros((2, 2)), BOX, degenerate=True)])
def test_without_evidence_there_is_no_scale_and_the_picture_keeps_its_place(bar: ColourBar, absent: object) -> None:
    bar.show_heat(heat(np.array([[1.0, 3.0]]), BOX), Display())
    width = bar.sizeHint().width()
    bar.show_heat(absent, Display())
    assert bar.ticks() == []
    assert bar.sizeHint().width() == width


@pytest.mark.parametrize("colours", COLOURS)
def test_the_largest_value_is_on_top(qtbot: QtBot, colours: str) -> None:
    image = column(colours)
    for y, row in ((0, table(colours)[255]), (255, table(colours)[0])):
        assert image.pixelColor(0, y).getRgb()[:3] == tuple(int(part) for part in row)
