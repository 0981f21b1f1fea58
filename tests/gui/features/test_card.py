"""The card editor shows what the network would see, and only what belongs to the settings as they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.panels import CardDialog
from gui.session import Session
from tests.gui.engines import Silent
from tests.gui.panels.samples import OPEN_SIZE
from tfcore.results import Box


@pytest.fixture
def silent(qapp: QApplication) -> Silent:
    return Silent()


@pytest.fixture
def quiet(qtbot: QtBot, silent: Silent) -> MainWindow:
    """A window with a model whose input size is open; the test plays its engine."""
    one = MainWindow(silent, Session())
    qtbot.addWidget(one)
    one.show()
    one.open_model("slices.keras")
    silent.answer(silent.last("open_model"), OPEN_SIZE)
    return one


def edited(window: MainWindow) -> CardDialog:
    window.model_panel.edit_card()
    return window.model_panel.findChild(CardDialog)


def looked(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    window.open_pictures([path])
    qtbot.waitUntil(lambda: window.explaining.picture is not None, timeout=20_000)


def asked(silent: Silent) -> list[dict]:
    return [job.arguments["changes"] for job in silent.asked if job.kind == "preview_card"]


def test_without_a_picture_nothing_is_asked(quiet: MainWindow, silent: Silent, qtbot: QtBot) -> None:
    dialog = edited(quiet)
    dialog._choices["fit"].setCurrentIndex(0)
    qtbot.wait(300)
    assert asked(silent) == []
    assert "No picture is open" in dialog.preview.text()
    dialog.reject()


def test_changes_in_quick_succession_are_one_question(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, pictures: list[Path]
) -> None:
    looked(quiet, qtbot, pictures[0])
    dialog = edited(quiet)
    for row in (0, 1, 2, 0):
        dialog._choices["fit"].setCurrentIndex(row)
    dialog._sides[0].setValue(96)
    qtbot.waitUntil(lambda: len(asked(silent)) == 1, timeout=20_000)
    qtbot.wait(300)
    assert len(asked(silent)) == 1
    assert asked(silent)[0] == {
        "scaling": "1/255",
        "colour": "grey",
        "resize": "bilinear",
        "fit": "stretch",
        "input_shape": [96, 224, 3],
    }
    dialog.reject()


def test_a_late_answer_to_older_settings_is_not_shown(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, pictures: list[Path]
) -> None:
    looked(quiet, qtbot, pictures[0])
    dialog = edited(quiet)
    qtbot.waitUntil(lambda: len(asked(silent)) == 1, timeout=20_000)
    old = silent.last("preview_card")
    dialog._choices["fit"].setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(asked(silent)) == 2, timeout=20_000)
    silent.answer(old, (np.zeros((4, 4, 3), np.uint8), Box(0, 0, 50, 40)))
    assert dialog.preview._right.text() == ""
    silent.answer(silent.last("preview_card"), (np.zeros((8, 8, 3), np.uint8), Box(0, 0, 50, 40)))
    assert dialog.preview._right.text() == "8 × 8 px"
    dialog.reject()


def test_a_failure_is_said_in_the_preview_and_an_answer_after_closing_harms_nobody(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, pictures: list[Path]
) -> None:
    looked(quiet, qtbot, pictures[0])
    dialog = edited(quiet)
    qtbot.waitUntil(lambda: len(asked(silent)) == 1, timeout=20_000)
    silent.fail(silent.last("preview_card"), "slices.keras does not exist; check its name.")
    assert dialog.preview.text() == "slices.keras does not exist; check its name."
    dialog._choices["fit"].setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(asked(silent)) == 2, timeout=20_000)
    dialog.reject()
    silent.answer(silent.last("preview_card"), (np.zeros((8, 8, 3), np.uint8), Box(0, 0, 50, 40)))


def test_the_engine_shows_what_the_demo_network_sees(
    qtbot: QtBot, window: MainWindow, settled: Callable[[], None], pictures: list[Path]
) -> None:
    window.open_model("demo")
    window.open_pictures([pictures[0]])
    settled()
    dialog = edited(window)
    settled()
    assert dialog.preview._right.text() == "128 × 128 px"
    assert dialog.preview.text() == ""
    dialog.reject()
