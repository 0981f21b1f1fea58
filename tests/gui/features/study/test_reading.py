"""A study from the form to the table: made of the list, read by keys and mouse, left and taken up, summed up."""

from __future__ import annotations

import csv
import errno
import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QListWidget, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from gui.canvas.view import View
from gui.features.study.case import CaseView
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.hands import Settled, button, in_sight, named, press, texts, turn
from tests.tfcore.study.studies import of_a_volume, small
from tfcore.review.answers import rows
from tfcore.review.study import read

Key = Qt.Key


def dialog(title: str) -> Any:
    """The window of that title, once it is there and active."""
    for _ in range(2000):
        for each in QApplication.topLevelWidgets():
            if each.windowTitle() == title and each.isVisible() and each.isActiveWindow():
                return each
        QTest.qWait(5)
    raise AssertionError(f"there is no window {title}")


def keys(reading: QWidget, typed: str) -> None:
    for key in typed:
        QTest.keyClick(reading.windowHandle(), Key.Key_Return if key == "⏎" else key)


def begin(reading: Any, name: str) -> None:
    named(reading, "reader").setFocus()
    keys(reading, name + "⏎")


def case_in_sight(reading: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in reading.findChildren(View)))


def lasso(reading: Any) -> None:
    view = next(each for each in reading.findChildren(View) if each.isVisible())
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    middle = port.rect().center()
    QTest.mousePress(port, left, pos=middle)
    for x, y in ((40, 0), (40, 40), (0, 40)):
        QTest.mouseMove(port, middle + QPoint(x, y))
    QTest.mouseRelease(port, left, pos=middle + QPoint(0, 40))


@pytest.mark.usefixtures("demo")
def test_from_the_form_to_the_table(
    window: MainWindow, settled: Settled, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, table = tmp_path / "mine.heatlens-study", tmp_path / "answers.csv"
    window.browser.choose(window.browser.paths()[:3])
    window.menus.actions["New reader st&udy…"].trigger()
    form = dialog("New reader study")
    cases = named(form, "cases")
    cases.setCurrentIndex(cases.findText("those selected", Qt.MatchFlag.MatchStartsWith))
    arms: QListWidget = named(form, "arms")
    assert arms.item(0).text() == "none"
    arms.setCurrentRow(1)
    button(form, "Remove").click()
    named(form, "method of the arm").setCurrentText("grad-cam")
    button(form, "answer").click()
    button(form, "Add arm").click()
    named(form, "ask: draw").click()
    named(form, "washout").setValue(1)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(study), ""))
    button(form, "Make…").click()
    settled()
    assert "3 cases, 6 readings in 2 parts" in named(form, "state of the study").text()
    assert [arm.text for arm in read(study).arms] == ["none", "grad-cam+prediction"]

    # Something of what is shown is lost on the way to the reader: it is made again before anybody reads.
    next((tmp_path / "mine-study" / "shown").iterdir()).unlink()
    button(form, "Read it now").click()
    reading = dialog("Reader study")
    assert not window.isActiveWindow()
    settled()
    begin(reading, "Anna")
    case_in_sight(reading, qtbot)
    seen: list[str] = []

    def look() -> None:
        around = [reading, *reading.findChildren(QWidget)]
        seen.extend(each.toolTip() + each.accessibleName() + each.accessibleDescription() for each in around)
        seen.extend([*in_sight(reading), reading.windowTitle()])

    look()
    keys(reading, "4")
    named(reading, "diagnosis: glioma").click()
    keys(reading, "⏎")
    assert "Answer the marked question first." in texts(reading), "how sure is not said yet"
    assert "1 of 6" in texts(reading)
    keys(reading, "2F")
    lasso(reading)
    assert "freehand drawn" in texts(reading)
    keys(reading, "P")
    assert "The case is hidden, and time does not run." in texts(reading)
    qtbot.wait(60)
    keys(reading, "⏎⏎")
    case_in_sight(reading, qtbot)
    assert "2 of 6" in texts(reading)
    assert "nothing drawn" in texts(reading)
    # Left amid the second case, and taken up by the same name, however it is written.
    keys(reading, "3")
    reading.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(study), ""))
    window.menus.actions["O&pen reader study…"].trigger()
    reading = dialog("Reader study")
    begin(reading, "anna")
    for number in range(2, 7):
        case_in_sight(reading, qtbot)
        assert f"{number} of 6" in texts(reading)
        look()
        keys(reading, "311⏎")
        if number == 3:
            assert "Part 1 of 2 is read" in texts(reading)
            keys(reading, "⏎")
    assert "All is read" in texts(reading)
    named_there = [text for text in seen if any(name in text for name in ("grad-cam", "demo", "P01", ".png"))]
    assert named_there == [], "neither method nor model nor file is named anywhere"
    assert "the network's answer" in seen, "one arm shows it"
    button(reading, "Close").click()

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    window.menus.actions["&Results of a reader study…"].trigger()
    settled()
    results = dialog("Results of the reader study")
    shown: QTableWidget = named(results, "results by arm")
    assert [shown.horizontalHeaderItem(place).text() for place in (1, 2)] == ["none", "grad-cam+prediction"]
    results.close()
    with table.open() as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["reader"], row["rating"], row["sights"]) for row in rows[:2]] == [
        ("Anna", "4", "1"),
        ("Anna", "3", "2"),
    ]
    assert rows[0]["drawing"].startswith("freehand ")
    assert rows[1]["drawing"] == ""
    assert float(rows[0]["paused"]) >= 0.05
    assert all(0 < float(row["seconds"]) < 60 for row in rows)
    assert len({(row["case"], row["arm"]) for row in rows}) == 6


def test_a_reader_leafs_through_a_volume_with_the_heat_of_each_slice(
    quiet: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = of_a_volume(tmp_path)
    drop(quiet, path)
    reading = dialog("Reader study")
    begin(reading, "C")
    case_in_sight(reading, qtbot)
    case: CaseView = reading.findChild(CaseView)
    assert "slice 3 of 5" in texts(case)

    def heat() -> float:
        return float(case.views.shown()[0].heat.map.max())

    answer = named(reading, "the network's answer").model()
    assert (heat(), [bar.value for bar in answer.bars()]) == (2, pytest.approx([0.8, 0.2]))
    keys(reading, "4..")
    qtbot.waitUntil(lambda: heat() == pytest.approx(4, rel=1e-3))
    assert [bar.value for bar in answer.bars()] == pytest.approx([0.6, 0.4]), "that on the slice on show"
    assert "slice 5 of 5" in texts(case)
    view = next(each for each in reading.findChildren(View) if each.isVisible())
    turn(view.viewport(), 1)
    qtbot.waitUntil(lambda: heat() == pytest.approx(3, rel=1e-3))
    keys(reading, "F")
    lasso(reading)
    assert "freehand drawn on slice 4" in texts(reading)
    # Without a mouse: into the middle, and to the right.
    keys(reading, "EN")
    assert "ellipse drawn on slice 4" in texts(reading)
    left = case.views.regions.shown[0].roi.points[0][0]
    QTest.keyClick(reading.windowHandle(), Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert case.views.regions.shown[0].roi.points[0][0] == left + 1
    keys(reading, ",")
    qtbot.waitUntil(lambda: heat() == 2)
    assert not case.views.regions.shown, "it lies on another slice"
    keys(reading, "⏎")
    assert "All is read" in texts(reading)
    row = next(rows(path))
    assert (row["rating"], row["slice"]) == (4, 4)
    reading.close()


def test_what_goes_wrong_is_said_and_nothing_is_lost(
    quiet: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small(tmp_path, arms=("none",))
    drop(quiet, path)
    reading = dialog("Reader study")
    begin(reading, "")
    assert "A reader has a name" in named(reading, "problem").text()
    begin(reading, "B")
    case_in_sight(reading, qtbot)
    keys(reading, "25")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
        keys(reading, "⏎")
        assert "the disk is full" in named(reading, "what is missing").text()
        assert "1 of 8" in texts(reading)
    keys(reading, "⏎")
    case_in_sight(reading, qtbot)
    assert "2 of 8" in texts(reading)
    reading.close()
    # A picture that was exchanged: the reader hears of no file, whoever made the study does.
    for picture in tmp_path.glob("*.png"):
        picture.write_bytes(picture.read_bytes() + b"more")
    drop(quiet, path)
    reading = dialog("Reader study")
    begin(reading, "B")
    qtbot.waitUntil(lambda: "This case cannot be shown" in texts(reading))
    assert not any(".png" in text for text in texts(reading))
    history = quiet.jobs.history
    assert ".png was changed since the study was made" in history.item(0).text()
    reading.close()
    # Without its pictures it is not begun.
    next(tmp_path.glob("*.png")).unlink()
    drop(quiet, path)
    qtbot.waitUntil(lambda: "1 case of the study is not where it says" in history.item(0).text())
    assert not any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets())
    press(quiet, Key.Key_Escape)
