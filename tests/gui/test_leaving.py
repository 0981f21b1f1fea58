"""Ctrl+Q while something runs that costs more than a minute."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from gui import theme
from gui.main_window import MainWindow
from gui.session import Session
from tests.gui.engines import Silent
from tfcore.engine.protocol import Job


@pytest.fixture
def engine(qapp: QApplication) -> Silent:
    return Silent()


@pytest.fixture
def window(qtbot: QtBot, engine: Silent) -> Iterator[MainWindow]:
    """A window whose engine is played by the test."""
    theme.apply(QApplication.instance(), "dark")  # type: ignore[arg-type]
    one = MainWindow(engine, Session())
    qtbot.addWidget(one)
    one.show()
    one.activateWindow()
    yield one
    one.leaving.agree()
    one.close()


def trained(engine: Silent, begun: bool = True) -> Job:
    job = Job("train", {"data": "scans", "out": "run"}, title="train mri-4class · scans")
    engine.submit(job)
    if begun:
        engine.begin(job)
    return job


def asked(window: MainWindow) -> QMessageBox:
    """The question that stands before the window."""
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    return box


def press(box: QMessageBox, text: str) -> None:
    next(button for button in box.buttons() if button.text() == text).click()


def test_quitting_during_a_training_asks_and_staying_changes_nothing(
    window: MainWindow, engine: Silent, qtbot: QtBot
) -> None:
    trained(engine)
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert window.isVisible()
    box = asked(window)
    assert "train mri-4class · scans has been running" in box.text()
    assert "the best epoch so far is kept" in box.informativeText()
    assert {button.text() for button in box.buttons()} == {"Go on in the background", "Stop and quit", "Stay"}
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert engine.kept == []


@pytest.mark.parametrize(("choice", "kept"), [("Go on in the background", True), ("Stop and quit", False)])
def test_a_training_goes_on_alone_or_is_stopped_as_the_user_says(
    window: MainWindow, engine: Silent, choice: str, kept: bool
) -> None:
    job = trained(engine)
    window.close()
    press(asked(window), choice)
    assert not window.isVisible()
    assert engine.kept == [job.id] * kept


def test_of_what_leaves_no_folder_the_loss_is_said(window: MainWindow, engine: Silent) -> None:
    engine.begin(Job("audit", {"data": "scans"}, title="audit scans"))
    window.close()
    assert "lost" in asked(window).informativeText()
    assert {button.text() for button in asked(window).buttons()} == {"Stop and quit", "Stay"}


def test_a_training_that_waits_for_another_cannot_go_on_alone(window: MainWindow, engine: Silent) -> None:
    trained(engine, begun=False)
    window.close()
    assert "is waiting" in asked(window).text()
    assert "Go on in the background" not in [button.text() for button in asked(window).buttons()]


def test_a_quick_job_and_an_ended_training_are_no_reason_to_ask(window: MainWindow, engine: Silent) -> None:
    engine.drop(trained(engine))
    engine.begin(Job("explain", {}, title="grad-cam"))
    window.close()
    assert not window.isVisible()
