"""What fits the screen, what a right click offers, and what can be read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QStyleOptionComboBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.export.form import Form
from gui.main_window import MainWindow
from tests.gui.hands import each_dock, named, opened_menu, press, seen, text_of
from tests.shared import telling
from tfcore.figure.display import Display
from tfcore.pictures import read

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key


# --- the canvas ---


def test_a_right_click_offers_what_can_be_done_with_what_is_seen(shown: MainWindow, qtbot: QtBot) -> None:
    canvas = shown.canvas
    view = canvas.views.shown()[0]
    QTest.mouseMove(view.viewport(), view.viewport().rect().center())
    canvas.readout.point(QPointF(3.5, 2.5))
    chosen = opened_menu(view.viewport())
    texts = [action.text().replace("&", "") for action in chosen]
    for wanted in ("Copy panel", "Export panel…", "Hide heatmap", "Fit to window", "Actual size"):
        assert wanted in texts
    value = read(shown.browser.paths()[0]).array[2, 3]
    next(action for action in chosen if action.text().startswith("Copy x 3")).trigger()
    assert f"value {value}" in QGuiApplication.clipboard().text()


def test_hidden_heat_is_said_and_stays_hidden_after_space(window: MainWindow, demo: None) -> None:
    (view,) = window.canvas.views.shown()
    hide = next(each for each in opened_menu(view.viewport()) if each.text() == "&Hide heatmap")
    hide.trigger()
    assert view.heat is None
    assert window.canvas.heading.title.whole().endswith("heatmap hidden")
    press(window, Key.Key_Space)
    assert view.heat is None
    hide.trigger()
    assert view.heat is not None
    assert "hidden" not in window.canvas.heading.title.whole()


def test_what_is_said_of_a_broken_picture_goes_with_it(shown: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a broken one.png").write_text("no picture")
    shown.open_pictures([tmp_path / "a broken one.png"])

    def prediction() -> str:
        return " ".join(each.text() for each in shown.prediction.findChildren(QLabel) if each.isVisible())

    qtbot.waitUntil(lambda: "the picture cannot be read" in prediction())
    press(shown, Key.Key_End)
    qtbot.waitUntil(lambda: shown.canvas.heading.title.whole().startswith("slice 3"))
    assert "cannot be read" not in prediction()


# --- the screen ---


@pytest.mark.parametrize("size", [pytest.param((1280, 720), marks=pytest.mark.slow), (1000, 640)])
def test_on_a_small_screen_nothing_is_clipped_and_every_dock_is_reached(
    dressed: None, shown: MainWindow, size: tuple[int, int]
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


@pytest.mark.parametrize(("width", "height"), telling([(1280, 720)], [(1280, 720), (1920, 1080)]))
def test_the_first_window_fits_the_screen(tmp_path: Path, width: int, height: int) -> None:
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96}
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    script = (
        "import argparse, sys\n"
        "from gui import app as gui_app\n"
        "given = argparse.Namespace(pictures=[], model=None, method=None, layer=None, device='cpu', scheme='dark',\n"
        "                           screenshot='')\n"
        "app = gui_app.application()\n"
        "window = gui_app.build(app, given)\n"
        "gui_app.show(app, window, given)\n"
        "print(window.width(), window.height(), app.arguments()[0], app.windowIcon().isNull(),\n"
        "      window.isMaximized(), 'numpy.linalg' in sys.modules)\n"
        "import numpy\n"
        "from gui.browser import listing\n"
        "print(listing.np.eye(2).sum(), numpy.eye(2).sum(), listing.np.eye is sys.modules['numpy'].eye)\n"
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
    seen, later = done.stdout.splitlines()
    shown_width, shown_height, name, no_icon, maximised, arrays = seen.split()
    # What is not needed before somebody sees the window is put off, and there when it is needed.
    assert (arrays, later) == ("False", "2.0 2.0 True")
    # On a small screen it takes all of it, and its frame is the screen's matter.
    assert (maximised == "True") == (height < 900)
    assert min(width, 1440) - 10 <= int(shown_width) <= min(width, 1440)
    assert int(shown_height) <= min(height, 900)
    assert (name, no_icon) == ("heatlens", "False")


# --- words ---


def test_what_cannot_be_read_whole_has_dots_in_its_middle_and_is_whole_in_the_tooltip(
    dressed: None, shown: MainWindow
) -> None:
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
