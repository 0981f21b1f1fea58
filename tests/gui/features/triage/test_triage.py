"""Which pictures call for a second look, as the list and the heading say it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import resources
from gui.main_window import MainWindow
from tests.gui.engines import Silent
from tests.gui.hands import Settled, named, press
from tests.gui.panels.samples import INFO
from tfcore.results import Triaged

# What the demo says of its first pictures: glioma, pituitary, meningioma.
PICTURES = sorted(resources.path("demo").glob("*.png"))[:3]


def test_what_is_remarkable_narrows_the_list_and_stands_beside_the_picture(
    window: MainWindow, settled: Settled, small_network: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    for name, picture in zip(("glioma", "pituitary", "glioma"), PICTURES, strict=True):
        (tmp_path / name).mkdir(exist_ok=True)
        shutil.copy(picture, tmp_path / name)
    window.open_model("demo")
    window.open_pictures([tmp_path])
    settled()
    press(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not window.settled
    settled()
    show = named(window, "Show")
    assert show.currentText() == "Wrong, the surest first (1)"
    assert [Path(path).name for path in window.browser.shown()] == [PICTURES[2].name]
    assert "Triage, under “Show” above the list: Wrong, the surest first (1)" in window.jobs.history.item(0).text()
    assert not named(window, "Sort").isEnabled(), "a case has an order of its own"
    grid = window.browser.focusProxy()
    remark = grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "says meningioma" in remark
    assert "and the label is glioma" in remark

    window.browser.select(tmp_path / "glioma" / PICTURES[2].name)
    settled()
    badges = [
        each for each in window.canvas.heading.findChildren(QLabel) if each.property("badge") and each.isVisible()
    ]
    assert "! wrong" in [each.text() for each in badges]
    assert any("says meningioma" in each.toolTip() for each in badges)

    # What is right is not said to be wrong, however open the answer.
    show.setCurrentIndex(0)
    window.browser.select(tmp_path / "pituitary" / PICTURES[1].name)
    settled()
    heading = " ".join(each.text() for each in window.canvas.heading.findChildren(QLabel) if each.isVisible())
    assert "wrong" not in heading

    # Which signal tells that one of three is wrong: a row and a curve for each.
    window.menus.actions["Signals of &failure…"].trigger()
    table = named(window, "signals of failure")
    signals = {table.item(row, 0).text(): float(table.item(row, 2).text()) for row in range(table.rowCount())}
    assert set(signals) == {"entropy", "shift", "methods", "all together"}
    # The wrong one last: no risk but at the end.
    assert min(signals.values()) == pytest.approx(1 / 9, abs=1e-4)
    assert named(window, "which signal tells").text().endswith("of all answers 33% are wrong.")

    # Nothing of it holds for another model.
    assert len(window.browser.shown()) == 3
    window.open_model(str(small_network))
    settled()
    qtbot.waitUntil(lambda: "Wrong, the surest first (1)" not in [show.itemText(row) for row in range(show.count())])


def test_all_reasons_together_have_an_order_of_their_own(
    quiet: MainWindow, silent: Silent, pictures: list[Path], qtbot: QtBot
) -> None:
    quiet.open_pictures(pictures)
    qtbot.waitUntil(lambda: len(quiet.browser.paths()) == 4)
    quiet.opening.open(INFO.source)
    silent.answer(silent.last("open_model"), INFO)
    press(quiet, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    first, second = str(pictures[2]), str(pictures[0])
    cases = {"wrong": {first: 0.9}, "unsure": {second: 0.4, first: 0.2}}
    remarks = {first: "says none, and the label is glioma", second: "open: glioma or none"}
    silent.answer(silent.last("triage"), Triaged(cases, dict.fromkeys(cases, ""), remarks))
    show = named(quiet, "Show")
    every = [show.itemText(row) for row in range(show.count())]
    assert show.currentText() == "All that is remarkable (2)"
    assert every[-2:] == ["Wrong, the surest first (1)", "Least sure (2)"]
    assert quiet.browser.shown() == [first, second]
