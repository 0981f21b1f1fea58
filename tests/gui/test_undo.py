"""Ctrl+Z after what a person did by mistake: to the list, to the display, to the labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.panels.checks import CheckList
from tests.gui.engines import Silent
from tests.gui.hands import button, named, number, press, texts, turn
from tests.gui.panels.samples import INFO
from tfcore.review import Session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Held = Qt.Key, Qt.KeyboardModifier


def undo(window: MainWindow) -> None:
    press(window, Key.Key_Z, Held.ControlModifier)


def redo(window: MainWindow) -> None:
    press(window, Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)


def entries(window: MainWindow) -> tuple[str, str]:
    """What the menu says of undo and redo."""
    undo, redo = (window.menus.actions[name].text().replace("&", "") for name in ("undo", "redo"))
    return undo, redo


def listed(window: MainWindow) -> list[str]:
    return [Path(path).stem for path in window.browser.paths()]


def test_pictures_taken_off_the_list_come_back_with_what_was_said_of_them(shown: MainWindow) -> None:
    window, grid = shown, named(shown, "pictures")
    window.browser.annotate(window.browser.paths()[0], "glioma 0.98", 0.1, "glioma")
    opened = list(window.session.opened)
    grid.setFocus()
    press(window, Key.Key_Right, Held.ShiftModifier)
    press(window, Key.Key_Delete)
    assert listed(window) == ["slice 2", "slice 3"]
    assert entries(window)[0] == "Undo: removing 2 pictures"
    undo(window)
    assert listed(window) == [f"slice {n}" for n in range(4)]
    assert number(window) == "slice 1"
    assert [note.text for note in window.browser.notes(9).values()] == ["glioma 0.98"]
    redo(window)
    assert listed(window) == ["slice 2", "slice 3"]
    undo(window)
    window.menus.actions["Clear &list"].trigger()
    assert listed(window) == window.session.opened == []
    undo(window)
    assert listed(window) == [f"slice {n}" for n in range(4)]
    assert window.session.opened == opened


def test_a_drawn_slider_is_one_step_and_the_scale_another(shown: MainWindow) -> None:
    window, opacity, scale = shown, named(shown, "opacity"), named(shown, "scale")
    opacity.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        press(window, Key.Key_Left)
    assert opacity.value() == 55
    scale.setFocus()
    turn(scale, -1)
    assert entries(window) == ("Undo: scale", "Redo")
    undo(window)
    assert scale.currentText() == "min-max"
    undo(window)
    assert opacity.value() == 70
    assert entries(window) == ("Undo: opening 4 files and folders", "Redo: opacity")
    redo(window)
    assert opacity.value() == 55


def test_a_number_that_was_turned_and_not_typed_comes_back_too(shown: MainWindow) -> None:
    window, outline = shown, named(shown, "outline: standard deviations above the mean")
    next(box for box in window.findChildren(QCheckBox) if box.text() == "outline").click()
    outline.setFocus()
    QTest.qWait(1100)
    press(window, Key.Key_Up)
    assert outline.value() == 1.5
    undo(window)
    assert outline.value() == 1.0
    filter = named(window, "Filter")
    filter.setFocus()
    press(window, "x")
    undo(window)
    assert filter.text() == ""
    assert outline.value() == 1.0


def test_other_labels_are_undone(shown: MainWindow) -> None:
    actions = shown.menus.actions
    actions["no labels"].trigger()
    assert entries(shown)[0] == "Undo: labels"
    undo(shown)
    assert actions["folders"].isChecked()


def test_the_question_the_filter_the_order_and_the_mode_come_back(shown: MainWindow) -> None:
    window, method, order = shown, named(shown, "method"), named(shown, "Sort")
    asked = method.currentText()
    method.setCurrentIndex(method.findText("saliency"))
    assert entries(window)[0] == "Undo: the method"
    order.setCurrentIndex(order.findText("Newest first"))
    named(window, "Filter").setFocus()
    press(window, "3")
    press(window, Key.Key_Return)
    assert listed(window) != [stem_of(path) for path in window.browser.shown()]
    assert entries(window)[0] == "Undo: the filter"
    press(window, Key.Key_3, Held.ControlModifier)
    assert (window.canvas.mode(), entries(window)[0]) == ("grid", "Undo: grid")
    for wanted in ("the filter", "the order of the list", "the method", "opening 4 files and folders"):
        undo(window)
        assert entries(window)[0] == f"Undo: {wanted}"
    assert (window.canvas.mode(), method.currentText(), order.currentText()) == ("overlay", asked, "Name")
    assert [stem_of(path) for path in window.browser.shown()] == listed(window)
    for _ in range(4):
        redo(window)
    assert (window.canvas.mode(), method.currentText(), order.currentText()) == ("grid", "saliency", "Newest first")
    assert [stem_of(path) for path in window.browser.shown()] == ["slice 3"]
    for _ in range(5):
        undo(window)
    assert listed(window) == []
    redo(window)
    assert listed(window) == [f"slice {n}" for n in range(4)]


def stem_of(path: str) -> str:
    return Path(path).stem


def test_ticks_panels_words_and_settings_come_back(shown: MainWindow) -> None:
    window, actions, docks = shown, shown.menus.actions, shown.docks
    compare = docks["Compare"]
    compare.raise_()
    QApplication.processEvents()
    ticks = named(window, "methods")
    before = ticks.keys()
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=ticks.visualItemRect(ticks.item(1)).center())
    assert (len(ticks.keys()), entries(window)[0]) == (len(before) + 1, "Undo: what is compared")
    docks["Method"].raise_()
    method, passes = named(window, "method"), docks["Pictures"]
    method.setCurrentIndex(method.findText("smoothgrad"))
    actions["text 150"].trigger()
    actions["light"].trigger()
    passes.close()
    QApplication.processEvents()
    assert entries(window)[0] == "Undo: the layout of the panels"
    undo(window)
    assert passes.isVisible()
    for wanted in ("the size of the text", "the method", "what is compared", "opening 4 files and folders"):
        undo(window)
        QApplication.processEvents()
        assert entries(window)[0] == f"Undo: {wanted}"
    assert (ticks.keys(), window.home.text, window.home.scheme) == (before, 100, "system")
    assert actions["text 100"].isChecked()
    for _ in range(5):
        redo(window)
        QApplication.processEvents()
    assert (window.home.text, window.home.scheme, passes.isVisible()) == (150, "light", False)
    assert len(ticks.keys()) == len(before) + 1
    undo(window)
    undo(window)
    undo(window)
    QApplication.processEvents()


def test_what_is_asked_in_forms_comes_back_and_is_in_the_session(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, tmp_path: Path
) -> None:
    window = quiet
    window.open_model("demo")
    silent.answer(silent.last("open_model"), INFO)

    def number_box(name: str, value: int) -> tuple[object, object, object]:
        box = named(window, name)
        before = box.value()
        box.setValue(value)
        return before, value, box.value

    def ticked(name: str, row: int) -> tuple[object, object, object]:
        ticks = named(window, name)
        before = ticks.keys()
        ticks.item(row).setCheckState(Qt.CheckState.Checked)
        return before, ticks.keys(), ticks.keys

    def picked(name: str, text: str) -> tuple[object, object, object]:
        combo = named(window, name)
        before = combo.currentText()
        combo.setCurrentText(text)
        return before, text, combo.currentText

    changes = {
        ("Training", "the training"): lambda: number_box("batch size", 7),
        ("Evaluation", "what is evaluated"): lambda: ticked("metrics", 2),
        ("Many pictures", "what is computed of many pictures"): lambda: picked("command", "uncertainty"),
        ("Inside the network", "what is dissected"): lambda: picked("layers to dissect", "every feature map"),
        ("Calibration", "what is calibrated"): lambda: number_box("may miss", 5),
        ("How sure", "how sure the model is asked"): lambda: number_box("passes", 30),
    }
    for (dock, what), change in changes.items():
        if window.docks[dock].isHidden():
            window.docks[dock].toggleViewAction().trigger()
        window.docks[dock].raise_()
        QApplication.processEvents()
        before, after, now = change()
        assert entries(window)[0] == f"Undo: {what}", dock
        undo(window)
        assert (now(), entries(window)[1]) == (before, f"Redo: {what}")
        redo(window)
        assert now() == after
        window.docks[dock].close()
        QApplication.processEvents()
    kept = window.session
    assert (kept.training["batch"], kept.forms["how sure"]["passes"]) == (7, 30)
    assert (kept.forms["cohort"]["command"], kept.forms["dissect"]["layers"]) == ("uncertainty", ["all"])
    # A data set that was chosen goes, and what is said of it.
    window.docks["Evaluation"].toggleViewAction().trigger()
    QApplication.processEvents()
    line = named(window, "data set")
    line.setText(str(tmp_path))
    line.editingFinished.emit()
    assert entries(window)[0] == "Undo: what is evaluated"
    undo(window)
    assert line.text() == ""
    assert "Choose a data set first." in texts(window)


def test_what_is_ticked_under_compare_is_there_at_the_next_start(qtbot: QtBot, silent: Silent) -> None:
    forms = {
        "compare": {"methods": ["saliency"], "layers": ["stage1"], "models": ["demo", INFO.source], "across": "models"}
    }
    window = MainWindow(silent, Session(forms=forms))
    qtbot.addWidget(window)
    window.open_model("demo")
    silent.answer(silent.last("open_model"), INFO)
    lists = {each.accessibleName(): each.keys() for each in window.docks["Compare"].findChildren(CheckList)}
    assert lists == {"methods": ("saliency",), "layers": ("stage1",), "models": (INFO.source, "demo")}
    window.close()


def test_dialogs_have_a_way_back_by_the_same_keys(quiet: MainWindow, tmp_path: Path) -> None:
    window = quiet

    def dialog(entry: str) -> QDialog:
        window.menus.actions[entry].trigger()
        made = next(each for each in window.findChildren(QDialog) if each.isVisible())
        made.activateWindow()
        return made

    form = dialog("New reader st&udy…")
    once, arms = named(form, "once"), named(form, "arms")
    button(form, "answer").click()
    button(form, "Add arm").click()
    assert (arms.count(), entries(window)[0]) == (3, "Undo: the reader study")
    once.click()
    kept = window.session.forms["study"]
    assert (kept["once"], len(kept["arms"])) == (True, 3)
    QTest.keyClick(form.windowHandle(), Key.Key_Z, Held.ControlModifier)
    assert (once.isChecked(), arms.count()) == (False, 2)
    assert entries(window)[1] == "Redo: the reader study"
    QTest.keyClick(form.windowHandle(), Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)
    assert (once.isChecked(), arms.count()) == (True, 3)
    form.close()
    audit = dialog("&Audit a data set…")
    line = named(audit, "data set")
    line.setText(str(tmp_path))
    line.editingFinished.emit()
    assert entries(window)[0] == "Undo: what is audited"
    named(audit, "findings").setFocus()
    QTest.keyClick(audit.windowHandle(), Key.Key_Z, Held.ControlModifier)
    assert line.text() == ""
    audit.close()
