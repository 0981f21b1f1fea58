"""A figure is composed with mouse and keys, saved, taken back step by step, and opened again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QSpinBox, QWidget

from gui.main_window import MainWindow
from tests.gui.hands import Settled, button, named, press, texts
from tests.shared import telling

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def composing(window: MainWindow, settled: Settled, demo: object) -> MainWindow:
    """The composer on show, with the heatmap of the first picture in it."""
    window.resize(1280, 800)
    press(window, "F", Held.ControlModifier | Held.ShiftModifier)
    press(window, Key.Key_6, Held.ControlModifier)
    settled()
    return window


def drop_listed(window: MainWindow, on: QWidget, rows: list[int], at: QPoint | None = None) -> None:
    """Pictures of the list, dragged to a place."""
    model = named(window, "pictures").model()
    dragged = model.mimeData([model.index(row, 0) for row in rows])
    point = QPointF(at or on.rect().bottomRight())
    buttons = Qt.MouseButton.LeftButton
    on.dropEvent(QDropEvent(point, Qt.DropAction.CopyAction, dragged, buttons, Held.NoModifier))


def recipe(window: MainWindow, settled: Settled, path: Path, monkeypatch: pytest.MonkeyPatch) -> dict:
    """What is saved, read again: the whole record."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "PNG (*.png)"))
    QTest.mouseClick(button(window, "Save…"), Qt.MouseButton.LeftButton)
    settled()
    found: dict = json.loads(path.with_suffix(".json").read_text())
    return found


def shown(found: dict) -> list[list[str]]:
    """The pictures in the cells."""
    names = [Path(item["picture"]["path"]).stem for item in found["items"]]
    return [[names[cell["item"]] if cell else "" for cell in row] for row in found["figure"]["composition"]["cells"]]


def middle(sheet: QWidget, across: float, down: float) -> QPoint:
    return QPoint(round(across * sheet.width()), round(down * sheet.height()))


def drag(sheet: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(sheet, (start + end) / 2)
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=end)


def test_from_the_first_cell_to_the_file_and_back(
    composing: MainWindow, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, figure = composing, tmp_path / "figure.png"
    sheet = named(window, "figure")

    def saved() -> dict:
        return recipe(window, settled, figure, monkeypatch)

    # From the list into the figure; then the first one is taken to the place of the second.
    drop_listed(window, sheet, [1, 2])
    settled()
    first, second, third = (Path(path).stem for path in window.browser.paths()[:3])
    assert shown(saved()) == [[first, second, third]]
    assert any("180 × " in text for text in texts(window))
    drag(sheet, middle(sheet, 0.15, 0.4), middle(sheet, 0.45, 0.4))
    settled()
    assert shown(saved()) == [[second, first, third]]
    # By keys: picked, taken to the right, back, and out.
    sheet.setFocus()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=middle(sheet, 0.15, 0.4))
    press(window, Key.Key_Right, Held.ControlModifier)
    settled()
    assert shown(saved()) == [[first, second, third]]
    sheet.setFocus()
    press(window, Key.Key_Right, Held.AltModifier)
    press(window, Key.Key_Right, Held.AltModifier)
    press(window, Key.Key_Delete)
    settled()
    assert shown(saved()) == [[first, second]]
    # Three steps back, one forth.
    for _ in range(3):
        press(window, Key.Key_Z, Held.ControlModifier)
    settled()
    assert shown(saved()) == [[first, second, third]]
    press(window, Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)
    settled()
    assert shown(saved()) == [[second, first, third]]
    # A part of a picture, words with an arrow, a title with fields, a letter style, two beside each other.
    QTest.mouseClick(button(window, "Part"), Qt.MouseButton.LeftButton)
    drag(sheet, middle(sheet, 0.06, 0.3), middle(sheet, 0.16, 0.6))
    settled()
    QTest.mouseClick(button(window, "Words"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(named(window, "words on the picture"), "lesion")
    drag(sheet, middle(sheet, 0.4, 0.3), middle(sheet, 0.5, 0.6))
    settled()
    # An inset by keys: into the middle, nearer, and to the right.
    QTest.mouseClick(button(window, "Inset"), Qt.MouseButton.LeftButton)
    sheet.setFocus()
    for key, held in (
        (Key.Key_Return, 0),
        (Key.Key_Plus, 0),
        (Key.Key_Right, Held.ControlModifier | Held.ShiftModifier),
    ):
        press(window, key, held or Held.NoModifier)
    settled()
    titles = named(window, "titles")
    titles.setFocus()
    titles.selectAll()
    QTest.keyClicks(titles, "{picture}: {predicted} {p:.1f}")
    QTest.keyClick(titles, Key.Key_Return)
    boxes: dict[str, str] = {
        "letters": "A",
        "scale": "figure",
        "paper": "dark",
        "column of the journal": "one and a half",
    }
    for name, value in boxes.items():
        box: QComboBox = named(window, name)
        box.setCurrentText(value)
    numbers = {"cells across": 2, "size of the text": 9, "height of a page": 200}
    for name, value in numbers.items():
        number: QSpinBox = named(window, name)
        number.setValue(value)
    settled()
    found = saved()
    made, cells = found["figure"]["composition"], found["figure"]["composition"]["cells"]
    assert shown(found) == [[second, first], [third]]
    left, top, right, bottom = cells[0][0]["crop"]
    assert 0 <= left < right < 0.6
    assert 0 < top < bottom < 1
    assert cells[0][1]["notes"][0]["text"] == "lesion"
    assert cells[0][1]["inset"] == pytest.approx([0.32, 0.3, 0.72, 0.7])
    assert (made["letters"], made["scale"], made["paper"], found["figure"]["width_mm"]) == ("A", "figure", "dark", 120)
    assert (found["figure"]["text_size"], made["height_mm"]) == (9, 200)
    # Empty, and opened again: the maps are computed anew and the file is the same.
    before = figure.read_bytes()
    QTest.mouseClick(button(window, "Clear"), Qt.MouseButton.LeftButton)
    settled()
    assert not button(window, "Save…").isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(figure.with_suffix(".json")), ""))
    QTest.mouseClick(button(window, "Open…"), Qt.MouseButton.LeftButton)
    settled()
    saved()
    assert figure.read_bytes() == before
    # It is in the session, which is saved by itself and comes back with it.
    work = tmp_path / "work.heatlens"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(work), ""))
    window.menus.actions["Save sess&ion as…"].trigger()
    copied = Path(shutil.copy(work, tmp_path / "copy.heatlens"))
    QTest.mouseClick(button(window, "Clear"), Qt.MouseButton.LeftButton)
    window.sessions.open(copied)
    settled()
    saved()
    assert figure.read_bytes() == before


def test_a_title_that_cannot_be_is_told_and_changes_nothing(composing: MainWindow) -> None:
    titles = named(composing, "titles")
    titles.setFocus()
    titles.selectAll()
    QTest.keyClicks(titles, "{wrong}")
    QTest.keyClick(titles, Key.Key_Return)
    assert any("no field {wrong}" in text for text in texts(composing))


def templates(window: MainWindow) -> dict[str, QAction]:
    menu: QMenu = button(window, "Template").menu()  # type: ignore[attr-defined]
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


@pytest.mark.parametrize(
    ("title", "rows", "columns"),
    telling(
        ["Layer by layer"],
        [
            ("Layer by layer", [], ["input", "stage1", "stage2"]),
            ("Weights drawn anew, layer by layer", ["cascading", "independent"], ["trained", "head", "stage4"]),
        ],
    ),
)
def test_a_figure_as_papers_have_it_is_one_click(
    title: str,
    rows: list[str],
    columns: list[str],
    composing: MainWindow,
    settled: Settled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = composing
    greyed = "Truth, prediction, uncertainty: the model in use does not segment"
    assert not templates(window)[greyed].isEnabled()
    templates(window)[title].trigger()
    settled()
    made = recipe(window, settled, tmp_path / "made.png", monkeypatch)["figure"]["composition"]
    assert made["rows"] == rows
    assert made["columns"][:3] == columns
    # A column by its name, and one step further by keys: what stands below goes with it.
    sheet = named(window, "figure")
    drag(sheet, middle(sheet, 0.1, 0.02), middle(sheet, 0.3, 0.5))
    settled()
    sheet.setFocus()
    press(window, Key.Key_Right, Held.ControlModifier | Held.AltModifier)
    settled()
    gone = recipe(window, settled, tmp_path / "gone.png", monkeypatch)["figure"]["composition"]
    assert gone["columns"][:3] == [*columns[1:], columns[0]]
    for before, after in zip(made["cells"], gone["cells"], strict=True):
        assert after[:3] == [*before[1:3], before[0]]
    # Three steps back.
    for _ in range(3):
        press(window, Key.Key_Z, Held.ControlModifier)
    settled()
    assert len(shown(recipe(window, settled, tmp_path / "before.png", monkeypatch))[0]) == 1
    # And the map is cited.
    window.menus.actions["How to cite this map"].trigger()
    settled()
    assert QGuiApplication.clipboard().text().startswith("@inproceedings{selvaraju2017,")


@pytest.mark.slow
def test_what_shows_no_heatmaps_is_made_beside_the_figures_with_its_tables(
    composing: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    window = composing
    window.home.exports = str(tmp_path)
    templates(window)["Pictures that filters would like to see"].trigger()
    settled()
    folder = tmp_path / "made-pictures-demo"
    assert {file.name for file in folder.iterdir()} >= {"maximised.png", "maximise.recipe.json"}
