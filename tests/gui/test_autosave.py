"""What changes is saved soon, however long it goes on changing, and whatever the disk says."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from threading import Event

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import autosave as saving
from gui.autosave import Autosave
from tfcore.errors import HeatlensError


@pytest.mark.parametrize("error", [HeatlensError("session.json was not written: the disk is full."), OSError("full")])
def test_a_full_disk_does_not_take_the_window_down_and_is_said_once(qapp: QApplication, error: Exception) -> None:
    disk = [error]

    def save() -> None:
        for one in disk:
            raise one

    owner = QObject()
    autosave = Autosave(owner, lambda: save)
    told: list[str] = []
    autosave.failed.connect(told.append)
    autosave.now()
    autosave.now()
    timer = next(each for each in autosave.findChildren(QTimer) if each.isSingleShot())
    assert timer.isActive(), "it tries again later"
    assert told == [f"What is open will not be remembered: {error}"]
    disk.clear()
    autosave.now()
    assert not timer.isActive()
    disk.append(error)
    autosave.now()
    assert len(told) == 2, "it is another trouble"


def test_changes_without_an_end_do_not_put_off_the_saving(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "_SAVE_AFTER_MS", 200)
    owner, saved = QObject(), []
    autosave = Autosave(owner, lambda: lambda: saved.append(1))
    busy = QTimer(owner, interval=20)
    busy.timeout.connect(autosave.touch)
    busy.start()
    qtbot.waitUntil(lambda: bool(saved), timeout=600)


def test_a_disk_that_hangs_is_not_waited_for_and_the_newest_stays(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "_SAVE_AFTER_MS", 10)
    monkeypatch.setattr(saving, "_HUNG_S", 0.02)
    owner, begun, disk, kept = QObject(), Event(), Event(), count(1)
    written, told = list[int](), list[str]()

    def keep() -> Callable[[], object]:
        number = next(kept)
        return lambda: (begun.set(), disk.wait(5), written.append(number))

    autosave = Autosave(owner, keep)
    autosave.failed.connect(told.append)
    autosave.touch()
    qtbot.waitUntil(begun.is_set)
    autosave.now()
    assert told == ["What is open will not be remembered: the disk does not answer"]
    assert not written
    disk.set()
    autosave.now()
    assert written == [1, 3]
