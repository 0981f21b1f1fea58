"""Calibration in the window: from pictures with labels to bars that say so, and back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import resources
from gui.main_window import MainWindow
from tests.gui.hands import Settled, button, in_sight, named, press, texts
from tfcore.data import open_data, phantom
from tfcore.data.splits import save_split, split


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    phantom.write(tmp_path / "hard", n=56, size=128, seed=5, difficulty=0.9)
    (tmp_path / "hard" / "phantoms.csv").unlink()
    (tmp_path / "hard" / "glioma").rename(tmp_path / "hard" / "first kind")
    return tmp_path / "hard"


def test_from_labels_to_bars_that_say_so_and_back(
    window: MainWindow, settled: Settled, hard: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("demo.keras", "demo.json", "demo.reference.npz"):
        shutil.copy(resources.path(name), tmp_path / name)
    noise = np.random.default_rng(0).integers(0, 256, (128, 128), np.uint8)
    cv2.imwrite(str(tmp_path / "noise.png"), noise)
    picture = sorted(resources.path("demo").glob("*.png"))[0]
    window.open_model(str(tmp_path / "demo.keras"))
    window.open_pictures([tmp_path / "noise.png"])
    settled()
    said = named(window, "likeness to the training pictures").text()
    assert said.startswith("Unlike anything this network was trained on (99.9th percentile), do not rely on")
    assert "! unlike its training" in texts(window)
    window.open_pictures([picture])
    settled()
    assert not any("trained on" in text for text in texts(window))
    press(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    line = named(window, "data set")
    qtbot.keyClicks(line, str(hard))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled()
    # One folder is called otherwise than its class.
    (kind,) = named(window, "what labels mean").rows
    kind.value.setCurrentText("glioma")
    kind.value.activated.emit(0)
    # Pictures that it has learnt from are taken only where that is wanted, and then it is said.
    save_split(split(open_data(hard), (0.5, 0.5), seed=0), tmp_path / "split.csv")
    qtbot.mouseClick(button(window, "Start"), Qt.MouseButton.LeftButton)
    settled()
    assert "has learnt from 28 of these 56 pictures" in named(window, "state of the calibration").text()
    button(window, "also pictures it has learnt from").click()
    qtbot.mouseClick(button(window, "Start"), Qt.MouseButton.LeftButton)
    settled()
    assert any("28 of the pictures were learnt from" in text for text in texts(window))
    assert "with temperature" in named(window, "state of the calibration").text()
    table = named(window, "calibration class by class")
    rows = [[table.item(row, column).text() for column in (0, 1)] for row in range(table.rowCount())]
    classes = ("glioma", "meningioma", "no_tumour", "pituitary")
    assert rows == [["all answers", "56"], *([name, "14"] for name in classes)]
    table.selectRow(1)
    diagram = named(window, "reliability diagram")
    assert diagram.getAxis("bottom").labelText == "probability of glioma"
    assert not any("calibrated; with 90 %" in text for text in texts(window))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "kept"))
    qtbot.mouseClick(button(window, "Save…"), Qt.MouseButton.LeftButton)
    settled()
    record = json.loads((tmp_path / "kept" / "calibrate.recipe.json").read_text())
    assert {"--force", "--alpha", "--report-only", "first kind=glioma"} <= set(record["command"])
    assert json.loads((tmp_path / "kept" / "calibration.json").read_text())["pictures"] == 56

    qtbot.mouseClick(button(window, "Keep in the card"), Qt.MouseButton.LeftButton)
    settled()
    assert any(text.startswith("calibrated; with 90 %: glioma") for text in texts(window))
    qtbot.mouseClick(button(window, "Remove"), Qt.MouseButton.LeftButton)
    settled()
    assert not any("calibrated; with 90 %" in text for text in texts(window))
    assert "Remove" not in in_sight(window)

    # The same pictures are what is usual, and the answer on show is asked for anew.
    assert "nearest training pictures" not in in_sight(window)
    button(window, "with thumbnails").click()
    qtbot.mouseClick(button(window, "Learn what is usual"), Qt.MouseButton.LeftButton)
    settled()
    assert "notices pictures unlike these" in named(window, "state of the calibration").text()
    assert "What is usual is known from 56 pictures of hard." in "\n".join(texts(window))
    window.open_pictures([tmp_path / "noise.png"])
    settled()
    assert named(window, "nearest training pictures").pixmap().width() == 4 * 48
