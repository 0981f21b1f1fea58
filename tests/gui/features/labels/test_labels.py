"""What the pictures really show, as a person sees it beside what the model says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

import resources
from gui.main_window import MainWindow
from gui.panels.status_line import StatusLine
from tests.gui.drops import drop
from tests.gui.hands import Settled, button, named, press

# What the demo says of its first pictures: glioma, pituitary, meningioma …
PICTURES = sorted(resources.path("demo").glob("*.png"))[:4]


@pytest.fixture
def sorted_pictures(tmp_path: Path) -> Path:
    """Four pictures of the demo: the first in the folder of its class, the second in a wrong one, two without."""
    for name, picture in zip(("glioma", "no_tumour", "other", "other"), PICTURES, strict=True):
        (tmp_path / name).mkdir(exist_ok=True)
        shutil.copy(picture, tmp_path / name)
    return tmp_path


def tiles(window: MainWindow) -> list[str]:
    """What a screen reader says of each tile, top down."""
    grid = window.browser.focusProxy()
    assert isinstance(grid, QAbstractItemView)
    model = grid.model()
    return [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)).replace("\n", ", ")
        for row in range(model.rowCount())
    ]


def badges(window: MainWindow) -> list[str]:
    shown = (each for each in window.canvas.heading.findChildren(QLabel) if each.property("badge"))
    return [each.text() for each in shown if each.isVisible()]


def show_only(window: MainWindow) -> QComboBox:
    return next(each for each in window.browser.findChildren(QComboBox) if each.accessibleName() == "Show")


def pick(box: QComboBox, words: str) -> None:
    box.setCurrentIndex(next(row for row in range(box.count()) if box.itemText(row).startswith(words)))


def count(window: MainWindow) -> str:
    label = window.browser.findChild(QLabel, "count")
    assert isinstance(label, QLabel)
    return label.text()


def history(window: MainWindow) -> str:
    return "\n".join(window.jobs.history.item(row).text() for row in range(window.jobs.history.count()))


def test_folders_say_what_is_right_and_all_pictures_can_be_predicted(
    window: MainWindow, settled: Settled, sorted_pictures: Path, qtbot: QtBot
) -> None:
    window.open_model("demo")
    drop(window, sorted_pictures)
    settled()
    assert badges(window) == ["✓ right"]
    window.browser.choose(window.browser.paths()[:3])
    window.menus.actions["Predict selecte&d pictures"].trigger()
    settled()
    assert [" 0." in each for each in tiles(window)] == [True, True, True, False]
    window.menus.actions["Predict &all pictures"].trigger()
    settled()
    qtbot.wait(400)
    said = tiles(window)
    assert said[0].startswith("P0132.png, glioma 0.9")
    assert said[0].endswith("label glioma · right")
    assert said[1].endswith("label no_tumour · wrong")
    assert all(" 0.9" in each or " 0." in each for each in said), "a picture has no prediction"
    assert "label" not in said[2]

    box = show_only(window)
    assert [box.itemText(row) for row in range(box.count())] == ["All", "Wrong (1)", "Right (1)", "No label (2)"]
    pick(box, "Wrong")
    assert [each.split(",")[0] for each in tiles(window)] == [PICTURES[1].name]
    assert count(window) == "1 of 4"
    window.browser.select(sorted_pictures / "no_tumour" / PICTURES[1].name)
    settled()
    assert badges(window) == ["✗ label no_tumour"]
    pick(box, "No label")
    assert [each.split(",")[0] for each in tiles(window)] == [each.name for each in PICTURES[2:]]
    pick(box, "All")
    assert len(tiles(window)) == 4


def test_a_filter_says_how_many_pictures_it_cannot_know_yet(
    window: MainWindow, settled: Settled, sorted_pictures: Path, qtbot: QtBot
) -> None:
    window.open_model("demo")
    drop(window, sorted_pictures)
    settled()
    window.menus.actions["Open &demo"].trigger()
    settled()
    line = next(each for each in window.browser.findChildren(QLineEdit) if each.accessibleName() == "Filter")
    line.setText("meningioma")
    unknown = sum(" 0." not in each for each in tiles(window))
    assert "not predicted yet" in count(window)
    assert unknown == 0
    window.menus.actions["Predict &all pictures"].trigger()
    settled()
    qtbot.wait(400)
    assert "not predicted yet" not in count(window)


def test_a_table_is_chosen_in_the_menu_remembered_and_its_troubles_are_said(
    window: MainWindow, settled: Settled, sorted_pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = sorted_pictures / "truth & more.csv"
    table.write_text(f"file,label\n{PICTURES[0].name},meningioma\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    window.open_model("demo")
    drop(window, sorted_pictures)
    settled()
    action = window.menus.actions["table"]
    action.trigger()
    settled()
    assert badges(window) == ["✗ label meningioma"]
    assert action.isChecked()
    assert action.text() == "From &table truth && more.csv…"
    assert window.session.labels == str(table)
    table.write_text(f"file,label\n{PICTURES[0].name},nonsense\n")
    action.trigger()
    settled()
    assert "holds the label 'nonsense'" in history(window)
    assert badges(window) == []
    # What it means is said in the window, and taken back.
    window.menus.actions["&What they mean…"].trigger()
    (row,) = named(window, "what labels mean").rows
    assert row.pair() == ("nonsense", "")
    row.value.setCurrentText("glioma")
    row.value.activated.emit(0)
    settled()
    assert badges(window) == ["✓ right"]
    window.menus.actions["undo"].trigger()
    settled()
    assert badges(window) == []
    assert [each.pair() for each in named(window, "what labels mean").rows] == [("nonsense", "")]
    button(window, "Close").click()
    window.menus.actions["folders"].trigger()
    settled()
    assert badges(window) == ["✓ right"]
    window.menus.actions["no labels"].trigger()
    settled()
    assert badges(window) == []
    assert not show_only(window).isVisible()


@pytest.mark.parametrize("answer", ["Use as labels", "Cancel"])
def test_a_table_that_is_dropped_is_offered_as_labels(
    window: MainWindow, settled: Settled, sorted_pictures: Path, answer: str
) -> None:
    table = sorted_pictures / "labels.csv"
    table.write_text(f"file,label\n{PICTURES[0].name},meningioma\n")
    window.open_model("demo")
    drop(window, sorted_pictures, table)
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "labels.csv" in box.text()
    next(each for each in box.findChildren(QPushButton) if each.text().replace("&", "") == answer).click()
    settled()
    assert badges(window) == (["✗ label meningioma"] if answer == "Use as labels" else ["✓ right"])


def test_an_untrained_network_says_so_wherever_its_answers_are_seen(
    window: MainWindow, settled: Settled, pictures: list[Path]
) -> None:
    window.offer_zoo()
    box = next(each for each in window.model_panel.findChildren(QComboBox) if each.accessibleName() == "model")
    assert "cnn-2 · untrained" in [box.itemText(row) for row in range(box.count())]
    drop(window, pictures[0])
    window.open_model("zoo:cnn-2")
    settled()

    def warned() -> list[bool]:
        panels = (window.canvas.heading, window.model_panel, window.prediction)
        return [
            any(each.isVisibleTo(window) and each.text() == "random weights" for each in panel.findChildren(QLabel))
            for panel in panels
        ]

    assert warned() == [True] * 3
    window.open_model("demo")
    settled()
    assert warned() == [False] * 3


def test_predicting_all_without_a_model_says_why_nothing_comes(shown: MainWindow) -> None:
    press(shown, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    line = shown.statusBar()
    assert isinstance(line, StatusLine)
    assert line.text() == "No model is open yet; ask again when one is."
