"""A list that is closed while it still looks for pictures: what is found afterwards reaches nobody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.browser import Browser


def test_what_is_found_after_the_list_is_gone_is_dropped(qtbot: QtBot, pictures: list[Path]) -> None:
    with qtbot.captureExceptions() as raised:
        browser = Browser()
        # Somebody still holds on to what looks for the pictures.
        held = [browser.finding]
        browser.add(pictures, show=True)
        browser.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qtbot.wait(300)
        held.clear()
    assert raised == []
