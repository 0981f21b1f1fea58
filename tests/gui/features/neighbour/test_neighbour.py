"""The nearest picture of another class and concepts in the window, on the demo."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

import resources
from gui.main_window import MainWindow
from tests.gui.drops import drop, let_go
from tests.gui.hands import Settled, button, named, texts
from tfcore.data import phantom


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Phantoms of four classes, and among the pituitary ones all but the demo's first picture."""
    phantom.write(tmp_path / "data", n=48, size=128, seed=3)
    (tmp_path / "data" / "phantoms.csv").unlink()
    first = cv2.imread(str(resources.path("demo") / "P0132.png"), cv2.IMREAD_GRAYSCALE)
    cv2.imwrite(str(tmp_path / "data" / "pituitary" / "planted.png"), first // 8 * 8)
    return tmp_path / "data"


def test_from_a_picture_to_its_nearest_of_another_class_and_to_concepts(
    window: MainWindow, settled: Settled, data: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    window.open_demo()
    settled()
    window.menus.actions["&Nearest of another class…"].trigger()
    place = window.docks["Nearest of another class"]
    assert not button(place, "Find").isEnabled()
    drop(named(place, "data set").parentWidget(), data)
    settled()
    qtbot.mouseClick(button(place, "Find"), Qt.MouseButton.LeftButton)
    settled()
    words = named(place, "nearest of another class").text()
    assert words.startswith("A pituitary at a distance of ")
    assert words.endswith("Both heats are for glioma.")
    mine, other = (named(place, name) for name in ("the picture asked about", "its nearest of another class"))
    assert (Path(mine.toolTip().split("\n")[0]).name, Path(other.toolTip().split("\n")[0]).name) == (
        "P0132.png",
        "planted.png",
    )
    # All but the same picture, with all but the same heat.
    left, right = (each.grab().toImage().scaled(60, 60) for each in (mine, other))
    apart = [left.pixelColor(x, 40).red() - right.pixelColor(x, 40).red() for x in range(60)]
    assert max(map(abs, apart)) < 60
    qtbot.mouseClick(button(place, "Export panel…"), Qt.MouseButton.LeftButton)
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    dialog.reject()
    qtbot.mouseClick(button(place, "Open it"), Qt.MouseButton.LeftButton)
    settled()
    assert Path(window.browser.current() or "").name == "planted.png"

    # Does "glioma" depend on what no_tumour shows? Folders as concepts, and random ones to compare with.
    window.menus.actions["Test with &concepts…"].trigger()
    place = window.docks["Concepts"]
    assert "Name a folder of pictures of the class" in texts(place)
    for name, folder in (("pictures of the class", "glioma"), ("random pictures", "")):
        drop(named(place, name).parentWidget(), data / folder)
    let_go(named(place, "concepts"), data / "no_tumour")
    assert named(place, "concepts").item(0).text() == "no_tumour"
    qtbot.mouseClick(button(place, "Test"), Qt.MouseButton.LeftButton)
    settled()
    table = named(place, "concepts tested")
    said = {table.horizontalHeaderItem(at).text(): table.item(0, at).text() for at in range(table.columnCount())}
    assert said["concept"] == "no_tumour"
    assert 0 <= float(said["p (Holm)"]) <= 1
    assert named(place, "concepts in words").text().startswith("Glioma ")
