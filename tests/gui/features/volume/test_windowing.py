"""Window and level on the screen, which the network never hears of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.volume.hands import (
    ct,
    drag_right,
    grey,
    wheel,
)
from tests.gui.hands import Settled, named


def test_a_drag_with_the_right_button_windows_what_is_seen_and_nothing_else(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    drop(window, ct(tmp_path / "ct.dcm"))
    settled()
    said = named(window, "window on the screen")
    assert said.text() == "own · W 1000 L 0"
    assert "network" in said.toolTip()
    picture, before = window.explaining.picture, grey(window, 24, 16)
    assert picture is not None
    fed = picture.levels()
    drag_right(window, QPoint(-150, -30))
    assert said.text() == "dragged · W 500 L −100"
    assert grey(window, 24, 16) > before
    assert QApplication.activePopupWidget() is None, "a menu after a drag"
    assert window.explaining.picture is picture
    assert np.array_equal(picture.levels(), fed)
    wheel(window, -1)
    settled()
    assert said.text() == "dragged · W 500 L −100", "the next slice is seen in the same way"


def test_a_right_click_without_a_drag_opens_the_menu(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, ct(tmp_path / "ct.dcm"))
    settled()
    drag_right(window, QPoint())
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    assert named(window, "window on the screen").text() == "own · W 1000 L 0"


def test_windows_for_organs_are_offered_for_hounsfield_units_only(
    window: MainWindow, settled: Settled, tmp_path: Path, scan: Path
) -> None:
    drop(window, ct(tmp_path / "ct.dcm"))
    settled()
    said = named(window, "window on the screen")
    offered = {each.text(): each for each in said.menu().actions() if each.isVisible()}
    assert len(offered) == 6
    offered["Brain (W 80 L 40 HU)"].trigger()
    assert said.text() == "brain · W 80 L 40"
    assert grey(window, 24, 16) == 255
    assert grey(window, 8, 16) == 0
    offered["The file's own"].trigger()
    assert said.text() == "own · W 1000 L 0"
    drop(window, scan)
    settled()
    assert said.text().startswith("own · ")
    assert [each.text() for each in said.menu().actions() if each.isVisible()] == [
        "The file's own",
        "Automatic, of this slice",
    ]
