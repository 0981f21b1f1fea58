"""How heat is laid over the picture: fading in, smooth or blocky, on which scale."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from gui.canvas import Canvas
from gui.canvas.table import Cell, Table
from tests.gui.canvas.samples import blob, heat, picture, ramp
from tests.gui.canvas.test_canvas import BOX, colour_at, hues
from tfcore.figure.display import Display


def setting(canvas: Canvas, name: str) -> QComboBox:
    """The field of that name behind the button at the end of the controls."""
    return next(
        box for box in canvas.controls.more_button.menu().findChildren(QComboBox) if box.accessibleName() == name
    )


def test_where_there_is_no_heat_the_picture_is_seen_as_it_is(canvas: Canvas) -> None:
    canvas.show_picture(picture(np.zeros((40, 60), np.uint8)))
    map = np.zeros((10, 10))
    map[:, 5:] = 1.0
    canvas.show_heat(heat(map, BOX))
    (view,) = canvas.views.shown()
    assert colour_at(view, 8, 20) == QColor("black")
    hot = colour_at(view, 52, 20)
    assert hot.lightness() > 60
    setting(canvas, "blend").setCurrentText("wash")
    purple = colour_at(view, 8, 20)
    assert purple.blue() > purple.green() + 30
    assert colour_at(view, 52, 20) == hot
    assert canvas.display().blend == "wash"


def test_a_map_is_as_smooth_or_as_blocky_as_was_asked(canvas: Canvas) -> None:
    canvas.show_picture(picture(np.zeros((40, 60), np.uint8)))
    canvas.set_display(Display(opacity=1.0, blend="wash"))
    canvas.show_heat(heat(np.array([[0.0, 1.0], [1.0, 0.0]]), BOX))

    for mode in ("overlay", "grid"):
        canvas.set_mode(mode)
        canvas.show_table(Table(("a",), ("1",), {(0, 0): Cell(canvas.heat())}))
        view = canvas.views.shown()[0] if mode == "overlay" else canvas.grid
        setting(canvas, "interpolation").setCurrentText("pixels")
        blocky = view.grab().toImage()
        setting(canvas, "interpolation").setCurrentText("smooth")
        assert len(hues(view.grab().toImage())) > 3 * len(hues(blocky))


def test_a_scale_set_by_hand_goes_on_from_the_one_that_is_seen(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(4 * blob(), BOX))
    high = canvas.colour_bar.high
    controls = canvas.controls
    assert not controls.ends.boxes["high"].isVisible()
    QTest.keyClicks(controls.scale, "manual")
    QTest.keyClick(controls.scale, Qt.Key.Key_Enter)
    assert controls.ends.boxes["high"].isVisible()
    assert canvas.colour_bar.high == high == pytest.approx(controls.ends.boxes["high"].value())
    controls.ends.boxes["high"].setValue(2.0)
    assert canvas.colour_bar.ticks()[0] == "2.00"
    # No scale goes down: the one that was stands.
    controls.ends.boxes["low"].setValue(3.0)
    assert (canvas.colour_bar.low, canvas.colour_bar.high) == (0.0, 2.0)
    assert controls.ends.boxes["low"].value() == 0.0


def test_percentiles_apply_to_a_signed_map_too(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    map = np.linspace(-1.0, 1.0, 1024).reshape(32, 32)
    map[0, 0] = -50.0
    canvas.show_heat(heat(map, BOX, signed=True))
    assert canvas.colour_bar.high == 50.0
    canvas.controls.scale.setCurrentText("percentiles")
    canvas.controls.scale.activated.emit(canvas.controls.scale.currentIndex())
    assert canvas.controls.ends.boxes["percent"].isVisible()
    assert canvas.colour_bar.high == pytest.approx(1.0, abs=0.05)
    assert canvas.colour_bar.low == -canvas.colour_bar.high
    assert canvas.controls.scale.currentText() == "percentiles"


def test_a_map_of_values_that_are_nearly_one_is_said_to_be_nearly_flat(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(0.243 + 0.061 * blob(), BOX))
    (view,) = canvas.views.shown()
    assert view.badge.isVisible()
    assert view.badge.text() == "nearly flat: all values from 0.2430 to 0.3038"
    canvas.show_heat(heat(blob(), BOX))
    assert not view.badge.isVisible()
