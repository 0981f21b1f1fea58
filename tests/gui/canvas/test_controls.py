from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas.controls import STEP, SWATCH, Controls
from tfcore.figure.display import COLOURS, Display, table


@pytest.fixture
def controls(qtbot: QtBot) -> Controls:
    controls = Controls()
    qtbot.addWidget(controls)
    controls.changed.connect(lambda display: controls.show_display(display, signed=False))
    controls.show()
    return controls


def test_every_colour_map_is_offered_with_a_swatch(controls: Controls) -> None:
    assert [controls.colours.itemText(index) for index in range(controls.colours.count())] == list(COLOURS)
    for index, name in enumerate(COLOURS):
        strip = controls.colours.itemIcon(index).pixmap(SWATCH).toImage()
        for x, row in ((0, 0), (strip.width() - 1, 255)):
            assert np.abs(np.subtract(strip.pixelColor(x, 6).getRgb()[:3], table(name)[row])).max() < 12


def test_brackets_change_the_opacity(controls: Controls, qtbot: QtBot) -> None:
    qtbot.waitExposed(controls)
    start = controls.opacity.value()
    QTest.keyClick(controls, Qt.Key.Key_BracketRight)
    assert controls.opacity.value() == start + STEP
    QTest.keyClick(controls, Qt.Key.Key_BracketLeft)
    QTest.keyClick(controls, Qt.Key.Key_BracketLeft)
    assert controls.opacity.value() == start - STEP


def test_a_move_of_the_slider_says_what_changed(controls: Controls, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controls.changed) as changed:
        controls.opacity.setValue(80)
    assert changed.args == [Display(opacity=0.8)]
    assert controls.percent.text() == "80 %"


def test_the_outline_is_drawn_at_the_chosen_deviations(controls: Controls, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controls.changed) as changed:
        controls.outline.click()
    assert changed.args == [Display(outline=1.0)]
    with qtbot.waitSignal(controls.changed) as changed:
        controls.deviations.setValue(2.5)
    assert changed.args == [Display(outline=2.5)]
    with qtbot.waitSignal(controls.changed) as changed:
        controls.outline.click()
    assert changed.args == [Display(outline=None)]


def test_showing_settings_is_not_a_change(controls: Controls, qtbot: QtBot) -> None:
    display = Display(colours="cividis", opacity=0.2, normalise="from zero", outline=2.0)
    with qtbot.assertNotEmitted(controls.changed):
        controls.show_display(display, signed=False)
    assert controls.colours.currentText() == "cividis"
    assert controls.scale.currentText() == "from zero"
    assert controls.opacity.value() == 20
    assert controls.deviations.value() == 2.0


def test_a_signed_map_is_said_to_be_diverging_and_keeps_the_users_choice(controls: Controls) -> None:
    controls.show_display(Display(colours="magma"), signed=True)
    assert controls.colours.currentText() == "diverging"
    assert not controls.colours.isEnabled()
    assert "diverging" in controls.colours.toolTip()
    assert controls.scale.placeholderText() == "symmetric"
    controls.show_display(Display(colours="magma"), signed=False)
    assert controls.colours.currentText() == "magma"
    assert controls.scale.currentText() == "min-max"
    assert controls.colours.isEnabled()
