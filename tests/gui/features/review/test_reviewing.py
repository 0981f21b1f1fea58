"""A reviewer goes through pictures by keys, finds them again by what was said, and takes the table along."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.hands import named, press, texts
from tfcore import cli, review

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def reading(quiet: MainWindow, pictures: list[Path], qtbot: QtBot) -> MainWindow:
    """Four pictures, the first of them current."""
    quiet.resize(1280, 800)
    quiet.open_pictures(pictures)
    qtbot.waitUntil(lambda: len(quiet.browser.paths()) == 4 and not quiet.browser.looking)
    named(quiet, "pictures").setFocus()
    return quiet


def shown(window: MainWindow) -> list[str]:
    return [Path(path).stem for path in window.browser.shown()]


def told(window: MainWindow) -> list[str]:
    """What the list says of its pictures to those who do not see it."""
    model = named(window, "pictures").model()
    texts = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    return [text.partition(", ")[2] for text in texts]


def show(window: MainWindow, part: str) -> None:
    box: QComboBox = named(window, "Show")
    box.setCurrentIndex(next(row for row in range(box.count()) if box.itemText(row).startswith(part)))


def judged_by_keys(window: MainWindow) -> None:
    """The first and the third with a star, ratings, a tag on two, a note on the last."""
    press(window, "S")
    press(window, Key.Key_2, Held.AltModifier)
    press(window, Key.Key_Right)
    press(window, Key.Key_Right, Held.ShiftModifier)
    press(window, "T")
    QTest.keyClicks(named(window, "new tag"), "edge")
    press(window, Key.Key_Return)
    press(window, Key.Key_5, Held.AltModifier)
    press(window, Key.Key_Right)
    press(window, "W")
    QTest.keyClicks(named(window, "note"), "look again")
    press(window, Key.Key_Escape)


def test_by_keys_and_back(reading: MainWindow) -> None:
    window = reading
    judged_by_keys(window)
    assert told(window) == ["★ 2 of 5", "5 of 5 · edge", "5 of 5 · edge", "note"]
    assert "✎" in texts(window.canvas), "of the picture on show it stands beside the heading"
    for _ in range(3):
        press(window, Key.Key_Z, Held.ControlModifier)
    assert told(window) == ["★ 2 of 5", "", "", ""]
    for _ in range(3):
        press(window, Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)
    assert told(window)[1:] == ["5 of 5 · edge", "5 of 5 · edge", "note"]
    # Of all that are selected at once.
    press(window, Key.Key_Home)
    press(window, Key.Key_End, Held.ShiftModifier)
    press(window, "S")
    press(window, Key.Key_0, Held.AltModifier)
    assert told(window) == ["★", "★ · edge", "★ · edge", "★ · note"]
    tags: QListWidget = named(window, "tags")
    assert tags.item(0).checkState() == Qt.CheckState.PartiallyChecked
    tags.item(0).setCheckState(Qt.CheckState.Checked)
    press(window, "S")
    assert told(window) == ["edge", "edge", "edge", "edge · note"]


def test_the_list_is_narrowed_and_ordered_by_it(reading: MainWindow) -> None:
    window = reading
    judged_by_keys(window)
    window.browser.sort_by("best rated")
    assert shown(window) == ["slice 1", "slice 2", "slice 0", "slice 3"]
    show(window, "Starred")
    assert shown(window) == ["slice 0"]
    show(window, "Rated 2 or better")
    assert shown(window) == ["slice 1", "slice 2", "slice 0"], "a part of the list keeps the order"
    press(window, Key.Key_Home)
    press(window, Key.Key_0, Held.AltModifier)
    assert shown(window) == ["slice 2", "slice 0"]
    show(window, "Tag edge")
    assert shown(window) == ["slice 2", "slice 1"]
    show(window, "All")
    named(window, "Filter").setText("look again")
    assert shown(window) == ["slice 3"]


def test_it_is_in_the_session_and_in_a_table(
    reading: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window, file, table = reading, tmp_path / "work.heatlens", tmp_path / "judgments.csv"
    judged_by_keys(window)
    window.browser.annotate(window.browser.paths()[0], "glioma 0.98", 0.1, "glioma", 0.98)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    window.menus.actions["E&xport judgments…"].trigger()
    with table.open() as stream:
        rows = list(csv.DictReader(stream))
    assert [row["picture"] for row in rows] == [f"slice {number}.png" for number in range(4)]
    assert [(row["star"], row["rating"], row["tags"], row["note"]) for row in rows] == [
        ("1", "2", "", ""),
        ("0", "5", "edge", ""),
        ("0", "5", "edge", ""),
        ("0", "", "", "look again"),
    ]
    # The judgments go with it, so that it can be made again whatever is judged later.
    told_again = ["review", str(tmp_path / "judgments-judged.heatlens"), "--out", str(tmp_path / "again.csv")]
    assert cli.main(told_again, lambda _: 0) == cli.DONE
    assert (tmp_path / "again.csv").read_bytes() == table.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(window, Key.Key_S, Held.ControlModifier)
    assert [path for path, said in review.read(file).judgments.items() if said.rating == 5] == window.browser.paths()[
        1:3
    ]

    # The command line writes the same, and takes the session for its pictures.
    def nowhere(_: object) -> int:
        raise AssertionError

    again = tmp_path / "again.csv"
    assert cli.main(["review", str(file), "--out", str(again)], nowhere) == 0
    assert again.read_bytes() == table.read_bytes()
    assert "4 pictures judged: 1 starred, 3 rated, 2 tagged, 1 with a note" in capsys.readouterr().err
    assert cli.main(["review", str(file), "--tagged", "edge", "--rated", "5", "--json"], nowhere) == 0
    assert [row["tags"] for row in json.loads(capsys.readouterr().out)["judgments"]] == ["edge", "edge"]
    assert cli.main(["predict", str(tmp_path), "--model", "demo", "--starred"], nowhere) == 2
    assert "--starred, --rated, --tagged and --noted are about a session" in capsys.readouterr().err
    assert cli.main(["predict", str(file), "--model", "demo", "--rated", "5"], nowhere) == 0
    predicted = capsys.readouterr().out.splitlines()[1:]
    assert [line.partition(",")[0] for line in predicted] == window.browser.paths()[1:3]
