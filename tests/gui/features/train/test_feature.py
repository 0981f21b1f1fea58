"""Training in the window: one tiny network for real, everything else with the engine's words made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from gui.features.train.feature import Training
from gui.features.train.panel import TrainingPanel
from gui.main_window import MainWindow
from tests.gui.drops import let_go
from tests.gui.engines import Silent
from tests.gui.features.train.samples import FACTS, epoch, run_folder
from tests.gui.hands import Settled, button, named, press, texts
from tests.tfcore.pictures.dicoms import MARKER, monochrome
from tfcore.data.phantom import write


def training_of(window: MainWindow) -> Training:
    return next(one for one in window.features if isinstance(one, Training))


def prepared(window: MainWindow, silent: Silent, data: Path) -> Training:
    """The dock open, with a data set."""
    training = training_of(window)
    training.dock.open()
    training.panel.data.choose(str(data))
    silent.answer(silent.last("describe_data"), FACTS)
    return training


def test_the_window_opens_without_it_and_the_menu_brings_it(quiet: MainWindow) -> None:
    assert training_of(quiet).dock.isHidden()
    assert quiet.findChild(TrainingPanel) is None
    next(action for name, action in quiet.menus.actions.items() if "Train a network" in name).trigger()
    assert training_of(quiet).dock.isVisible()
    assert training_of(quiet).dock in quiet.tabifiedDockWidgets(quiet.docks["Jobs"])
    assert [action.text() for action in quiet.menuBar().actions()][-1] == "&Help"


def test_a_folder_dropped_on_a_line_is_named_in_it(quiet: MainWindow, tmp_path: Path) -> None:
    training_of(quiet).dock.open()
    line = named(quiet, "run folder")
    for area in quiet.findChildren(QScrollArea):
        if area.isAncestorOf(line):
            area.ensureWidgetVisible(line)
    let_go(line, tmp_path)
    assert line.text() == str(tmp_path)


def test_keys_after_start_are_for_the_picture_and_not_for_the_filter(
    quiet: MainWindow, silent: Silent, tmp_path: Path
) -> None:
    prepared(quiet, silent, tmp_path / "scans")
    start = next(each for each in quiet.findChildren(QPushButton) if each.text() == "Start")
    start.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    press(quiet, "1")
    assert named(quiet, "Filter").text() == ""
    assert quiet.focusWidget() is quiet.canvas


def test_a_tiny_network_is_trained_and_used(window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot) -> None:
    data = write(tmp_path / "phantoms", n=24, size=32).parent
    training = training_of(window)
    training.dock.open()
    panel = training.panel
    panel.data.choose(str(data))
    settled()
    assert any("Table: 24 pictures" in text for text in texts(panel))
    panel.form.set_values({"arch": "cnn-2", "epochs": 2, "size": 32})
    panel.start()
    assert not training.settled
    settled()
    assert "Test accuracy" in panel.outcome.text(), panel.outcome.text()
    assert panel.curves.epochs() == 2
    button(panel, "Use this model").click()
    settled()
    assert window.opening.info is not None
    assert window.opening.info.source == str(Path(panel.form.out()) / "model.keras")
    assert window.opening.info.input_shape == (32, 32, 3)


def test_augmented_pictures_are_shown_or_why_not(quiet: MainWindow, silent: Silent, tmp_path: Path) -> None:
    training = prepared(quiet, silent, tmp_path / "scans")
    named(training.panel, "augmentation").setText("flip")
    button(training.panel, "Augmented…").click()
    assert "Reading" in training.augmented.text()
    silent.answer(silent.last("preview_augmentation"), np.zeros((20, 30, 3), np.uint8))
    assert "Reading" not in training.augmented.text()
    button(training.panel, "Augmented…").click()
    assert "Reading" in training.augmented.text()
    silent.fail(silent.last("preview_augmentation"), "scans holds no pictures; name another folder.")
    assert "holds no pictures" in training.augmented.text()
    button(training.panel, "Augmented…").click()
    training.augmented.reject()
    assert training.settled


def test_cancelling_ends_the_job_and_offers_to_go_on(quiet: MainWindow, silent: Silent, tmp_path: Path) -> None:
    training = prepared(quiet, silent, tmp_path / "scans")
    button(training.panel, "Start").click()
    job = silent.last("train")
    silent.part(job, {"epoch": epoch(1)})
    run_folder(Path(job.arguments["out"]), 1)
    button(training.panel, "Cancel").click()
    assert silent.ended == [job.id]
    silent.drop(job)
    assert training.settled
    button(training.panel, "Resume").click()
    assert silent.last("train").arguments == {**job.arguments, "resume": True}


def test_the_end_of_the_engine_is_said_and_survived(quiet: MainWindow, silent: Silent, tmp_path: Path) -> None:
    training = prepared(quiet, silent, tmp_path / "scans")
    button(training.panel, "Start").click()
    silent.fail(
        silent.last("train"), "The engine was killed during train; it starts again by itself, then ask once more."
    )
    assert "The engine was killed" in training.panel.outcome.text()
    assert button(training.panel, "Start").isEnabled()


def test_a_window_closed_during_a_training_offers_to_go_on_when_it_opens_again(
    quiet: MainWindow, silent: Silent, tmp_path: Path, qtbot: QtBot
) -> None:
    training = prepared(quiet, silent, tmp_path / "scans")
    training.panel.form.set_values({"arch": "cnn-2", "epochs": 5})
    button(training.panel, "Start").click()
    job = silent.last("train")
    silent.part(job, {"epoch": epoch(1)})
    run_folder(Path(job.arguments["out"]), 1)
    left = quiet.remember()
    quiet.close()
    (asked,) = [box for box in quiet.findChildren(QMessageBox) if box.isVisible()]
    next(button for button in asked.buttons() if button.text() == "Stop and quit").click()
    assert not quiet.isVisible()
    silent.part(job, {"epoch": epoch(2)})
    again = MainWindow(silent, left, quiet.home)
    qtbot.addWidget(again)
    again.show()
    panel = training_of(again).panel
    silent.answer(silent.last("describe_data"), FACTS)
    assert panel.curves.epochs() == 1
    button(panel, "Resume").click()
    assert silent.last("train").arguments == {**job.arguments, "resume": True}
    again.close()


def test_a_hospitals_files_are_grouped_by_a_tick(window: MainWindow, settled: Settled, tmp_path: Path) -> None:
    for number in range(12):
        place = tmp_path / "data" / ("ill" if number % 2 else "well")
        place.mkdir(parents=True, exist_ok=True)
        stored = np.full((8, 8), number, np.uint16)
        (place / f"IM{number}").write_bytes(monochrome(stored, PatientID=f"{MARKER}-{number % 4}"))
    training = training_of(window)
    training.dock.open()
    let_go(named(window, "data set"), tmp_path / "data")
    settled()
    assert not any("Patients" in text for text in texts(training.panel))
    QTest.mouseClick(named(training.panel, "group by patient"), Qt.MouseButton.LeftButton)
    settled()
    assert any("Patients: 4" in text for text in texts(training.panel))
    assert not any(MARKER in text for text in texts(window))
    assert window.session.training["group_by_patient"] is True
