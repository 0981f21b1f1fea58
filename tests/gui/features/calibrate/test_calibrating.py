"""Calibration in the window: from pictures with labels to bars that say so, and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import resources
from gui.main_window import MainWindow
from tests.gui.hands import Settled, button, in_sight, named, press, texts
from tfcore.data import phantom


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    phantom.write(tmp_path / "hard", n=56, size=128, seed=5, difficulty=0.9)
    return tmp_path / "hard"


def test_from_labels_to_bars_that_say_so_and_back(
    window: MainWindow, settled: Settled, hard: Path, tmp_path: Path, qtbot: QtBot
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
    qtbot.mouseClick(button(window, "Start"), Qt.MouseButton.LeftButton)
    settled()
    assert "with temperature" in named(window, "state of the calibration").text()
    table = named(window, "calibration class by class")
    assert [table.item(row, 0).text() for row in range(4)] == ["glioma", "meningioma", "no_tumour", "pituitary"]
    assert not any("calibrated; with 90 %" in text for text in texts(window))

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
