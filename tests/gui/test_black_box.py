"""A model whose inside nobody sees, opened in the window: what it is, what can be asked of it, and what it answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMessageBox

from gui.main_window import MainWindow
from tests.black_boxes import onnx_file, saved_model
from tests.gui.drops import let_go
from tests.gui.hands import Settled, button, in_sight, named, texts
from tests.tfcore.models.test_black_boxes import reads_a_file


def choices(combo: QComboBox) -> dict[str, str]:
    """Which entries are grey, and what they say."""
    found = {}
    for row in range(combo.count()):
        index = combo.model().index(row, 0)
        if index.data(Qt.ItemDataRole.UserRole) and not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            found[index.data()] = index.data(Qt.ItemDataRole.ToolTipRole)
    return found


def test_a_saved_model_and_an_onnx_file_open_by_drop_and_dialog_and_are_asked(
    shown: MainWindow, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = saved_model(tmp_path / "saved"), onnx_file(tmp_path / "net.onnx")
    let_go(shown.browser, folder)
    settled()
    panel = shown.docks["Model"]
    assert "black box: signature serving_default of a SavedModel" in named(panel, "inside").toolTip()
    method = named(shown.docks["Method"], "method")
    grey = choices(method)
    assert method.currentText() == "occlusion"
    assert "grad-cam looks inside the network" in grey["grad-cam"]
    assert not {"rise", "lime", "flip"} & grey.keys()
    # Slow methods wait for the button.
    QTest.mouseClick(button(shown, "Explain"), Qt.MouseButton.LeftButton)
    settled()
    heat = shown.explaining.heat
    assert heat is not None
    assert (heat.method, heat.layer) == ("occlusion", "input")
    shown.menus.actions["La&yer by layer"].trigger()
    settled()
    assert "a black box shows no layers" in " ".join(texts(shown.docks["Layer by layer"]))
    shown.docks["How sure"].raise_()
    QApplication.processEvents()
    settled()
    QTest.mouseClick(button(shown.docks["How sure"], "Run 100 passes"), Qt.MouseButton.LeftButton)
    settled()
    sure = shown.docks["How sure"]
    assert "noise on the picture (σ = 0.1 of its range)" in " ".join(texts(sure))
    sigma = named(sure, "σ of the noise")
    sigma.setFocus()
    sigma.selectAll()
    QTest.keyClicks(sigma, "0.3\r")
    QTest.mouseClick(button(sure, "Run 100 passes"), Qt.MouseButton.LeftButton)
    settled()
    assert "noise on the picture (σ = 0.3 of its range)" in " ".join(texts(sure))
    # The other way in, and back to a model with layers.
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    shown.menus.actions["Open &model…"].trigger()
    settled()
    assert "black box: ONNX model" in named(panel, "inside").toolTip()
    shown.opening.open("demo")
    settled()
    assert (choices(method), method.currentText()) == ({}, "grad-cam")
    assert "inside" not in in_sight(panel)
    # Of a network that can be looked into, dropout is asked, or noise by a tick.
    noise = button(sure, "noise on the picture")
    assert (noise.isEnabled(), noise.isChecked()) == (True, False)
    shown.docks["Method"].raise_()
    method.setCurrentIndex(method.findData("flip"))
    settled()
    QTest.mouseClick(button(shown, "Explain"), Qt.MouseButton.LeftButton)
    settled()
    # What is found stands whole below the bars: the heading is too short for it.
    assert "super-pixel" in " ".join(texts(shown.docks["Prediction"]))


def test_a_graph_that_reads_files_is_asked_about_before_it_opens(
    shown: MainWindow, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(box: QMessageBox) -> int:
        asked.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", refuse)
    let_go(shown.browser, saved_model(tmp_path / "saved", reads_a_file))
    settled()
    assert "saved contains the operation" in asked[0]
    assert "that open without trust" in " ".join(texts(shown.docks["Model"]))
    assert QApplication.activeModalWidget() is None
