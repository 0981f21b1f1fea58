"""What is on show is what is exported and copied."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.export.composing import Choices
from gui.export.dialog import ExportDialog
from gui.features.relevance.feature import Relevance
from gui.features.uncertainty.feature import HowSure
from gui.features.uncertainty.panel import HEAT, MEAN, SD, SHOWN
from gui.main_window import MainWindow
from gui.panels import Request
from tests.gui.hands import Settled, button, press
from tfcore.figure import words
from tfcore.figure.display import Display


def _record(window: MainWindow, folder: Path) -> dict:
    """The record of the figure of what is on show."""
    subject = window.figures.subject()
    assert subject is not None
    path = Choices(dpi=50).write(subject.items, folder / f"{subject.what}.png")
    (item,) = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["items"]
    return item


def test_the_spread_on_show_is_exported_under_its_name(
    window: MainWindow, demo: None, settled: Settled, tmp_path: Path
) -> None:
    sure = next(feature for feature in window.features if isinstance(feature, HowSure))
    sure.panel.passes.setValue(5)
    sure.run()
    settled()
    for shown, which in ((SD, "sd"), (MEAN, "mean")):
        sure.panel.shown.setCurrentText(shown)
        sure.panel.shown.activated.emit(list(SHOWN).index(shown))
        settled()
        subject = window.figures.subject()
        assert subject is not None
        ((heat, picture),) = subject.items
        found = next(iter(sure.over_picture.spreads._known.values()))
        np.testing.assert_array_equal(heat.map, getattr(found, which))
        assert f"{which} of grad-cam over 5 passes" in words.title(heat)
        assert "5 passes · seed 0" in words.subtitle(heat, picture, Display())[-1]
        assert subject.what == f"{which} of grad-cam over 5 passes"
        assert subject.name == f"P0132-{which}-of-grad-cam-over-5-passes-stage4-demo"
        # The title says what the heading said of the picture, and the table of the bars.
        assert words.title(heat)[0] == sure.passes.of(heat.path).answer
        record = _record(window, tmp_path)
        assert record["made"]["method"] == "grad-cam"
        assert record["made"]["map"].startswith(which)
        assert (record["made"]["passes"], record["made"]["seed"], record["made"]["inserted"]) == (5, 0, False)
        # No command of the command line makes this map.
        assert record["command"] is None
    sure.panel.shown.setCurrentText(HEAT)
    sure.panel.shown.activated.emit(0)
    assert _record(window, tmp_path)["command"].startswith("heatlens explain")


def test_the_relevance_of_a_layer_on_show_is_exported(
    window: MainWindow, demo: None, settled: Settled, tmp_path: Path
) -> None:
    window.method.set_request(Request("lrp-composite", {}, None, None))
    window.method.changed.emit()
    settled()
    relevance = next(feature for feature in window.features if isinstance(feature, Relevance))
    relevance.dock.open()
    settled()
    tile = relevance.strip.tiles[1]
    tile.click()
    record = _record(window, tmp_path)
    assert record["layer"] == tile.heat.layer
    assert record["limits"][1] == -record["limits"][0]
    assert f"--method lrp-composite --layer {tile.heat.layer}" in record["command"]


def test_what_is_shown_goes_into_another_program_with_its_words_and_without(
    window: MainWindow, demo: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QGuiApplication.clipboard().clear()
    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull(), timeout=30_000)
    alone = QGuiApplication.clipboard().image()
    # The picture is square, and its corner is what the scanner saw there: no paper, no word, no bar.
    assert alone.width() == alone.height() > 1000
    assert {alone.pixelColor(x, y).lightness() // 60 for x in (2, 1190) for y in (2, 1190)} == {0}

    carried: list[QMimeData] = []
    monkeypatch.setattr(QDrag, "exec", lambda self, _: carried.append(self.mimeData()) or Qt.DropAction.CopyAction)
    export = button(window, "Export panel…")
    middle = export.mapTo(window, export.rect().center())
    QTest.mousePress(window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(window.windowHandle(), middle - QPoint(80, 40))
    qtbot.waitUntil(lambda: bool(carried), timeout=30_000)
    (url,) = carried[0].urls()
    file = Path(url.toLocalFile())
    assert file.name == "P0132-grad-cam-stage4-demo.png"
    assert json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["items"]
    assert carried[0].imageData().size() == QImage(str(file)).size()
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle - QPoint(80, 40))
    # It was not a click.
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, ExportDialog) and each.isVisible()]

    # By keys alone a figure is made of it, below the folder that the last one went to.
    window.home.exports = str(tmp_path / "figures")
    press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = next(
        each for each in QApplication.topLevelWidgets() if isinstance(each, ExportDialog) and each.isVisible()
    )
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (tmp_path / "figures" / file.name).exists(), timeout=30_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
