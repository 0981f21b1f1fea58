"""The card editor shows what the network would see by the settings as they stand, and keeps what was stated."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QMenu,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.panels.card_dialog import CardDialog
from tests.gui.engines import Silent
from tests.gui.hands import Settled, button, named, texts
from tests.gui.panels.samples import OPEN_SIZE
from tfcore.results import Box


@pytest.fixture
def quiet(quiet: MainWindow, silent: Silent) -> MainWindow:
    """With a model whose input size is open."""
    quiet.open_model("slices.keras")
    silent.answer(silent.last("open_model"), OPEN_SIZE)
    return quiet


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
    named(dialog, "fit").setCurrentIndex(0)
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
        named(dialog, "fit").setCurrentIndex(row)
    named(dialog, "input height").setValue(96)
    qtbot.waitUntil(lambda: len(asked(silent)) == 1, timeout=20_000)
    qtbot.wait(300)
    assert len(asked(silent)) == 1
    assert asked(silent)[0] == {
        "scaling": "1/255",
        "colour": "grey",
        "resize": "bilinear",
        "fit": "stretch",
        "intensity": "",
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
    named(dialog, "fit").setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(asked(silent)) == 2, timeout=20_000)
    silent.answer(old, (np.zeros((4, 4, 3), np.uint8), Box(0, 0, 50, 40)))
    assert "4 × 4 px" not in texts(dialog.preview)
    silent.answer(silent.last("preview_card"), (np.zeros((8, 8, 3), np.uint8), Box(0, 0, 50, 40)))
    assert "8 × 8 px" in texts(dialog.preview)
    dialog.reject()


def test_a_failure_is_said_in_the_preview_and_an_answer_after_closing_harms_nobody(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, pictures: list[Path]
) -> None:
    looked(quiet, qtbot, pictures[0])
    dialog = edited(quiet)
    qtbot.waitUntil(lambda: len(asked(silent)) == 1, timeout=20_000)
    silent.fail(silent.last("preview_card"), "slices.keras does not exist; check its name.")
    assert dialog.preview.text() == "slices.keras does not exist; check its name."
    named(dialog, "fit").setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(asked(silent)) == 2, timeout=20_000)
    dialog.reject()
    silent.answer(silent.last("preview_card"), (np.zeros((8, 8, 3), np.uint8), Box(0, 0, 50, 40)))


def test_the_engine_shows_what_the_demo_network_sees(
    qtbot: QtBot, window: MainWindow, settled: Settled, pictures: list[Path]
) -> None:
    window.open_model("demo")
    window.open_pictures([pictures[0]])
    settled()
    dialog = edited(window)
    settled()
    assert "128 × 128 px" in texts(dialog.preview)
    assert dialog.preview.text() == ""
    dialog.reject()


# --- what is kept, as a person does it ---


def said(dialog: CardDialog) -> str:
    return " ".join(texts(dialog))


def write_names(dialog: CardDialog, text: str) -> None:
    names = named(dialog, "classes")
    names.setFocus()
    QTest.keySequence(names, QKeySequence.StandardKey.SelectAll)
    QTest.keyClicks(names, text)


def save(dialog: CardDialog) -> None:
    QTest.mouseClick(button(dialog, "Save"), Qt.MouseButton.LeftButton)


def test_only_what_was_touched_counts_as_stated(quiet: MainWindow, silent: Silent) -> None:
    dialog = edited(quiet)
    assert "Classes (guessed)" in said(dialog).replace("&", "")
    write_names(dialog, 'glioma, "cyst, simple", none')
    assert "Classes (guessed)" not in said(dialog).replace("&", "")
    save(dialog)
    asked = silent.last("save_card").arguments
    assert asked["changes"]["classes"] == ["glioma", "cyst, simple", "none"]
    assert asked["stated"] == ["classes"]


def test_names_that_were_typed_outlive_a_card_that_cannot_be_written(quiet: MainWindow, silent: Silent) -> None:
    dialog = edited(quiet)
    write_names(dialog, "a, b, c")
    save(dialog)
    silent.fail(silent.last("save_card"), "slices.json was not written: the disk is full; free some space.")
    assert dialog.isVisible()
    assert "the disk is full" in said(dialog)
    save(dialog)
    assert silent.last("save_card").arguments["changes"]["classes"] == ["a", "b", "c"]
    silent.answer(silent.last("save_card"), OPEN_SIZE)
    assert not dialog.isVisible()


def test_a_quote_that_is_open_is_said_and_cannot_be_saved(quiet: MainWindow) -> None:
    dialog = edited(quiet)
    write_names(dialog, '"a, b, c')
    assert "quote is not closed" in said(dialog)
    dialog.reject()


def test_classes_are_named_as_the_folders_of_the_pictures(
    qtbot: QtBot,
    window: MainWindow,
    settled: Settled,
    pictures: list[Path],
    small_network: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = pictures[0].parent
    model = shutil.copy(small_network, folder / "own.keras")
    for name in ("pituitary", "glioma", "no tumour", "meningioma"):
        (folder / "data" / name).mkdir(parents=True)
        (folder / "data" / name / "1.png").write_bytes(pictures[0].read_bytes())
    window.open_model(str(model))
    window.open_pictures([folder / "data"])
    settled()
    assert "classes" in window.opening.info.guessed
    dialog = edited(window)
    listed, data = dialog.findChild(QMenu).actions()
    listed.trigger()
    settled()
    names = ["glioma", "meningioma", "no tumour", "pituitary"]
    assert named(dialog, "classes").toPlainText().splitlines() == names
    write_names(dialog, "lost")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder / "data"))
    data.trigger()
    settled()
    save(dialog)
    settled()
    assert window.model_panel.findChild(CardDialog) is None, "it closes when its names are kept"
    assert list(window.opening.info.classes) == names
    assert "classes" not in window.opening.info.guessed
    assert "fit" in window.opening.info.guessed


def test_what_is_guessed_is_seen_on_a_small_screen(dressed: None, quiet: MainWindow, qtbot: QtBot) -> None:
    quiet.resize(1280, 800)
    qtbot.wait(50)
    check = next(each for each in quiet.findChildren(QLabel) if each.text().endswith("Check them."))
    assert check.visibleRegion().boundingRect().height() == check.height()


def test_the_card_of_a_model_in_two_files_is_kept_beside_them(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    layers = keras.layers
    network = keras.Sequential([layers.Input((16, 16, 1)), layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(2)])
    (tmp_path / "net.json").write_text(network.to_json(), encoding="utf-8")
    network.save_weights(tmp_path / "net.weights.h5")
    window.open_model(str(tmp_path / "net.weights.h5"))
    settled()
    dialog = edited(window)
    write_names(dialog, "healthy, tumour")
    save(dialog)
    settled()
    assert window.opening.info.classes == ("healthy", "tumour")
    assert (tmp_path / "net.card.json").is_file()


def test_the_window_that_the_network_gets_is_stated_with_its_numbers(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, pictures: list[Path]
) -> None:
    looked(quiet, qtbot, pictures[0])
    dialog = edited(quiet)
    kind = named(dialog, "intensity")
    assert kind.currentText() == "the picture's own window"
    kind.setFocus()
    QTest.keyClicks(kind, "window")
    for name, typed in (("centre", "-600"), ("width", "1500")):
        box = named(dialog, f"intensity {name}")
        assert box.isVisible()
        box.selectAll()
        QTest.keyClicks(box, typed)
        QTest.keyClick(box, Qt.Key.Key_Tab)
    qtbot.waitUntil(
        lambda: bool(asked(silent)) and asked(silent)[-1]["intensity"] == "window -600 1500", timeout=20_000
    )
    save(dialog)
    said = silent.last("save_card").arguments
    assert said["changes"]["intensity"] == "window -600 1500"
    assert said["stated"] == ["intensity"]
    dialog.reject()
    quiet.open_model("ct.keras")
    card = OPEN_SIZE.card | {"intensity": "percentile 2 98"}
    silent.answer(silent.last("open_model"), replace(OPEN_SIZE, card=card))
    quiet.model_panel.edit_card()
    dialog = quiet.model_panel.findChildren(CardDialog)[-1]
    assert [named(dialog, f"intensity {name}").value() for name in ("from", "to")] == [2, 98]
    assert dialog.values()["intensity"] == "percentile 2 98"
    dialog.reject()
