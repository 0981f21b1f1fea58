"""Sessions as files: saved under a name, dropped, moved along with their pictures, and there after a sudden end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.drops import let_go
from tests.gui.engines import Silent
from tests.gui.hands import button, press
from tests.gui.panels.samples import INFO
from tfcore import review
from tfcore.review import Judgment, Session

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def study(tmp_path: Path, pictures: list[Path]) -> Path:
    """A folder with four pictures, one of them starred, and the session beside it."""
    folder = tmp_path / "study" / "scans"
    folder.mkdir(parents=True)
    for path in pictures:
        shutil.move(path, folder)
    session = Session(opened=[str(folder)], current=str(folder / "slice 2.png"), mode="side by side")
    session.judgments = {str(folder / "slice 1.png"): Judgment(star=True, tags=("edge",))}
    return review.write(session, tmp_path / "study" / "work.heatlens")


def listed(window: MainWindow) -> list[str]:
    return [Path(path).name for path in window.browser.paths()]


def history(window: MainWindow) -> str:
    return "\n".join(window.jobs.history.item(row).text() for row in range(window.jobs.history.count()))


def ready(qtbot: QtBot, window: MainWindow, count: int = 4) -> None:
    qtbot.waitUntil(lambda: window.sessions.idle and not window.browser.looking and len(listed(window)) == count)


def test_a_file_holds_no_place_of_its_own(study: Path) -> None:
    stored = json.loads(study.read_text())
    assert stored["opened"] == ["./scans"]
    assert list(stored["judgments"].values()) == [{"star": True, "tags": ["edge"]}]
    assert str(study.parent) not in study.read_text()
    moved = study.parent.rename(study.parent.with_name("elsewhere"))
    session = review.read(moved / study.name)
    assert session.opened == [str(moved / "scans")]
    assert session.judgments[str(moved / "scans" / "slice 1.png")].tags == ("edge",)


def test_a_dropped_session_is_shown_and_undo_goes_back(quiet: MainWindow, qtbot: QtBot, study: Path) -> None:
    window = quiet
    let_go(window.canvas, study)
    ready(qtbot, window)
    assert window.windowTitle() == "work – Heatlens"
    assert Path(window.browser.current() or "").name == "slice 2.png"
    assert window.canvas.mode() == "side by side"
    press(window, Qt.Key.Key_Z, _CTRL)
    assert (listed(window), window.windowTitle(), window.canvas.mode()) == ([], "Heatlens", "overlay")
    press(window, Qt.Key.Key_Z, _CTRL | _SHIFT)
    ready(qtbot, window)
    assert window.windowTitle() == "work – Heatlens"
    menu = next(each for each in window.menuBar().findChildren(QMenu) if each.title() == "Re&cent sessions")
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["work.heatlens"]


def test_once_it_has_a_name_every_change_is_in_its_file(
    quiet: MainWindow, qtbot: QtBot, pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, file = quiet, pictures[0].parent / "mine.heatlens"
    window.open_pictures(pictures[:2])
    ready(qtbot, window, 2)
    drawers = [window.docks[name] for name in ("What the network gets", "Measurements")]
    for drawer in drawers:
        drawer.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: drawers[1].widget().isVisible() and not drawers[0].widget().isVisible())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file.with_suffix("")), ""))
    press(window, Qt.Key.Key_S, _CTRL)
    assert window.windowTitle() == "mine – Heatlens"
    let_go(window.canvas, pictures[3])
    qtbot.waitUntil(lambda: review.read(file).opened[-1:] == [str(pictures[3])], timeout=2500)
    # Somebody else's changes are not written over.
    other = file.read_text().replace("slice 3", "slice 2")
    os.utime(file, ns=(1, 1))
    file.write_text(other)
    window.canvas.set_mode("side by side")
    press(window, Qt.Key.Key_S, _CTRL)
    assert file.read_text() == other
    assert "was changed elsewhere and is left as it is" in history(window)
    # Taken up again, what was in front of others is so.
    for drawer in drawers:
        drawer.hide()
    window.sessions.open(file)
    qtbot.waitUntil(lambda: drawers[1].widget().isVisible() and not drawers[0].widget().isVisible())


def test_a_folder_that_was_moved_is_asked_for_once(
    quiet: MainWindow, qtbot: QtBot, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, away = quiet, tmp_path / "disk"
    session = review.read(study)
    for name in ("more", "most"):
        (study.parent / name).mkdir()
        shutil.copy(study.parent / "scans" / "slice 0.png", study.parent / name / f"{name}.png")
        session.opened.append(str(study.parent / name / f"{name}.png"))
    review.write(session, study)
    away.mkdir()
    for name in ("scans", "more", "most"):
        shutil.move(study.parent / name, away / name)
    asked: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *given: asked.append(given[1]) or str(away / "scans")
    )
    window.sessions.open(study)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    button(window.findChild(QMessageBox), "Find the folder…").click()
    ready(qtbot, window, 6)
    assert asked == [f"Where is {study.parent / 'scans'}?"]
    assert str(away / "scans" / "slice 1.png") in window.session.judgments


def test_what_is_left_out_stays_in_the_file(quiet: MainWindow, qtbot: QtBot, study: Path) -> None:
    window, lost = quiet, study.parent / "gone" / "lost.png"
    session = review.read(study)
    session.opened.append(str(lost))
    session.judgments[str(lost)] = Judgment(rating=5)
    review.write(session, study)
    window.sessions.open(study)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    button(window.findChild(QMessageBox), "Leave out").click()
    ready(qtbot, window)
    assert f"Not there, and kept in the session: {lost}." in history(window)
    window.sessions.save_now()
    kept = review.read(study)
    assert kept.opened[-1] == str(lost)
    assert kept.judgments[str(lost)].rating == 5


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is damaged or no session of Heatlens; it is left as it is."),
        ('{"heatlens": "9", "session": 9}', "was saved by a later Heatlens"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_as_it_is(
    quiet: MainWindow, qtbot: QtBot, study: Path, content: str, sentence: str
) -> None:
    study.write_text(content)
    let_go(quiet.canvas, study)
    qtbot.waitUntil(lambda: sentence in history(quiet))
    quiet.sessions.save_now() if quiet.sessions.path else None
    assert study.read_text() == content
    assert quiet.windowTitle() == "Heatlens"


def test_of_a_file_that_is_damaged_in_part_the_rest_is_shown_without_its_name(
    quiet: MainWindow, qtbot: QtBot, study: Path
) -> None:
    content = study.read_text().replace('"side by side"', "5")
    study.write_text(content)
    quiet.sessions.open(study)
    ready(qtbot, quiet)
    quiet.autosave.now()
    assert "Not all of work.heatlens could be used (mode)" in history(quiet)
    assert quiet.windowTitle() == "Heatlens"
    assert study.read_text() == content


_PROGRAM = """
import argparse, sys
from PySide6.QtTest import QTest
from PySide6.QtCore import QTimer
from gui import app as gui_app
from tests.gui.engines import Silent
gui_app.EngineClient = lambda _: Silent()
app = gui_app.application()
given = argparse.Namespace(pictures=sys.argv[1:], model=None, method=None, layer=None, device=None, scheme="dark",
    screenshot=None)
window = gui_app.build(app, given)
gui_app.show(app, window, given)
def change():
    if window.windowTitle() == "Heatlens" or window.browser.looking:
        return
    wait.stop()
    window.browser.select(window.browser.paths()[3])
    window.browser.sort_by("largest")
wait = QTimer(interval=20)
wait.timeout.connect(change)
wait.start()
app.exec()
"""


@pytest.mark.slow
def test_killed_in_the_midst_of_it_the_session_is_there_again(
    quiet: MainWindow, qtbot: QtBot, study: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "HEATLENS_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(study)], env=environment)

    def written() -> bool:
        assert program.poll() is None
        return review.read(study).browsing.get("order") == "largest"

    try:
        qtbot.waitUntil(written, timeout=60_000)
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert json.loads((tmp_path / "home" / "config" / "window.json").read_text())["named"] == str(study)
    quiet.sessions.open(study)
    ready(qtbot, quiet)
    qtbot.waitUntil(lambda: Path(quiet.browser.current() or "").name == "slice 3.png")
    assert quiet.browser.look()["order"] == "largest"


def test_the_model_of_the_session_is_opened_and_what_it_said_stands_there_again(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, study: Path
) -> None:
    window, model = quiet, study.with_name("slices.keras")
    model.touch()
    window.sessions.open(study)
    ready(qtbot, window)
    silent.answer(silent.last("open_model"), replace(INFO, source=str(model)))
    window.browser.annotate(window.browser.paths()[0], "glioma 0.98", 0.1, "glioma", 0.98)
    window.menus.actions["Ne&w session"].trigger()
    QApplication.processEvents()
    assert listed(window) == []
    window.sessions.open(study)
    ready(qtbot, window)
    qtbot.waitUntil(lambda: [note.text for note in window.browser.notes(9).values()] == ["glioma 0.98"])
    (row,) = review.rows(review.read(study))
    assert (row["star"], row["tags"]) == (1, "edge")
