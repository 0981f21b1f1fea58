"""Predicted and real classes against each other, as a person sees and clicks them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QTableWidget
from pytestqt.qtbot import QtBot

import resources
from gui.main_window import MainWindow
from tests.gui.hands import Settled, button, made_again, named, press

# What the demo says of its first pictures: glioma, pituitary, meningioma.
PICTURES = sorted(resources.path("demo").glob("*.png"))[:3]


@pytest.fixture
def judged(window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Two pictures in the folders of their classes, one in a wrong one; all predicted, the matrix on show."""
    for name, picture in zip(("glioma", "pituitary", "glioma"), PICTURES, strict=True):
        (tmp_path / name).mkdir(exist_ok=True)
        shutil.copy(picture, tmp_path / name)
    window.resize(1280, 800)
    window.open_model("demo")
    window.open_pictures([tmp_path])
    settled()
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(button(window, "Predict all"), Qt.MouseButton.LeftButton)
    settled()
    qtbot.waitUntil(lambda: named(window, "how often the model is right").text().startswith("2 of 3"))
    return window


def names(window: MainWindow) -> list[str]:
    return [Path(path).name for path in window.browser.shown()]


def click(table: QTableWidget, row: int, column: int, qtbot: QtBot) -> None:
    middle: QPoint = table.visualItemRect(table.item(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_a_click_on_a_number_lists_its_pictures(judged: MainWindow, qtbot: QtBot) -> None:
    table = named(judged, "confusion matrix")
    assert [table.verticalHeaderItem(row).text() for row in range(4)] == [
        *("glioma", "meningioma", "no_tumour", "pituitary"),
    ]
    assert [table.item(0, column).text() for column in range(5)] == ["1", "1", "·", "·", "50%"]
    click(table, 0, 1, qtbot)
    assert names(judged) == [PICTURES[2].name]
    show = named(judged, "Show")
    assert show.currentText() == "glioma as meningioma (1)"
    # A cell of nothing changes nothing.
    click(table, 1, 0, qtbot)
    assert names(judged) == [PICTURES[2].name]
    qtbot.mouseClick(button(judged, "Show all"), Qt.MouseButton.LeftButton)
    assert len(names(judged)) == 3
    assert show.currentText() == "All"
    # What the next session hears of is a list that it can show.
    click(table, 0, 1, qtbot)
    assert judged.browser.look()["only"] == ""


def test_the_table_has_a_row_per_picture(
    judged: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, settled: Settled
) -> None:
    path = tmp_path / "tables" / "said.csv"
    path.parent.mkdir()
    judged.session.opened = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(button(judged, "Save CSV…"), Qt.MouseButton.LeftButton)
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {(Path(row["path"]).name, row["predicted"], row["label"], row["right"]) for row in rows} == {
        (PICTURES[0].name, "glioma", "glioma", "True"),
        (PICTURES[1].name, "pituitary", "pituitary", "True"),
        (PICTURES[2].name, "meningioma", "glioma", "False"),
    }
    assert all(float(row[f"p_{row['predicted']}"]) > 0.5 for row in rows)
    # It can be made again elsewhere.
    settled()
    assert "the same bytes" in made_again(judged, path, tmp_path / "deep" / "again", settled, monkeypatch)
