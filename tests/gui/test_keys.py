"""Keys, wheel and Tab in the whole window, as a person uses them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QStyleOptionComboBox,
    QTextBrowser,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.export.form import Form
from gui.main_window import MainWindow
from tfcore.figure.display import Display
from tfcore.pictures import read

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Settled = Callable[[], None]
Key = Qt.Key


@pytest.fixture
def shown(window: MainWindow, pictures: list[Path], qtbot: QtBot) -> MainWindow:
    """Four pictures, the first of them on show, and no model."""
    window.resize(1280, 720)
    window.open_pictures(pictures)
    qtbot.waitUntil(lambda: len(window.browser.paths()) == 4 and window.settled)
    window.activateWindow()
    return window


def press(window: MainWindow, key: Qt.Key | str, *held: Qt.KeyboardModifier) -> None:
    """A key as it comes from the keyboard: to whatever has the focus."""
    QTest.keyClick(window.windowHandle(), key, *held)


def turn(widget: QWidget, steps: int = -1) -> None:
    """Turn the wheel with the cursor over the middle of a widget."""
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), widget.mapTo(window, widget.rect().center()), QPoint(0, 120 * steps))


def named(window: QWidget, name: str) -> Any:
    return next(each for each in window.findChildren(QWidget) if each.accessibleName() == name and each.isVisible())


def number(window: MainWindow) -> str:
    return Path(window.browser.current() or "").stem


def each_dock(window: MainWindow) -> Iterator[str]:
    """Every dock brought to the front in turn."""
    for dock in window.docks.all():
        dock.toggleViewAction().trigger() if dock.isHidden() else None
        dock.raise_()
        QApplication.processEvents()
        yield dock.objectName()


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


def held(field: QWidget) -> object:
    match field:
        case QComboBox():
            return field.currentText()
        case QAbstractSpinBox():
            return field.text()
        case QSlider():
            return field.value()
    raise TypeError(field)


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


def test_choosing_another_model_can_be_undone(window: MainWindow, settled: Settled) -> None:
    window.open_demo()
    settled()
    window.offer_zoo()
    undo = window.menus.actions["undo"]
    assert not undo.isEnabled()
    window.model_panel.model_chosen.emit("zoo:cnn-2")
    assert undo.text().replace("&", "") == "Undo: back to demo"
    settled()
    assert named(window, "model").currentText() == "cnn-2"
    assert undo.text().replace("&", "") == "Undo: back to demo"
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert named(window, "model").currentText() == "Demo: brain phantoms"
    assert window.canvas.heading.title.whole().startswith("P0132.png · glioma 0.9")
    assert not undo.isEnabled()


# --- the keys of a review ---


@pytest.mark.parametrize("place", ["model", "opacity", "colours", "scale", "picture with heat", "pictures", "overlay"])
def test_arrows_and_space_work_wherever_the_focus_is(shown: MainWindow, place: str) -> None:
    window = shown
    here = [w for w in window.findChildren(QWidget) if w.isVisible() and place in (w.accessibleName(), text_of(w))]
    here[0].setFocus(Qt.FocusReason.MouseFocusReason)
    fields = {field: held(field) for field in window.findChildren(QComboBox) if field.isVisible()}
    assert number(window) == "slice 0"
    press(window, Key.Key_Right)
    assert number(window) == "slice 1"
    press(window, Key.Key_End)
    assert number(window) == "slice 3"
    press(window, Key.Key_Up)
    press(window, Key.Key_Home)
    assert number(window) == "slice 0"
    assert {field: held(field) for field in fields} == fields
    hidden: list[bool] = []
    window.canvas.hide_heat = hidden.append  # type: ignore[method-assign]
    QTest.keyPress(window.windowHandle(), Key.Key_Space)
    QTest.keyRelease(window.windowHandle(), Key.Key_Space)
    assert hidden == [True, False]
    assert here[0].hasFocus()


def text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""


def test_a_button_reached_by_tab_is_pressed_by_space(shown: MainWindow) -> None:
    grid = next(w for w in shown.findChildren(QWidget) if text_of(w) == "side by side")
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    press(shown, Key.Key_Space)
    assert shown.canvas.mode() == "side by side"
    press(shown, Key.Key_Right)
    assert number(shown) == "slice 1"


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


def test_plus_and_minus_zoom(shown: MainWindow) -> None:
    named(shown, "colours").setFocus(Qt.FocusReason.MouseFocusReason)
    fitting = shown.canvas.heading.zoom.text()
    press(shown, "+")
    assert shown.canvas.heading.zoom.text() != fitting
    press(shown, "-")
    assert shown.canvas.heading.zoom.text() == fitting


def test_a_digit_explains_that_class(window: MainWindow, settled: Settled) -> None:
    window.open_demo()
    settled()
    named(window, "model").setFocus(Qt.FocusReason.MouseFocusReason)
    press(window, "2")
    settled()
    assert "heat for meningioma" in window.canvas.heading.title.whole()
    press(window, "9")
    settled()
    assert "heat for meningioma" in window.canvas.heading.title.whole()
    press(window, "0")
    settled()
    assert "heat for" not in window.canvas.heading.title.whole()


def test_the_list_of_shortcuts_names_the_keys_and_every_menu_once(shown: MainWindow) -> None:
    press(shown, Key.Key_F1)
    text = shown.findChild(QTextBrowser).toPlainText()
    for what in ("Find pictures", "Zoom in", "hide the heat while held", "explain that class", "Undo"):
        assert what in text
    assert Counter(text.splitlines())["Explain"] == 1


# --- Tab and Alt ---


def seen(window: MainWindow) -> list[QWidget]:
    """What is on screen and takes the focus by Tab, also what a panel has to scroll to."""
    found = []
    for widget in window.findChildren(QWidget):
        one_of = isinstance(widget, QAbstractButton) and widget.group() is not None
        by_tab = one_of or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            corner = widget.mapTo(window, QPoint(0, 0))
            if corner.x() >= 0 and widget.window() is window:
                found.append(widget)
    return found


def test_tab_reaches_all_that_is_seen_and_nothing_else(shown: MainWindow) -> None:
    window = shown
    for name in each_dock(window):
        wanted = seen(window)
        wanted[0].setFocus()
        reached = []
        for _ in range(len(wanted)):
            press(window, Key.Key_Tab)
            reached.append(window.focusWidget())
        assert set(reached) == set(wanted), name
        press(window, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert window.focusWidget() is reached[-2], name


def test_tab_goes_as_one_reads(shown: MainWindow) -> None:
    named(shown, "Filter").setFocus()
    names = ["Filter"]
    for _ in range(30):
        press(shown, Key.Key_Tab)
        names.append(shown.focusWidget().accessibleName() or text_of(shown.focusWidget()))
    order = [names.index(name) for name in ("Filter", "Sort", "pictures", "picture with heat", "overlay", "opacity")]
    assert order == sorted(order)
    order = [names.index(name) for name in ("opacity", "colours", "scale", "outline", "model", "method")]
    assert order == sorted(order)


def test_no_mnemonic_leads_to_two_places(shown: MainWindow) -> None:
    window = shown
    for name in each_dock(window):
        menus = [action.text() for action in window.menuBar().actions()]
        fields = [each.text() for each in window.findChildren(QLabel) if each.buddy() is not None and each.isVisible()]
        buttons = [each.text() for each in window.findChildren(QPushButton) if each.isVisible()]
        keys = Counter(key.lower() for text in menus + fields + buttons for key in re.findall(r"&(\w)", text))
        assert not [key for key, times in keys.items() if times > 1], name
    for menu in window.menuBar().findChildren(QMenu):
        keys = Counter(key.lower() for action in menu.actions() for key in re.findall(r"&(\w)", action.text()))
        assert not [key for key, times in keys.items() if times > 1], menu.title()


def test_everything_that_takes_the_focus_has_a_name(shown: MainWindow) -> None:
    window = shown
    for dock in each_dock(window):
        nameless = [
            widget
            for widget in seen(window)
            if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        ]
        assert not nameless, dock


# --- the canvas ---


def test_a_right_click_offers_what_can_be_done_with_what_is_seen(shown: MainWindow, qtbot: QtBot) -> None:
    canvas = shown.canvas
    view = canvas.views.shown()[0]
    QTest.mouseMove(view.viewport(), view.viewport().rect().center())
    canvas.readout.point(QPointF(3.5, 2.5))
    chosen = opened_menu(view.viewport())
    texts = [action.text().replace("&", "") for action in chosen]
    for wanted in ("Copy panel", "Export panel…", "Hide heat", "Fit to window", "Actual size"):
        assert wanted in texts
    value = read(shown.browser.paths()[0]).array[2, 3]
    next(action for action in chosen if action.text().startswith("Copy x 3")).trigger()
    assert f"value {value}" in QGuiApplication.clipboard().text()


def opened_menu(widget: QWidget) -> list[Any]:
    middle = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, widget.mapToGlobal(middle))
    QApplication.sendEvent(widget, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = menu.actions()
    menu.close()
    return actions


def test_hidden_heat_is_said_and_stays_hidden_after_space(window: MainWindow, settled: Settled) -> None:
    window.open_demo()
    settled()
    (view,) = window.canvas.views.shown()
    hide = next(each for each in opened_menu(view.viewport()) if each.text() == "&Hide heat")
    hide.trigger()
    assert not view.heat.isVisible()
    assert window.canvas.heading.title.whole().endswith("heat hidden")
    press(window, Key.Key_Space)
    assert not view.heat.isVisible()
    hide.trigger()
    assert view.heat.isVisible()
    assert "hidden" not in window.canvas.heading.title.whole()


# --- the screen ---


@pytest.mark.parametrize("size", [(1280, 720), (1000, 640)])
def test_on_a_small_screen_nothing_is_clipped_and_every_dock_is_reached(
    shown: MainWindow, size: tuple[int, int]
) -> None:
    window = shown
    window.resize(*size)
    for name in each_dock(window):
        assert window.size().toTuple() == size, name
        dock = window.docks[name]
        assert window.rect().contains(dock.geometry()), name
        for widget in seen(window):
            if not scrolled_in(widget):
                corner = widget.mapTo(window, QPoint(0, 0))
                assert window.rect().contains(QRect(corner, widget.size())), (name, widget.accessibleName())


def scrolled_in(widget: QWidget) -> bool:
    around = widget.parentWidget()
    return around is not None and (isinstance(around, QScrollArea) or scrolled_in(around))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1280, 720), (1920, 1080)])
def test_the_first_window_fits_the_screen(tmp_path: Path, width: int, height: int) -> None:
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96}
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    script = (
        "import argparse\n"
        "from gui import app as gui_app\n"
        "given = argparse.Namespace(pictures=[], model=None, method=None, layer=None, device='cpu', scheme='dark',\n"
        "                           screenshot='')\n"
        "app = gui_app.application()\n"
        "window = gui_app.build(app, given)\n"
        "gui_app.show(app, window, given)\n"
        "print(window.width(), window.height(), app.arguments()[0], app.windowIcon().isNull())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}",
            "HEATLENS_HOME": str(tmp_path),
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout, done.stderr
    shown_width, shown_height, name, no_icon = done.stdout.split()
    assert int(shown_width) <= min(width, 1440)
    assert int(shown_height) <= min(height, 900) - (0 if height > 900 else 20)
    assert int(shown_width) >= min(width, 1440) - 10
    assert (name, no_icon) == ("heatlens", "False")


# --- words ---


def test_what_cannot_be_read_whole_has_dots_in_its_middle_and_is_whole_in_the_tooltip(shown: MainWindow) -> None:
    model = named(shown, "model")
    model.addItem("a network of a very long name that nobody has room for.keras")
    model.setCurrentIndex(model.count() - 1)
    option = QStyleOptionComboBox()
    model.initStyleOption(option)
    assert re.fullmatch(r"a net.+….+keras", option.currentText)
    middle = model.rect().center()
    QApplication.sendEvent(model, QHelpEvent(QEvent.Type.ToolTip, middle, model.mapToGlobal(middle)))
    assert QToolTip.text().startswith("a network of a very long name that nobody has room for.keras")


def test_a_setting_of_the_heat_has_one_name_on_screen_and_in_exports(shown: MainWindow, qtbot: QtBot) -> None:
    form = Form(Display())
    qtbot.addWidget(form)
    in_export = {each.text().replace("&", "").lower() for each in form.findChildren(QLabel)}
    assert {"opacity", "colours", "scale"} <= in_export
    assert {"opacity", "colours", "scale"} <= {text_of(each) for each in shown.canvas.findChildren(QLabel)}
