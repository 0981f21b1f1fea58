"""What was open is open again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import session as sessions
from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from gui.session import Autosave, Session
from tfcore.errors import HeatlensError


def test_a_session_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    saved = Session(opened=["/a", "/b ü"], current="/a/1.png", model="zoo:vgg16", display={"opacity": 0.25})
    sessions.save(saved, path)
    assert sessions.load(path) == saved


@pytest.mark.parametrize("content", ["", "{", "[]", '{"opened": "not a list"}', '{"unknown": 1}', "null"])
def test_a_damaged_session_is_a_first_start(tmp_path: Path, content: str) -> None:
    path = tmp_path / "session.json"
    path.write_text(content)
    assert sessions.load(path) == Session()


def test_recent_models_are_kept_once_newest_first() -> None:
    session = Session()
    for name in ("a", "b", "a"):
        session.remember_model(name)
    assert session.recent_models == ["a", "b"]


def test_a_full_disk_does_not_take_the_window_down(qapp: QApplication) -> None:
    def full() -> None:
        raise HeatlensError("session.json was not written: the disk is full.")

    owner = QObject()
    autosave = Autosave(full, owner)
    autosave.now()
    assert autosave._timer.isActive(), "it tries again later"


def test_the_window_opens_as_it_was_left(qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "close", lambda: None)
    first = MainWindow(engine, Session())
    qtbot.addWidget(first)
    first.show()
    first.canvas.set_mode("side by side")
    first.docks["Jobs"].hide()
    left = json.loads(json.dumps(first.remember().__dict__))
    first.close()
    second = MainWindow(engine, Session(**left))
    qtbot.addWidget(second)
    second.show()
    assert second.canvas.mode() == "side by side"
    assert second.docks["Jobs"].isHidden()
    assert second.canvas.display() == first.canvas.display()
    second.close()
