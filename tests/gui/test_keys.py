"""Keys and wheel in the whole window, wherever the focus is."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QScrollArea,
    QSlider,
    QSpinBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.hands import Settled, each_dock, held, named, number, press, text_of, turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key


# --- the wheel ---


def test_the_wheel_changes_no_field_that_has_not_the_focus(shown: MainWindow) -> None:
    window = shown
    window.offer_zoo()
    asked: list[str] = []
    window.model_panel.model_chosen.connect(asked.append)
    turned = set()
    for _ in each_dock(window):
        for kind in (QComboBox, QAbstractSpinBox, QSlider):
            for field in window.findChildren(kind):
                if field.isVisible() and not field.visibleRegion().isEmpty() and not field.hasFocus():
                    before = held(field)
                    turn(field, 1)
                    turn(field, -1)
                    turn(field, -1)
                    assert held(field) == before, field.accessibleName()
                    assert not field.hasFocus(), field.accessibleName()
                    turned.add(field.accessibleName())
    assert {"model", "method", "Sort", "opacity", "colours", "passes", "recipe", "balance"} <= turned
    assert not asked


def test_a_field_that_was_clicked_into_hears_the_wheel(shown: MainWindow) -> None:
    shown.docks["How sure"].raise_()
    passes = named(shown, "passes")
    QTest.mouseClick(passes, Qt.MouseButton.LeftButton, pos=passes.rect().center())
    passes.setFocus()
    turn(passes)
    assert passes.value() == 99


def test_the_wheel_over_a_field_scrolls_what_lies_below_also_in_a_dialog(shown: MainWindow, qtbot: QtBot) -> None:
    dialog = QDialog(shown)
    area, inner = QScrollArea(dialog), QWidget()
    column = QVBoxLayout(inner)
    spins = [QSpinBox() for _ in range(30)]
    for spin in spins:
        column.addWidget(spin)
    area.setWidget(inner)
    area.resize(200, 200)
    dialog.open()
    qtbot.waitExposed(dialog)
    spins[0].clearFocus()
    turn(spins[2])
    assert area.verticalScrollBar().value() > 0
    assert [spin.value() for spin in spins] == [0] * 30
    dialog.close()


def test_choosing_another_model_can_be_undone(window: MainWindow, demo: None, settled: Settled) -> None:
    window.offer_zoo()
    undo = window.menus.actions["undo"]
    assert not undo.isEnabled()
    window.model_panel.model_chosen.emit("zoo:cnn-2")
    assert undo.text().replace("&", "") == "Undo: back to demo"
    settled()
    assert named(window, "model").currentText() == "cnn-2 · untrained"
    assert undo.text().replace("&", "") == "Undo: back to demo"
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert named(window, "model").currentText() == "Demo: brain phantoms"
    assert window.canvas.heading.title.whole().startswith("P0132.png · glioma 0.9")
    assert not undo.isEnabled()


# --- the keys of a review ---


def test_arrows_and_space_work_wherever_the_focus_is(shown: MainWindow) -> None:
    window = shown
    for place in ("model", "opacity", "colours", "scale", "picture with heatmap", "pictures", "overlay"):
        here = [w for w in window.findChildren(QWidget) if w.isVisible() and place in (w.accessibleName(), text_of(w))]
        here[0].setFocus(Qt.FocusReason.MouseFocusReason)
        fields = {field: held(field) for field in window.findChildren(QComboBox) if field.isVisible()}
        assert number(window) == "slice 0", place
        press(window, Key.Key_Right)
        assert number(window) == "slice 1", place
        press(window, Key.Key_End)
        assert number(window) == "slice 3", place
        press(window, Key.Key_Up)
        press(window, Key.Key_Home)
        assert number(window) == "slice 0", place
        assert {field: held(field) for field in fields} == fields, place
        hidden: list[bool] = []
        window.canvas.hide_heat = hidden.append  # type: ignore[method-assign]
        QTest.keyPress(window.windowHandle(), Key.Key_Space)
        QTest.keyRelease(window.windowHandle(), Key.Key_Space)
        assert hidden == [True, False], place
        assert here[0].hasFocus(), place


def test_a_button_reached_by_tab_is_pressed_by_space(shown: MainWindow) -> None:
    grid = next(w for w in shown.findChildren(QWidget) if text_of(w) == "side by side")
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    press(shown, Key.Key_Space)
    assert shown.canvas.mode() == "side by side"
    press(shown, Key.Key_Right)
    assert number(shown) == "slice 1"
    # A list that Tab led to is gone through by its own keys.
    colours = named(shown, "colours")
    colours.setFocus(Qt.FocusReason.TabFocusReason)
    press(shown, Key.Key_End)
    assert (colours.currentIndex(), number(shown)) == (colours.count() - 1, "slice 1")
    # And by letters, which else are commands of the window: B draws rectangles.
    order, regions = named(shown, "Sort"), shown.canvas.views.regions
    order.setFocus(Qt.FocusReason.ShortcutFocusReason)
    press(shown, Key.Key_B)
    assert (order.currentText(), regions.tool) == ("Best rated first", "move")
    grid.setFocus()
    order.setFocus(Qt.FocusReason.MouseFocusReason)
    press(shown, Key.Key_B)
    assert regions.tool == "rectangle"


def test_in_a_text_keys_are_letters(shown: MainWindow) -> None:
    press(shown, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    line = named(shown, "Filter")
    assert line.hasFocus()
    for key in ("2", "-", "1", " "):
        press(shown, key)
    press(shown, Key.Key_Home)
    press(shown, Key.Key_Delete)
    assert line.text() == "-1 "
    assert number(shown) == "slice 0"


def test_an_open_list_keeps_its_keys(shown: MainWindow) -> None:
    order = named(shown, "Sort")
    order.showPopup()
    QTest.keyClick(order.view(), Key.Key_Down)
    QTest.keyClick(order.view(), Key.Key_Return)
    assert order.currentText() == "Newest first"
    assert number(shown) == "slice 0"


def test_a_key_of_another_alphabet_is_nobodys(shown: MainWindow) -> None:
    named(shown, "colours").setFocus(Qt.FocusReason.MouseFocusReason)
    # Qt knows no name for it.
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0416, Qt.KeyboardModifier.NoModifier, "Ж")
    QApplication.sendEvent(named(shown, "colours"), event)
    press(shown, Key.Key_Right)
    assert number(shown) == "slice 1"


def test_plus_and_minus_zoom(shown: MainWindow) -> None:
    named(shown, "colours").setFocus(Qt.FocusReason.MouseFocusReason)
    fitting = shown.canvas.heading.zoom.text()
    press(shown, "+")
    assert shown.canvas.heading.zoom.text() != fitting
    press(shown, "-")
    assert shown.canvas.heading.zoom.text() == fitting


def test_a_digit_explains_that_class(window: MainWindow, demo: None, settled: Settled) -> None:
    named(window, "model").setFocus(Qt.FocusReason.MouseFocusReason)
    press(window, "2")
    settled()
    assert "target meningioma" in window.canvas.heading.title.whole()
    press(window, "9")
    settled()
    assert "target meningioma" in window.canvas.heading.title.whole()
    press(window, "0")
    settled()
    assert "heat for" not in window.canvas.heading.title.whole()


def test_the_list_of_shortcuts_names_the_keys_and_every_menu_once(shown: MainWindow) -> None:
    press(shown, Key.Key_F1)
    text = shown.findChild(QTextBrowser).toPlainText()
    for what in ("Find pictures", "Zoom in", "hide the heatmap while held", "explain that class", "Undo"):
        assert what in text
    assert Counter(text.splitlines())["Explain"] == 1
