"""The bench in the window: from a data set to numbers, from a number to the picture behind it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QListWidget, QTabBar, QTableWidget
from pytestqt.qtbot import QtBot

from gui.features.compare.panel import ComparePanel
from gui.main_window import MainWindow
from gui.panels.table_box import TableBox
from tests.gui.engines import Silent
from tests.gui.features.train.samples import FACTS
from tests.gui.hands import Settled, button, in_sight, named, press
from tests.gui.panels.samples import INFO
from tfcore import review
from tfcore.data.phantom import write


@pytest.fixture(scope="module")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four phantoms with the masks of their lesions."""
    return write(tmp_path_factory.mktemp("evaluated") / "four", n=4, size=64, seed=3).parent


def entries(ticks: QListWidget) -> list[str]:
    return [ticks.item(row).text() for row in range(ticks.count())]


def tick(ticks: QListWidget, words: str, qtbot: QtBot) -> None:
    """Click the line of a list that begins with these words."""
    item = next(ticks.item(row) for row, text in enumerate(entries(ticks)) if text.startswith(words))
    ticks.scrollToItem(item)
    qtbot.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=ticks.visualItemRect(item).center())


def click_cell(table: QTableWidget, row: int, column: int, qtbot: QtBot) -> None:
    table.scrollToItem(table.item(row, column))
    middle = table.visualItemRect(table.item(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def turn_to(window: MainWindow, bar: str, page: int, qtbot: QtBot) -> None:
    tabs: QTabBar = named(window, bar)
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(page).center())


def said(window: MainWindow, what: str) -> str:
    label: QLabel = named(window, what)
    return label.text()


def choose_data(window: MainWindow, folder: Path, qtbot: QtBot, typed: str = "") -> None:
    lines = [
        each for each in window.findChildren(QLineEdit) if each.accessibleName() == "data set" and each.isVisible()
    ]
    qtbot.keyClick(lines[0], Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(lines[0], str(folder))
    assert not typed or said(window, "state of the evaluation") == typed
    qtbot.keyClick(lines[0], Qt.Key.Key_Return)


@pytest.fixture
def bench(window: MainWindow, settled: Settled, phantoms: Path, qtbot: QtBot) -> MainWindow:
    """The demo model, and the panel with the phantoms chosen."""
    window.resize(1280, 900)
    window.open_demo()
    settled()
    press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    choose_data(window, phantoms, qtbot)
    qtbot.waitUntil(lambda: said(window, "state of the evaluation") == "Ready to start.", timeout=30_000)
    return window


def test_from_a_data_set_to_the_picture_behind_a_number_and_back_from_its_folder(
    bench: MainWindow,
    settled: Settled,
    phantoms: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    assert "Masks: of every picture" in " ".join(label.text() for label in bench.findChildren(QLabel))
    metrics = named(bench, "metrics")
    for name in ("aopc", "max-sensitivity", "iou"):
        tick(metrics, name, qtbot)
        # The list stays where it is: the next click meets what was seen there.
        (line,) = metrics.findItems(name, Qt.MatchFlag.MatchExactly)
        assert metrics.viewport().rect().contains(metrics.visualItemRect(line).center())
    tick(named(bench, "methods"), "saliency", qtbot)
    tick(named(bench, "layers"), "stage3", qtbot)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "scores"))
    (tmp_path / "scores").mkdir()
    qtbot.mouseClick(named(bench, "Choose a folder for the tables"), Qt.MouseButton.LeftButton)
    settled()
    cost = said(bench, "cost of the evaluation")
    assert cost.startswith("about ")
    assert "4 pictures × 1 model × 2 maps × 2 metrics" in cost

    qtbot.mouseClick(button(bench, "Start"), Qt.MouseButton.LeftButton)
    settled()
    assert said(bench, "state of the evaluation").startswith("Evaluated: 4 pictures · tables in ")
    table = named(bench, "methods and metrics")
    heads = [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]
    assert heads == ["deletion ↓", "iou ↑"]
    assert [table.verticalHeaderItem(row).text() for row in range(2)] == ["grad-cam · stage3", "saliency · input"]
    numbers = [[table.item(row, column).text() for column in range(2)] for row in range(2)]
    assert all(0 <= float(number) <= 1 for row in numbers for number in row)

    # A number leads to its pictures, the worst first, and those without one last.
    click_cell(table, 0, 1, qtbot)
    assert said(bench, "the cell in words").startswith("grad-cam · stage3 · iou: mean 0.")
    pictures = named(bench, "pictures behind the cell")
    values = [float(text.split()[0]) for text in entries(pictures) if text[0].isdigit()]
    assert len(values) == 3
    assert values == sorted(values)
    assert entries(pictures)[3].startswith("nothing marked")

    # A picture leads to its explanation.
    worst = entries(pictures)[0].split()[-1]
    item = pictures.item(0)
    qtbot.mouseClick(pictures.viewport(), Qt.MouseButton.LeftButton, pos=pictures.visualItemRect(item).center())
    settled()
    assert bench.canvas.heading.title.whole().startswith(worst)
    assert named(bench, "method").currentText() == "grad-cam"
    assert named(bench, "layer").currentText().startswith("stage3")

    # The list can be seen in their order.
    wanted = [text.split()[-1] for text in entries(pictures)[:3]]
    bench.open_pictures([phantoms])
    settled()
    part = named(bench, "Show")
    part.setCurrentIndex(part.findText("iou · grad-cam · stage3 (3)"))
    assert [Path(path).name for path in bench.browser.shown()] == wanted
    part.setCurrentIndex(0)
    # Or all of it in their order, and narrowed by the number itself.
    order, line = named(bench, "Sort"), named(bench, "Filter")
    order.setCurrentIndex(order.findText("iou · grad-cam · stage3"))
    assert [Path(path).name for path in bench.browser.shown()][:3] == wanted
    assert len(bench.browser.shown()) == 4
    line.setText(f"iou<={values[0] + 0.001:.3f}")
    assert [Path(path).name for path in bench.browser.shown()] == wanted[:1]
    line.clear()
    assert bench.browser.look()["order"] == "name"

    turn_to(bench, "behind the cells", 2, qtbot)
    assert re.search("iou: (grad-cam at stage3|saliency at input) is best", said(bench, "what comes first"))
    turn_to(bench, "behind the cells", 1, qtbot)
    click_cell(table, 1, 0, qtbot)
    assert said(bench, "curves").startswith("<b>deletion</b>")
    assert "saliency&nbsp;·&nbsp;input" in said(bench, "curves")
    # In probabilities, not in thousandths of them.
    assert [named(bench, "the curves").getAxis(side).label.toPlainText().strip() for side in ("bottom", "left")] == [
        "share of the picture",
        "probability",
    ]
    # The command that makes the tables again lies beside them.
    told = json.loads((tmp_path / "scores" / "evaluate.recipe.json").read_text())
    assert {"--methods", "grad-cam,saliency", "--layers", "stage3"} <= set(told["command"])
    assert "summary.csv" in told["files"]

    # Another window finds all of it in the folder.
    click_cell(table, 1, 1, qtbot)
    before = said(bench, "the cell in words")
    qtbot.mouseClick(button(bench, "Open finished…"), Qt.MouseButton.LeftButton)
    settled()
    assert [[table.item(row, column).text() for column in range(2)] for row in range(2)] == numbers
    assert said(bench, "the cell in words") == before
    assert said(bench, "state of the evaluation").startswith("Evaluated: 4 pictures")
    # What keeps the next one from its start is said, too.
    turn_to(bench, "evaluation", 0, qtbot)
    for name in ("grad-cam", "saliency"):
        tick(named(bench, "methods"), name, qtbot)
    assert said(bench, "state of the evaluation") == "Tick methods first."


def test_what_was_set_up_is_there_again_after_a_restart(
    silent: Silent, phantoms: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    file = review.write(review.Session(), tmp_path / "session.json")
    facts = {**FACTS, "pictures": 4, "marked": 4, "classes": {"glioma": 3, "Hypophyse": 1}}

    def started() -> MainWindow:
        window = MainWindow(silent, review.read(file) if file.exists() else review.Session())
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        return window

    def answered() -> None:
        silent.answer(silent.last("open_model"), INFO)
        silent.answer(silent.last("describe_data"), facts)

    first = started()
    first.opening.open(INFO.source)
    choose_data(first, phantoms, qtbot)
    answered()
    # One more model, while the first stays the one in use.
    add = named(first, "add a model")
    add.activated.emit(add.findText("Demo: segmentation"))
    other = replace(INFO, name="demo-segmentation", source="demo-segmentation", classes=("glioma", "none", "Hypophyse"))
    silent.answer(silent.last("open_model"), other)
    assert (first.opening.info, add.currentText()) == (INFO, "")
    assert "demo-segmentation" in entries(named(first, "models"))
    assert "demo-segmentation" in entries(first.findChild(ComparePanel).models)
    # To look at it is no change of what is measured.
    first.opening.use(first.opening.known["demo-segmentation"])
    assert len(first.session.evaluation["models"]) == 2
    first.opening.use(first.opening.known[INFO.source])
    # A label that is none of the classes of one of them is asked about, where that is needed.
    asking = "Say which class slices:Hypophyse means first: aopc asks what is answered rightly."
    assert said(first, "state of the evaluation") == asking
    (row,) = first.findChild(TableBox).rows
    row.value.setCurrentText("(no class)")
    row.value.activated.emit(0)
    assert said(first, "state of the evaluation") == "Ready to start."
    # What was said of a model holds while that is measured.
    tick(named(first, "models"), "slices", qtbot)
    assert ("map" in first.session.evaluation, first.findChild(TableBox).rows) == (False, [])
    tick(named(first, "models"), "slices", qtbot)
    assert first.session.evaluation["map"] == {"slices:Hypophyse": ""}
    for ticks, words in (("layers", "stage1"), ("methods", "saliency"), ("metrics", "iou"), ("metrics", "aopc")):
        tick(named(first, ticks), words, qtbot)
    settings = named(first, "settings of")
    settings.setCurrentIndex(settings.findText("max-sensitivity"))
    qtbot.waitUntil(lambda: "samples" in in_sight(first))
    named(first, "samples").setValue(3)
    named(first, "folder of the tables").setText(str(tmp_path / "scores"))
    wanted = first.session.evaluation
    assert (wanted["params"], wanted["map"]) == ({"max-sensitivity": {"samples": 3}}, {"slices:Hypophyse": ""})
    review.write(first.remember(), file)
    first.close()

    second = started()
    second.opening.open(INFO.source)
    answered()
    # Nothing has to be ticked anew for that.
    qtbot.waitUntil(lambda: "4 pictures × 2 models × 2 maps × 3 metrics" in said(second, "cost of the evaluation"))
    qtbot.mouseClick(button(second, "Start"), Qt.MouseButton.LeftButton)
    asked = silent.last("evaluate").arguments
    assert {**asked, "models": [source for source, _ in asked["models"]]} == wanted
    assert (asked["layers"], asked["out"]) == (["stage1"], str(tmp_path / "scores"))
    assert asked["metrics"] == ["deletion", "iou", "max-sensitivity"]
    second.close()


def test_what_lacks_something_cannot_be_ticked_and_says_why(
    window: MainWindow, settled: Settled, tmp_path: Path, pictures: list[Path], qtbot: QtBot
) -> None:
    window.open_demo()
    settled()
    press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert said(window, "state of the evaluation") == "Choose a data set first."
    assert not button(window, "Start").isEnabled()
    choose_data(window, pictures[0].parent / "nowhere", qtbot, typed="Press Enter to have that data set looked at.")
    assert said(window, "state of the evaluation") == "The data set is being looked at."
    settled()
    assert said(window, "state of the evaluation") == "Choose another data set: this one cannot be used."
    choose_data(window, pictures[0].parent, qtbot)
    settled()
    metrics = named(window, "metrics")
    tick(metrics, "iou", qtbot)
    iou = next(metrics.item(row) for row, text in enumerate(entries(metrics)) if text == "iou")
    assert iou.checkState() == Qt.CheckState.Unchecked
    assert iou.toolTip() == "iou needs masks, and the data set has none"
    tick(named(window, "methods"), "grad-cam", qtbot)
    axiom = next(metrics.item(row) for row, text in enumerate(entries(metrics)) if text == "conservation-axiom")
    assert axiom.toolTip() == "conservation-axiom needs a method that weighs channels, such as grad-cam"
    assert said(window, "state of the evaluation") == "Tick methods first."


def test_cancelled_it_keeps_what_was_measured(bench: MainWindow, settled: Settled, qtbot: QtBot) -> None:
    for name in ("aopc", "max-sensitivity"):
        tick(named(bench, "metrics"), name, qtbot)
    # Ticked first and quick, then one that takes long.
    tick(named(bench, "metrics"), "complexity", qtbot)
    tick(named(bench, "metrics"), "sanity", qtbot)
    settings = named(bench, "settings of")
    settings.setCurrentIndex(settings.findText("sanity"))
    qtbot.waitUntil(lambda: "samples" in in_sight(bench))
    samples = named(bench, "samples")
    samples.setValue(samples.maximum())
    qtbot.mouseClick(button(bench, "Start"), Qt.MouseButton.LeftButton)
    table = named(bench, "methods and metrics")
    qtbot.waitUntil(lambda: table.rowCount() > 0 and table.columnCount() > 0, timeout=120_000)
    qtbot.mouseClick(button(bench, "Cancel"), Qt.MouseButton.LeftButton)
    settled()
    assert said(bench, "state of the evaluation").startswith(
        "Cancelled after 4 of 4 pictures; what was measured is kept"
    )
    assert float(table.item(0, 0).text()) > 0
    click_cell(table, 0, 0, qtbot)
    assert len(entries(named(bench, "pictures behind the cell"))) == 4
