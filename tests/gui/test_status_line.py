"""What happened is said in one line that is always in sight, and once in the history, newest first."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from gui import app as gui_app
from gui.main_window import MainWindow
from gui.panels import status_line
from tests.gui.drops import drop
from tests.gui.engines import Silent
from tests.gui.hands import Settled
from tfcore.review import Session


def status(window: MainWindow) -> str:
    (line,) = [one for one in window.findChildren(QLabel) if one.accessibleName() == "status"]
    assert line.isVisible()
    return line.text()


def history(window: MainWindow) -> list[str]:
    (said,) = [one for one in window.findChildren(QListWidget) if one.accessibleName() == "history of messages"]
    return [said.item(row).text().split("  ", 1)[1] for row in range(said.count())]


def test_every_outcome_is_said_in_the_window(
    window: MainWindow, demo: None, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    assert status(window).startswith("Opened ")
    qtbot.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: status(window) == "Panel copied.", timeout=30_000)

    bad = tmp_path / "bad.keras"
    bad.write_bytes(b"PK\x03\x04 cut short")
    window.open_model(str(bad))
    settled()
    assert "bad.keras" in status(window)
    said = history(window)
    assert sum("bad.keras" in sentence for sentence in said) == 1
    assert "bad.keras" in said[0]
    assert said.index("Panel copied.") > 0


def test_an_empty_folder_is_said_to_be_empty(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "ward").mkdir()
    drop(window, tmp_path / "ward")
    qtbot.waitUntil(lambda: "ward holds no picture" in status(window), timeout=10_000)


def test_whatever_is_copied_is_named(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    QGuiApplication.clipboard().setText("a.png\nb.png")
    qtbot.waitUntil(lambda: status(window) == "Copied 2 lines.", timeout=5000)


def test_a_click_on_the_line_shows_what_was_said_before(window: MainWindow, qtbot: QtBot) -> None:
    window.jobs.history.add("Wrote a figure.")
    window.docks["Jobs"].hide()
    qtbot.mouseClick(window.statusBar(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window.jobs.history.isVisible()


def test_a_warning_is_not_wiped_off_by_what_went_well_before_it_can_be_read(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.jobs.history.add("scans holds no pictures; choose another folder.", "warning")
    window.jobs.history.add("Opened demo.")
    assert "scans holds no pictures" in status(window)
    assert "Opened demo." in status(window)
    monkeypatch.setattr(status_line, "_SECONDS_TO_READ", 0.3)
    window.jobs.history.add("a.png cannot be read.", "error")
    window.jobs.history.add("Opened demo.")
    assert status(window) == "Opened demo. · a.png cannot be read."
    qtbot.waitUntil(lambda: status(window) == "Opened demo.", timeout=5000)
    window.jobs.history.add("a.png cannot be read.", "error")
    window.jobs.history.add("grad-cam · b.png ✓ 38 ms", quiet=True)
    assert status(window) == "a.png cannot be read."
    qtbot.waitUntil(lambda: status(window) == "", timeout=5000)


def test_an_error_does_not_stand_beside_another_picture(
    window: MainWindow, pictures: list[Path], settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_line, "_SECONDS_TO_READ", 0.0)
    drop(window, *pictures)
    settled()
    window.jobs.history.add("The heatmap could not be computed.", "error")
    assert "could not be computed" in status(window)
    window.browser.select(window.browser.paths()[1])
    settled()
    assert "could not be computed" not in status(window)


def test_closing_the_training_gives_the_room_back(dressed: None, window: MainWindow, qtbot: QtBot) -> None:
    jobs, canvas = window.docks["Jobs"], window.canvas
    before = jobs.height(), canvas.height()
    training = window.docks["Training"]
    for _ in range(2):
        training.toggleViewAction().trigger()
        qtbot.waitUntil(lambda: training.height() > before[0] + 100, timeout=5000)
        training.close()
        qtbot.waitUntil(lambda: (jobs.height(), canvas.height()) == before, timeout=5000)


def test_the_line_is_on_a_screen_smaller_than_the_window(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Silent()
    monkeypatch.setattr(engine, "start", lambda: None)
    window = MainWindow(engine, Session())
    qtbot.addWidget(window)
    screen = window.screen().availableGeometry()
    assert window.height() > screen.height()
    given = argparse.Namespace(pictures=[], model=None, method=None, layer=None, screenshot=None)
    gui_app.show(qapp, window, given)
    line = window.statusBar()
    qtbot.waitUntil(lambda: line.mapToGlobal(line.rect().bottomLeft()).y() <= screen.bottom(), timeout=5000)
    window.close()
