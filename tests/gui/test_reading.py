from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from gui import reading
from gui.reading import Reader
from tfcore.pictures import Picture


def test_a_name_that_is_no_text_arrives_as_it_was_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png")
    reader = Reader()
    arrived: list[tuple[str, object]] = []
    reader.arrived.connect(lambda *what: arrived.append(what))
    reader.ask(path)
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived[0][0] == path
    assert "does not exist" in str(arrived[0][1])


def test_pictures_stay_at_hand_within_a_number_of_bytes(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_BYTES", 2500)
    reader = Reader()
    paths = []
    for number in range(4):
        path = str(tmp_path / f"{number}.png")
        Image.new("L", (10, 100), number).save(path)
        paths.append(path)
        reader.ask(path)
        qtbot.waitUntil(lambda path=path: isinstance(reader.get(path), Picture))
    assert [reader.get(path) is not None for path in paths] == [False, False, True, True]
