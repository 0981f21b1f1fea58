"""A training that goes on after its window was closed is met again by the next window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui import theme
from gui.home import Home
from gui.main_window import MainWindow
from gui.panels.status_line import StatusLine
from tests.gui.engines import Silent
from tests.gui.features.train.samples import REPORT, run_folder
from tests.gui.hands import named
from tfcore.review import Session

WHO = "another run (process 7 on ward)"


@pytest.fixture
def silent(qapp: QApplication) -> Silent:
    return Silent()


@pytest.fixture
def opened(qtbot: QtBot, silent: Silent, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], MainWindow]]:
    """A window of the day after a training was left to go on in a folder."""
    windows: list[MainWindow] = []
    monkeypatch.setattr("gui.features.train.elsewhere._LOOK_MS", 50)

    def open(folder: Path) -> MainWindow:
        theme.apply(QApplication.instance(), "light")  # type: ignore[arg-type]
        windows.append(MainWindow(silent, Session(), Home(runs=[str(folder)])))
        qtbot.addWidget(windows[-1])
        windows[-1].show()
        return windows[-1]

    yield open
    for each in windows:
        each.close()


def settings(folder: Path, epochs: int) -> None:
    (folder / "settings.json").write_text(json.dumps({"settings": {"epochs": epochs}}))


def lines(window: MainWindow) -> str:
    """What the jobs panel says, once it shows what takes a while."""
    QTest.qWait(300)
    window.jobs.refresh()
    return " | ".join(each.text() for each in window.jobs.findChildren(QLabel) if each.isVisible())


def said(window: MainWindow) -> str:
    """The status line."""
    line = window.statusBar()
    assert isinstance(line, StatusLine)
    return line.text()


def test_it_is_a_job_with_progress_and_can_be_stopped(
    opened: Callable[[Path], MainWindow], silent: Silent, tmp_path: Path
) -> None:
    folder = run_folder(tmp_path / "scans mri-4class", 3)
    settings(folder, 20)
    window = opened(folder)
    silent.answer(silent.last("run_holder"), WHO)
    assert "train scans mri-4class | epochs · 3/20" in lines(window)
    QTest.mouseClick(named(window, "cancel train scans mri-4class"), Qt.MouseButton.LeftButton)
    assert silent.last("stop_run").arguments == {"folder": str(folder)}
    assert "cancelling" in lines(window)
    silent.answer(silent.last("stop_run"), WHO)
    QTest.qWait(100)
    silent.answer(silent.last("run_holder"), "")
    assert "was stopped (3 epochs done)" in said(window)
    assert window.home.runs == []


def test_closing_the_window_again_costs_it_nothing(
    opened: Callable[[Path], MainWindow], silent: Silent, tmp_path: Path
) -> None:
    window = opened(run_folder(tmp_path / "run", 70))
    silent.answer(silent.last("run_holder"), WHO)
    window.close()
    assert not window.isVisible()
    assert window.home.runs == [str(tmp_path / "run")]


def test_how_it_ended_meanwhile_is_said_once(
    opened: Callable[[Path], MainWindow], silent: Silent, tmp_path: Path
) -> None:
    window = opened(run_folder(tmp_path / "run", 2, REPORT))
    silent.answer(silent.last("run_holder"), "")
    assert "has ended. Test accuracy 0.900" in said(window)
    assert window.home.runs == []
