"""What changes is saved soon, however long it goes on changing, and whatever the disk says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.session import Autosave
from tfcore.errors import HeatlensError


@pytest.mark.parametrize("error", [HeatlensError("session.json was not written: the disk is full."), OSError("full")])
def test_a_full_disk_does_not_take_the_window_down_and_is_said_once(qapp: QApplication, error: Exception) -> None:
    disk = [error]

    def save() -> None:
        for one in disk:
            raise one

    owner = QObject()
    autosave = Autosave(owner, save)
    told: list[str] = []
    autosave.failed.connect(told.append)
    autosave.now()
    autosave.now()
    timer = autosave.findChild(QTimer)
    assert timer.isActive(), "it tries again later"
    assert told == [f"What is open will not be remembered: {error}"]
    disk.clear()
    autosave.now()
    assert not timer.isActive()
    disk.append(error)
    autosave.now()
    assert len(told) == 2, "it is another trouble"


def test_changes_without_an_end_do_not_put_off_the_saving(qapp: QApplication, qtbot: QtBot) -> None:
    owner, saved = QObject(), []
    autosave = Autosave(owner, lambda: saved.append(1))
    busy = QTimer(owner, interval=100)
    busy.timeout.connect(autosave.touch)
    busy.start()
    qtbot.waitUntil(lambda: bool(saved), timeout=2600)
