"""Files that appear in an opened folder are listed, those that vanish leave the list; no others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.browser import Browser, watching
from tests.gui.hands import OnScreen


def test_what_comes_and_goes_is_noticed(
    qtbot: QtBot, on_screen: OnScreen, pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "EVERY_MS", 40)
    browser, folder = on_screen(Browser()), pictures[0].parent
    said: list[str] = []
    browser.message.connect(said.append)

    def listed(*names: str) -> None:
        qtbot.waitUntil(lambda: [Path(path).stem for path in browser.paths()] == list(names), timeout=20_000)

    browser.add([folder], show=True)
    listed("slice 0", "slice 1", "slice 2", "slice 3")
    qtbot.wait(200)
    pictures[0].unlink()
    listed("slice 1", "slice 2", "slice 3")
    assert browser.current() == str(pictures[1]), "the nearest one that is left"
    assert "slice 0.png is no longer there, and off the list." in said
    (folder / "notes.txt").write_text("no picture")
    shutil.copy(pictures[1], folder / "slice 1_mask.png")
    shutil.copy(pictures[1], folder / "slice 7.png")
    listed("slice 1", "slice 2", "slice 3", "slice 7")
    # It comes back under its old name.
    shutil.copy(pictures[1], pictures[0])
    listed("slice 0", "slice 1", "slice 2", "slice 3", "slice 7")
    assert browser.current() == str(pictures[1])
