"""Ctrl+Q while something runs that costs more than a minute."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.engines import Silent
from tfcore.engine.protocol import Job


def trained(silent: Silent, begun: bool = True) -> Job:
    job = Job("train", {"data": "scans", "out": "run"}, title="train mri-4class · scans")
    silent.submit(job)
    if begun:
        silent.begin(job)
    return job


def asked(quiet: MainWindow) -> QMessageBox:
    """The question that stands before the window."""
    (box,) = [box for box in quiet.findChildren(QMessageBox) if box.isVisible()]
    return box


def press(box: QMessageBox, text: str) -> None:
    next(button for button in box.buttons() if button.text() == text).click()


def test_quitting_during_a_training_asks_and_staying_changes_nothing(
    quiet: MainWindow, silent: Silent, qtbot: QtBot
) -> None:
    trained(silent)
    qtbot.keyClick(quiet, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert quiet.isVisible()
    box = asked(quiet)
    assert "train mri-4class · scans has been running" in box.text()
    assert "the best epoch so far is kept" in box.informativeText()
    assert {button.text() for button in box.buttons()} == {"Go on in the background", "Stop and quit", "Stay"}
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert quiet.isVisible()
    assert silent.kept == []


@pytest.mark.parametrize(("choice", "kept"), [("Go on in the background", True), ("Stop and quit", False)])
def test_a_training_goes_on_alone_or_is_stopped_as_the_user_says(
    quiet: MainWindow, silent: Silent, choice: str, kept: bool
) -> None:
    job = trained(silent)
    quiet.close()
    press(asked(quiet), choice)
    assert not quiet.isVisible()
    assert silent.kept == [job.id] * kept


def test_of_what_leaves_no_folder_the_loss_is_said(quiet: MainWindow, silent: Silent) -> None:
    silent.begin(Job("audit", {"data": "scans"}, title="audit scans"))
    quiet.close()
    assert "lost" in asked(quiet).informativeText()
    assert {button.text() for button in asked(quiet).buttons()} == {"Stop and quit", "Stay"}


def test_a_training_that_waits_for_another_cannot_go_on_alone(quiet: MainWindow, silent: Silent) -> None:
    trained(silent, begun=False)
    quiet.close()
    assert "is waiting" in asked(quiet).text()
    assert "Go on in the background" not in [button.text() for button in asked(quiet).buttons()]


def test_a_quick_job_and_an_ended_training_are_no_reason_to_ask(quiet: MainWindow, silent: Silent) -> None:
    silent.drop(trained(silent))
    silent.begin(Job("explain", {}, title="grad-cam"))
    quiet.close()
    assert not quiet.isVisible()
