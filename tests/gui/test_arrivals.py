"""What comes in by dialogs, drops and the command line, and what stands in the list then."""

from __future__ import annotations

import argparse
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from gui import app as gui_app
from gui import choosing
from gui.browser import scan
from gui.canvas.view import View
from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from gui.panels.status_line import StatusLine
from tests.gui.drops import drop, let_go
from tests.gui.hands import Settled, texts
from tests.shared import telling
from tfcore.review import Session


def listed(window: MainWindow) -> list[str]:
    return [Path(path).name for path in window.browser.paths()]


def current(window: MainWindow) -> str:
    return Path(window.browser.current() or "").name


def history(window: MainWindow) -> str:
    return "\n".join(window.jobs.history.item(row).text() for row in range(window.jobs.history.count()))


def in_sight(window: MainWindow) -> bool:
    grid = window.browser.focusProxy()
    assert isinstance(grid, QAbstractItemView)
    return grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def many(folder: Path, count: int = 60) -> Path:
    folder.mkdir()
    for number in range(count):
        Image.new("L", (8, 8), number).save(folder / f"slice {number}.png")
    return folder


def submenu(window: MainWindow, title: str) -> list[str]:
    menu = next(each for each in window.menuBar().findChildren(QMenu) if each.title().replace("&", "") == title)
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


@pytest.mark.parametrize("by", ["dialog", "drop on the list"])
def test_the_first_thing_a_user_opens_takes_the_place_of_the_demo_and_is_shown(
    window: MainWindow, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    window.arrivals.open_last()
    settled()
    assert current(window) == "P0132.png"
    # A folder without pictures leaves it.
    (tmp_path / "empty").mkdir()
    drop(window, tmp_path / "empty")
    settled()
    assert current(window) == "P0132.png"
    assert "holds no picture" in history(window)
    folder = many(tmp_path / "own", 5)
    if by == "dialog":
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
        window.menus.actions["Open &folder…"].trigger()
    else:
        drop(window.browser, folder)
    settled()
    assert listed(window) == [f"slice {number}.png" for number in range(5)]
    assert current(window) == "slice 0.png"
    assert choosing.last() == str(folder), "where the next dialog begins"
    second = many(tmp_path / "second", 3)
    drop(window, second)
    settled()
    assert len(listed(window)) == 8, "what the user opened himself stays"
    assert window.browser.current() == str(second / "slice 0.png")


def test_what_came_of_a_folder_is_said(window: MainWindow, qtbot: QtBot, pictures: list[Path]) -> None:
    window.arrivals.open_demo()
    qtbot.waitUntil(lambda: not window.browser.looking)
    line = window.statusBar()
    assert isinstance(line, StatusLine)
    let_go(window.canvas, pictures[0].parent)
    qtbot.waitUntil(lambda: line.text() == f"Opened {pictures[0].parent.name}: 4 pictures in the list.")


def test_the_demo_is_shown_when_it_is_asked_for(window: MainWindow, settled: Settled, pictures: list[Path]) -> None:
    drop(window, *pictures)
    settled()
    window.menus.actions["Open &demo"].trigger()
    settled()
    assert current(window) == "P0132.png"
    assert len(listed(window)) == 16
    # And when the window is opened again, or more is opened.
    opened = list(window.session.opened)
    window.clear()
    window.session.opened = opened
    window.arrivals.open_last()
    settled()
    drop(window, pictures[0])
    settled()
    assert len(listed(window)) == 16


def test_the_current_picture_is_in_sight_when_the_window_is_opened_again(
    qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "close", lambda: None)
    folder = many(tmp_path / "own", 200)
    session = Session(opened=[str(folder)], current=str(folder / "slice 150.png"))
    window = MainWindow(engine, session)
    qtbot.addWidget(window)
    shown: list[str] = []
    window.browser.current_changed.connect(shown.append)
    window.show()
    window.arrivals.open_last()
    qtbot.waitUntil(lambda: not window.browser.looking)
    window.resize(1100, 620)
    qtbot.wait(50)
    assert shown == [str(folder / "slice 150.png")], "another picture flashes up before the one that was left"
    assert in_sight(window)
    window.close()


def test_the_current_picture_stays_in_sight_while_lines_come_and_the_order_changes(
    window: MainWindow, settled: Settled, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = many(tmp_path / "own")
    drop(window, folder)
    settled()
    window.browser.select(folder / "slice 40.png")
    qtbot.wait(20)
    assert in_sight(window)
    window.browser.sort_by("least sure")
    for number, path in enumerate(window.browser.paths()):
        window.browser.annotate(path, "glioma 0.97\n± 0.02, entropy 0.15", float(number % 7))
        qtbot.wait(1)
    qtbot.wait(400)
    assert in_sight(window)
    earlier = many(tmp_path / "an earlier one", 30)
    window.browser.add([earlier])
    settled()
    qtbot.wait(20)
    assert in_sight(window), "what was found above pushed it away"


def test_folders_and_models_of_before_are_in_the_file_menu(
    window: MainWindow, settled: Settled, small_network: Path, tmp_path: Path
) -> None:
    assert submenu(window, "Recent folders") == ["None yet"]
    first, second = many(tmp_path / "first & foremost", 2), many(tmp_path / "second", 2)
    model = shutil.copy(small_network, tmp_path / "own.keras")
    for path in (first, second, model):
        drop(window, Path(path))
        settled()
    assert submenu(window, "Recent folders") == ["second", "first && foremost"]
    assert submenu(window, "Recent models") == ["own.keras"]
    window.clear()
    menu = next(each for each in window.menuBar().findChildren(QMenu) if each.title() == "&Recent folders")
    menu.actions()[1].trigger()
    settled()
    assert window.browser.current() == str(first / "slice 0.png")


def architecture(path: Path) -> Path:
    import keras

    layers = [keras.Input((16, 16, 1)), keras.layers.Conv2D(4, 3, activation="relu")]
    layers += [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(2, activation="softmax")]
    path.write_text(keras.Sequential(layers).to_json())
    return path


@pytest.mark.parametrize("where", telling(["list"], ["window", "list", "canvas"]))
def test_a_mixed_drop_does_each_thing(
    window: MainWindow, settled: Settled, pictures: list[Path], small_network: Path, tmp_path: Path, where: str
) -> None:
    model = Path(shutil.copy(small_network, tmp_path / "best.model"))
    notes = tmp_path / "notes.txt"
    notes.write_text("nothing to see")
    window.arrivals.open_last()
    settled()
    canvas = window.canvas.findChild(View)
    assert isinstance(canvas, View)
    over = {"window": window.jobs, "list": window.browser.focusProxy(), "canvas": canvas.viewport()}[where]
    let_go(over, *pictures, model, notes)
    settled()
    assert listed(window) == [path.name for path in pictures]
    assert window.opening.info is not None
    assert window.opening.info.source == str(model)
    assert f"{notes} is no picture, model, table or session" in history(window)


def test_an_architecture_and_a_saved_model_are_taken_for_models(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    asked: list[str] = []
    window.opening.began.connect(asked.append)
    folder = tmp_path / "exported"
    folder.mkdir()
    (folder / "saved_model.pb").write_bytes(b"")
    for path in (architecture(tmp_path / "network.json"), folder):
        drop(window, path)
        settled()
        assert asked[-1] == str(path)
    assert listed(window) == []


def test_the_dialog_for_models_shows_every_kind_of_them(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def choose(_parent: object, _title: str, _folder: str, kinds: str) -> tuple[str, str]:
        seen.append(kinds)
        return str(tmp_path / "exported" / "saved_model.pb"), kinds

    asked: list[str] = []
    window.opening.began.connect(asked.append)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    window.menus.actions["Open &model…"].trigger()
    assert all(ending in seen[0] for ending in ("*.keras", "*.h5", "*.hdf5", "*.model", "*.json"))
    assert asked == [str(tmp_path / "exported")]


def test_the_command_line_tells_models_from_pictures(
    window: MainWindow, settled: Settled, pictures: list[Path], small_network: Path, tmp_path: Path
) -> None:
    model = shutil.copy(small_network, tmp_path / "best.model")
    flags = {"model": None, "method": None, "layer": None}
    gui_app._open(window, argparse.Namespace(pictures=[str(pictures[2]), str(model)], **flags))
    settled()
    assert listed(window) == ["slice 2.png"]
    assert window.session.model == str(model)


def test_masks_beside_their_pictures_are_counted_and_not_listed(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    for name in ("benign (1)", "benign (1)_mask", "benign (1)_mask_1", "a_mask"):
        Image.fromarray(np.zeros((8, 8), np.uint8)).save(tmp_path / f"{name}.png")
    for _ in range(2):
        drop(window, tmp_path)
        settled()
    assert listed(window) == ["a_mask.png", "benign (1).png"]
    told = window.browser.findChild(QLabel, "count").text()
    assert told == "2 pictures · 2 masks left out"


def test_a_drive_that_hangs_holds_up_nothing_else(
    quiet: MainWindow, qtbot: QtBot, pictures: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    shutil.copy(pictures[0], drive / "far away.png")
    answers = threading.Event()

    def hanging(call: Callable[..., Any]) -> Callable[..., Any]:
        def asked(path: Any = ".", *more: Any, **how: Any) -> Any:
            if str(path).startswith(str(drive)):
                answers.wait(120)
            return call(path, *more, **how)

        return asked

    for name in ("stat", "scandir", "listdir"):
        monkeypatch.setattr(os, name, hanging(getattr(os, name)))
    monkeypatch.setattr(scan, "HUNG_S", 0.0)
    let_go(quiet, drive)
    # It came back, though nothing answers.
    assert not answers.is_set()
    let_go(quiet, *pictures)
    qtbot.waitUntil(lambda: len(listed(quiet)) == 4)
    assert any("looking…" in text for text in texts(quiet.browser))
    answers.set()
    qtbot.waitUntil(lambda: "far away.png" in listed(quiet))
    assert len(listed(quiet)) == 5
