"""The verdict on the map on show, asked for by its button and read beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

import resources
from gui.features.verdict.line import Sparkline
from gui.main_window import MainWindow
from gui.panels import Request
from tests.gui.hands import named, press, texts
from tfcore.figure import export

Settled = Callable[[], None]


def findings(window: MainWindow) -> list[str]:
    """The remarks that are seen, top down."""
    return [
        each.text() for each in window.findChildren(QLabel) if each.accessibleName() == "finding" and each.isVisible()
    ]


def test_a_map_that_owes_nothing_to_learning_is_said_to(
    window: MainWindow, settled: Settled, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_model("demo")
    window.open_pictures(sorted(resources.path("demo").glob("*.png"))[:2])
    settled()
    window.method.ask(Request("guided-backprop", {}, None, None))
    settled()
    (button,) = [each for each in window.findChildren(QPushButton) if each.text() == "Judge this heatmap"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled()
    qtbot.waitUntil(lambda: len(findings(window)) == 4)
    faithful, stable, learnt, flat = findings(window)
    assert faithful.startswith("hottest first costs 0.")
    assert "under noise" in stable
    assert learnt.startswith("hardly changes when the network forgets (SSIM 0.9")
    assert flat == "not flat"
    assert isinstance(named(window, "deletion curve"), Sparkline)
    assert not button.isVisible(), "it is judged already"
    # Over the map it stands, too.
    assert any(text.startswith("verdict: ") and text.endswith(" against") for text in texts(window.canvas.heading))

    # Its figure says so too.
    subject = window.figures.subject()
    assert subject is not None
    export(subject.items, tmp_path / "figure.png", window.canvas.display(), dpi=30)
    record = json.loads((tmp_path / "figure.json").read_text())
    assert record["items"][0]["verdict"]["says"] == "; ".join([faithful, stable, learnt, flat])

    # Another map is another question; back at the first one its answer is there.
    window.method.ask(Request("grad-cam", {}, None, None))
    settled()
    assert findings(window) == []
    window.method.ask(Request("guided-backprop", {}, None, None))
    settled()
    qtbot.waitUntil(lambda: findings(window) == [faithful, stable, learnt, flat])

    # All that are listed, in the background: the list names those that a mark speaks against.
    window.menus.actions["Judge a&ll listed pictures"].trigger()
    settled()
    show = named(window, "Show")
    qtbot.waitUntil(
        lambda: "Maps that owe nothing to learning (2)" in [show.itemText(at) for at in range(show.count())]
    )
    history = window.jobs.history
    told = "above the list: Maps that owe nothing to learning (2)."
    qtbot.waitUntil(lambda: any(told in history.item(row).text() for row in range(history.count())))
    window.browser.select(sorted(resources.path("demo").glob("*.png"))[1])
    settled()
    qtbot.waitUntil(lambda: len(findings(window)) == 4)


def test_judging_can_be_cancelled(window: MainWindow, settled: Settled, qtbot: QtBot) -> None:
    window.open_demo()
    settled()
    window.method.ask(Request("layer-cam", {}, "stage1", None))
    settled()
    # Asked by the keyboard while something else lies over it, it comes forward.
    window.docks["Review"].raise_()
    qtbot.waitUntil(lambda: not window.method.isVisible())
    press(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "%" in named(window, "verdict").text(), timeout=60_000)
    stop = next(
        each for each in window.method.findChildren(QPushButton) if each.text() == "Cancel" and each.isVisible()
    )
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    settled()
    assert findings(window) == []
    # The network is as it was, and its next heat too.
    assert window.shown.said is not None
    assert window.shown.said.probabilities.max() > 0.9
