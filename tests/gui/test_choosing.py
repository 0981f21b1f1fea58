from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from gui import choosing


def test_a_dialog_begins_where_the_last_one_ended_or_where_the_same_was_picked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[str] = []
    deep, file = tmp_path / "scans" / "a", tmp_path / "tables" / "labels.csv"
    for folder in (deep, file.parent):
        folder.mkdir(parents=True)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: began.append(given[2]) or (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: began.append(given[2]) or "")
    parent = QWidget()
    qtbot.addWidget(parent)
    choosing.remember("")
    choosing.file(parent, "Labels")
    choosing.folder(parent, "Data")
    choosing.folder(parent, "Data", str(deep))
    choosing.folder(parent, "Data", str(deep / "gone" / "long ago"))
    choosing.folder(parent, "Data", "a name that is no place")
    choosing.remember(str(deep / "gone"))
    choosing.folder(parent, "Data")
    assert began == [str(Path.home()), str(file.parent), str(deep), str(deep), str(file.parent), str(deep)]
