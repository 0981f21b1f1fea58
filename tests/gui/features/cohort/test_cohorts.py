"""A run over very many pictures in the window, from its set-up to its end on another day."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui.features.cohort import commands
from gui.features.cohort.panel import CohortPanel
from gui.main_window import MainWindow
from gui.panels.combo import Combo
from tests.gui.engines import Silent
from tests.gui.hands import button, named
from tfcore.review import Session

FAKE = [sys.executable, "-S", "-E", str(Path(__file__).with_name("fake_heatlens.py"))]


def said(window: MainWindow, name: str) -> str:
    """What a label in sight says."""
    found = [each for each in window.findChildren(QLabel) if each.accessibleName() == name and each.isVisible()]
    return found[0].text() if found else ""


def opened(window: MainWindow) -> QWidget:
    window.show()
    window.menus.actions["Very &many pictures…"].trigger()
    return window.docks["Many pictures"]


def test_folds_or_seeds_of_a_training_need_no_model(qtbot: QtBot, tmp_path: Path) -> None:
    panel = CohortPanel()
    qtbot.addWidget(panel)
    panel.show()
    command, model = named(panel, "command"), named(panel, "model")
    assert isinstance(command, Combo)
    command.setCurrentText("train")
    QTest.keyClicks(named(panel, "data set"), str(tmp_path))
    QTest.keyClick(named(panel, "data set"), Qt.Key.Key_Return)
    QTest.keyClicks(named(panel, "folder of the results"), str(tmp_path / "cv"))
    assert not model.isEnabled()
    assert button(panel, "Start").isEnabled()
    assert "first runs" in button(panel, "Parts and cost").toolTip()
    asked = ["--recipe", "mri-4class", "--folds", "5", "--workers", "2", "--out", str(tmp_path / "cv")]
    assert panel.form.arguments() == ["train", str(tmp_path), *asked]
    named(panel, "folds").clear()
    assert "how many seeds" in button(panel, "Start").toolTip()
    QTest.keyClicks(named(panel, "seeds"), "3")
    assert button(panel, "Start").isEnabled()
    assert panel.form.arguments()[2:6] == ["--recipe", "mri-4class", "--seeds", "3"]


def test_an_evaluation_is_shown_when_it_is_written(qtbot: QtBot) -> None:
    panel = CohortPanel()
    qtbot.addWidget(panel)
    panel.show()
    parts = {"parts": 4, "pictures": 64, "pictures_done": 16, "of": "picture", "by_worker": [], "failed": []}
    told = {**parts, "command": "evaluate", "workers": "2 processes", "seconds": 9.0, "line": ["evaluate"]}
    for done, running, shown in ((1, True, False), (1, False, False), (4, True, False), (4, False, True)):
        panel.show_status({**told, "done": done}, running)
        assert button(panel, "Show results").isEnabled() == shown
        assert ("all of its parts" in button(panel, "Show results").toolTip()) != shown
    panel.show_status({**told, "command": "predict", "done": 1}, True)
    assert button(panel, "Show results").isEnabled()


def test_a_run_is_planned_started_paused_and_goes_on_in_the_next_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "HEATLENS", FAKE)
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    window = MainWindow(Silent(), Session())
    qtbot.addWidget(window)
    dock = opened(window)
    assert not button(dock, "Start").isEnabled()
    assert button(dock, "Start").toolTip() == "Choose pictures first"
    QTest.keyClicks(named(dock, "data set"), str(data))
    QTest.keyClick(named(dock, "data set"), Qt.Key.Key_Return)
    assert button(dock, "Start").toolTip() == "Choose a folder for the results first"
    QTest.keyClicks(named(dock, "folder of the results"), str(out))
    QTest.keyClicks(named(dock, "Ray address"), "auto")
    # What it costs is known before anything is made.
    button(dock, "Parts and cost").click()
    qtbot.waitUntil(lambda: "256 pictures in 4 parts; about 1:04" in said(window, "cost of the run"))
    assert not out.exists()

    button(dock, "Start").click()
    qtbot.waitUntil(lambda: "Running: predict, 1 of 4 parts, 64 of 256 pictures" in said(window, "state of the run"))
    table = dock.findChild(QTableWidget)
    assert [table.item(row, 4).text() for row in (0, 1)] == ["/x/1.png", "/x/2.png"]
    assert f"heatlens predict {data} --model demo --cluster auto --workers 2 --out" in said(window, "the command")
    assert "left" in said(window, "cost of the run")
    button(dock, "Pause").click()
    assert not button(dock, "Cancel").isEnabled()
    qtbot.waitUntil(lambda: said(window, "state of the run").startswith("Paused: predict, 1 of 4 parts"))
    window.close()

    # Tomorrow it is on show by itself, below the form as it was, and goes on by the same command.
    (out / "predictions.csv" / "go").touch()
    asked = Session(forms={"cohort": {"data": str(data), "out": str(out)}})
    window = MainWindow(Silent(), asked, home=window.home)
    qtbot.addWidget(window)
    dock = opened(window)
    qtbot.waitUntil(lambda: "Not running: predict, 1 of 4 parts" in said(window, "state of the run"))
    assert named(dock, "many pictures")
    button(dock, "Go on").click()
    qtbot.waitUntil(lambda: "Finished: predict, 4 of 4 parts" in said(window, "state of the run"))
    assert button(dock, "Start")
    button(dock, "Show results").click()
    assert window.browser.looking
    assert not window.home.cohort
    window.close()


def test_a_window_that_ends_while_it_looks_ends_without_a_word(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "HEATLENS", FAKE)
    window = QObject()
    watch = commands.Watch(window)
    with qtbot.waitSignal(watch.line):
        watch.begin(str(tmp_path / "out"))
    with qtbot.captureExceptions() as stumbled:
        delete(window)
    assert not stumbled


def test_a_run_that_does_not_begin_says_why(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "HEATLENS", FAKE)
    window = MainWindow(Silent(), Session())
    qtbot.addWidget(window)
    dock = opened(window)
    QTest.keyClicks(named(dock, "data set"), str(tmp_path / "missing"))
    QTest.keyClick(named(dock, "data set"), Qt.Key.Key_Return)
    QTest.keyClicks(named(dock, "folder of the results"), str(tmp_path / "out"))
    button(dock, "Start").click()
    # The folder was looked at once more, and there is nothing to go on with.
    qtbot.waitUntil(lambda: not window.home.cohort)
    assert said(window, "state of the run") == "missing: no such folder; name another."
    window.close()


def test_what_a_command_asked_is_asked_in_the_window() -> None:
    line = ["explain", "scans", "--method", "rise,lime", "--samples", "200", "--layer", "stage3", "--out", "heat"]
    asked = commands.question_of(line)
    assert asked is not None
    assert (asked.method, asked.params["samples"], asked.layer) == ("rise", 200, "stage3")
    assert commands.question_of([*line, "--grid", "0"]) is None
