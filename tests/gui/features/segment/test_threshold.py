"""From which probability on a structure is there: by a slider, and where little of it is missed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.segment.seeing import click, drawn
from tests.gui.hands import Settled, bars, button, in_sight, named, press, texts
from tests.tfcore.models.foreign import network as foreign
from tfcore.figure import export
from tfcore.figure.answers import write_predictions


def test_from_which_probability_on_a_label_is_drawn_is_picked_by_a_slider(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    foreign("labels").save(tmp_path / "labels.keras")
    # What lies around is a label with a probability of 0.02, the lesion of 0.93, the core of 1.
    Image.fromarray(np.array([40, 80, 220], np.uint8)[drawn()]).save(tmp_path / "scan.png")
    window.resize(1280, 800)
    drop(window, tmp_path / "scan.png", tmp_path / "labels.keras")
    settled()
    window.canvas.heat_off.trigger()
    panel = window.docks["Mask"]
    slider: QSlider = named(panel, "threshold")
    # The second label lies within the first.
    assert {"600 px", "60 px", "0.50"} <= set(texts(panel))
    moves = (Qt.Key.Key_Home, ["2,000 px", "60 px"], 1.0, 2000), (Qt.Key.Key_End, 2 * ["60 px"], 0.03, 60)
    for key, covered, share, count in moves:
        slider.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(slider, key)
        qtbot.waitUntil(lambda covered=covered: [text for text in texts(panel) if " px" in text] == covered)
        settled()
        # The bars, the thumbnail, what a click tells, a figure and a table say the same.
        lesion = bars(window.docks["Prediction"])[0]
        assert round(lesion.value, 3) == share
        (note,) = window.browser.notes(9).values()
        assert note.text == f"{lesion.name} {100 * share:.1f} %"
        click(window, 35.5, 25.5)
        settled()
        told = next(text for text in texts(panel) if text.startswith("Column 35, row 25"))
        assert (lesion.name in told.splitlines()[0]) == (share == 1)
        subject = window.figures.subject()
        assert subject is not None
        path = export(subject.items, tmp_path / f"{count}.png", window.canvas.display(), dpi=50)
        record = json.loads(path.with_suffix(".json").read_text())["items"][0]
        assert record["mask"]["pixels"][lesion.name] == count
        table = write_predictions([[heat for heat, _ in subject.items]], path.with_suffix(".csv")).read_text()
        assert str(share) in table.splitlines()[1].split(","), table

    # Of data with true masks it is learnt where little is missed; the core is in none of them.
    (tmp_path / "data").mkdir()
    for number in range(12):
        Image.fromarray(np.array([40, 80 - 20 * (number % 2), 220], np.uint8)[drawn()]).save(
            tmp_path / "data" / f"{number}.png"
        )
        Image.fromarray((drawn() == 1).astype(np.uint8)).save(tmp_path / "data" / f"{number}_mask.png")
    press(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    place = window.docks["Calibration"]
    drop(named(place, "data set").parentWidget(), tmp_path / "data")
    settled()
    qtbot.mouseClick(button(place, "Start"), Qt.MouseButton.LeftButton)
    settled()
    assert named(place, "state of the calibration").text() == "Of class 1 there are too few cases to promise anything"
    table = named(place, "calibration class by class")
    learnt, missed, before = (float(table.item(0, column).text()) for column in (1, 2, 3))
    assert missed <= 0.1 <= before
    qtbot.mouseClick(button(place, "Keep in the card"), Qt.MouseButton.LeftButton)
    settled()
    (mark,) = [text for text in in_sight(panel) if text.startswith("class 0: at ")]
    assert mark == f"class 0: at {int(100 * learnt) / 100:.2f} at most 10% missed"
    qtbot.mouseClick(button(panel, mark), Qt.MouseButton.LeftButton)
    assert slider.value() == int(100 * learnt)
    settled()
