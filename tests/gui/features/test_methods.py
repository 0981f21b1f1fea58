"""The methods section from the menu, which stays where it is written in; whom to cite for the map on show."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

import resources
from gui.main_window import MainWindow
from tests.gui.hands import Settled


def test_a_session_has_its_methods_section_beside_it_and_another_one_stays(
    window: MainWindow, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions, place = window.menus.actions, tmp_path / "work-methods"
    window.open_model("demo")
    window.open_pictures(sorted(resources.path("demo").glob("*.png"))[:2])
    settled()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "work"), ""))
    window.sessions.save_now()
    actions["Of this session with CLAIM 2024"].trigger()
    settled()
    assert "CLAIM 2024" in (place / "methods.html").read_text()
    (place / "methods.txt").write_text("Ours.")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    actions["Of a training or an evaluation…"].trigger()
    actions["Of this session"].trigger()
    settled()
    assert (place / "methods.txt").read_text() == "Ours."
    text = (tmp_path / "work-methods-2" / "methods.txt").read_text()
    assert "Heatmaps were made by grad-cam" in text
    told = "\n".join(window.jobs.history.item(row).text() for row in range(window.jobs.history.count()))
    assert "holds no finished training and no evaluation" in told
    actions["How to cite this map"].trigger()
    settled()
    assert "selvaraju2017" in QGuiApplication.clipboard().text()
