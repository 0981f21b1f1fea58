from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from gui.canvas.readout import NOTHING, ReadOut, heat_at, longest_value, value_at
from tests.gui.canvas.samples import heat, picture, ramp
from tfcore.results import Box


@pytest.fixture
def readout(qtbot: QtBot) -> ReadOut:
    readout = ReadOut()
    qtbot.addWidget(readout)
    return readout


def read(readout: ReadOut) -> list[str]:
    return [readout.text(name).strip(" \u2007") for name in ("x", "y", "value", "heat")]


def test_the_pixel_under_the_cursor_is_read(readout: ReadOut) -> None:
    readout.show_picture(ramp())
    readout.show_heat(heat(np.linspace(0, 1, 60 * 40).reshape(40, 60), Box(0, 0, 60, 40)))
    readout.point(QPointF(20.99, 7.01))
    assert read(readout) == ["20", "7", str(3 * 7 + 20), f"{(7 * 60 + 20) / 2399:.2f}"]
    # Another class is explained while the cursor rests.
    readout.show_heat(heat(np.full((40, 60), 0.25), Box(0, 0, 60, 40)))
    assert read(readout)[3] == "0.25"


@pytest.mark.parametrize("point", [QPointF(-0.1, 5), QPointF(60.0, 5), QPointF(5, 40.0), None])
def test_outside_the_picture_there_is_nothing_to_read(readout: ReadOut, point: QPointF | None) -> None:
    readout.show_picture(ramp())
    readout.show_heat(heat(np.ones((4, 4)), Box(-100, -100, 300, 300)))
    readout.point(QPointF(5, 5))
    readout.point(point)
    assert read(readout) == [NOTHING] * 4


def test_a_new_picture_forgets_the_old_heat(readout: ReadOut) -> None:
    readout.show_picture(ramp())
    readout.show_heat(heat(np.ones((4, 4)), Box(0, 0, 60, 40)))
    readout.show_picture(ramp())
    readout.point(QPointF(5, 5))
    assert readout.text("heat") == NOTHING


def test_raw_values_are_read_in_every_kind_of_picture() -> None:
    colour = picture(np.array([[[7, 130, 255]]], np.uint8))
    assert value_at(colour, 0, 0) == "\u2007\u20077 130 255"
    deep = picture(np.array([[61234]], np.uint16), window=(0.0, 65535.0))
    assert value_at(deep, 0, 0) == "61234"
    hounsfield = picture(np.array([[-1024]], np.int16), window=(-1000.0, 400.0))
    assert value_at(hounsfield, 0, 0).endswith("−1024")
    floating = picture(np.array([[0.8249]], np.float32), window=(0.0, 1.0))
    assert value_at(floating, 0, 0) == "0.82"


def test_the_room_for_a_value_does_not_depend_on_the_pixel() -> None:
    colour = picture(np.array([[[0, 0, 0], [255, 255, 255], [1, 20, 30]]], np.uint8))
    assert {len(value_at(colour, column, 0)) for column in range(3)} == {len(longest_value(colour))}


def test_heat_between_its_values_is_bilinear() -> None:
    # Two map columns over four picture columns: their centres are at x = 1 and x = 3.
    map = heat(np.array([[0.0, 1.0]]), Box(0, 0, 4, 1))
    assert [heat_at(map, column, 0) for column in range(4)] == pytest.approx([0.0, 0.25, 0.75, 1.0])


def test_heat_is_read_through_its_box() -> None:
    map = heat(np.array([[1.0, 2.0], [3.0, 4.0]]), Box(10, 20, 2, 2))
    assert [heat_at(map, x, y) for y in (20, 21) for x in (10, 11)] == [1.0, 2.0, 3.0, 4.0]
    assert heat_at(map, 9, 20) is None
    assert heat_at(map, 10, 22) is None


def test_a_map_of_one_value_can_be_read() -> None:
    assert heat_at(heat(np.array([[0.5]]), Box(0, 0, 9, 9)), 8, 0) == 0.5
