"""A picture that is overwritten on the disk while the window is open, and what an earlier session said of pictures."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.hands import Settled
from tfcore import review
from tfcore.review import Session


def overwrite(path: Path, value: int) -> None:
    Image.fromarray(np.full((40, 50), value, np.uint8)).save(path)


def brightness(window: MainWindow) -> float:
    assert window.explaining.picture is not None
    return float(window.explaining.picture.array.max())


def tiles(window: MainWindow) -> list[str]:
    grid = window.browser.focusProxy()
    assert isinstance(grid, QAbstractItemView)
    model = grid.model()
    rows = range(model.rowCount())
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]


def test_the_picture_on_show_follows_its_file(
    window: MainWindow, settled: Settled, pictures: list[Path], qtbot: QtBot
) -> None:
    window.open_model("demo")
    drop(window, *pictures)
    settled()
    old = window.explaining.heat
    assert old is not None
    overwrite(pictures[0], 7)
    qtbot.waitUntil(lambda: window.explaining.picture is not None and brightness(window) == 7, timeout=10_000)
    settled()
    new = window.explaining.heat
    assert new is not None
    assert not np.array_equal(new.probabilities, old.probabilities), "the heat is that of the old file"
    seen = window.browser.grab().toImage()
    overwrite(pictures[0], 250)
    qtbot.waitUntil(lambda: window.browser.grab().toImage() != seen, timeout=10_000)


def test_a_picture_that_is_looked_at_again_is_the_one_on_the_disk(
    window: MainWindow, settled: Settled, pictures: list[Path], qtbot: QtBot
) -> None:
    window.open_model("demo")
    drop(window, *pictures)
    settled()
    first = window.explaining.heat
    assert first is not None
    window.browser.select(pictures[3])
    settled()
    overwrite(pictures[0], 9)
    os.utime(pictures[0], (time.time() - 60, time.time() - 60))
    window.browser.select(pictures[0])
    qtbot.waitUntil(lambda: window.explaining.picture is not None and brightness(window) == 9, timeout=10_000)
    settled()
    assert window.explaining.heat is not None
    assert not np.array_equal(window.explaining.heat.probabilities, first.probabilities)


def test_a_broken_picture_is_shown_when_it_is_mended(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "one.png"
    path.write_text("no picture")
    window.open_model("demo")
    drop(window, path)
    settled()
    assert window.canvas.message.isVisible()
    overwrite(path, 100)
    qtbot.waitUntil(lambda: window.explaining.heat is not None, timeout=20_000)
    assert "unreadable" not in tiles(window)[0]


def test_order_filter_and_what_was_said_are_there_again_but_not_of_a_file_changed_since(
    qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pictures: list[Path]
) -> None:
    monkeypatch.setattr(engine, "close", lambda: None)
    file = tmp_path / "session.json"
    for path in pictures:
        os.utime(path, (1000, 1000))

    def restarted(model: str) -> MainWindow:
        window = MainWindow(engine, review.read(file))
        qtbot.addWidget(window)
        window.autosave.keep = lambda: lambda: review.write(window.remember(), file)
        window.show()
        window.arrivals.open_last()
        window.open_model(model)
        qtbot.waitUntil(lambda: window.settled and window.shown.said is not None, timeout=120_000)
        qtbot.wait(400)
        return window

    # A slow method: no picture but the current one is predicted by itself.
    session = Session(opened=[str(tmp_path)], current=str(pictures[1]), request={"method": "score-cam"})
    review.write(session, file)
    first = restarted("demo")
    first.menus.actions["Predict &all pictures"].trigger()
    qtbot.waitUntil(lambda: first.settled, timeout=60_000)
    first.browser.sort_by("least sure")
    next(each for each in first.browser.findChildren(QLineEdit) if each.accessibleName() == "Filter").setText("slice")
    qtbot.wait(400)
    said = tiles(first)
    assert all(", " in each for each in said), "a picture has no prediction"
    first.close()
    overwrite(pictures[2], 3)

    second = restarted("demo")
    assert second.browser.current() == str(pictures[1])
    order = next(each for each in second.browser.findChildren(QComboBox) if each.accessibleName() == "Sort")
    assert order.currentText() == "Least sure first"
    unchanged = [each for each in said if not each.startswith(pictures[2].name)]
    assert [each for each in tiles(second) if ", " in each] == unchanged
    assert tiles(second)[-1] == pictures[2].name, "what was said of the old file stands under the new one"
    second.close()

    third = restarted("zoo:cnn-2")
    assert not any(each in said for each in tiles(third)), "another model inherits what one said"
    third.close()
