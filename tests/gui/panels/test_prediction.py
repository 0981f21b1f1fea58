from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from gui.panels.bars import Bar
from gui.panels.prediction import PredictionPanel
from gui.theme import tones
from tests.gui.hands import OnScreen, bars, texts

CLASSES = ("glioma", "meningioma", "none")


@pytest.fixture
def panel(on_screen: OnScreen) -> PredictionPanel:
    return on_screen(PredictionPanel(), 280, 300)


@pytest.fixture
def list_(panel: PredictionPanel) -> QListView:
    return panel.findChild(QListView)


def test_few_classes_stay_in_their_own_order_with_predicted_and_target_marked(panel: PredictionPanel) -> None:
    panel.set([0.1, 0.7, 0.2], CLASSES, 2)
    assert [bar.name for bar in bars(panel)] == list(CLASSES)
    assert [bar.predicted for bar in bars(panel)] == [False, True, False]
    assert [bar.target for bar in bars(panel)] == [False, False, True]


def test_many_classes_are_sorted_and_scroll(panel: PredictionPanel, list_: QListView) -> None:
    values = np.random.default_rng(0).dirichlet(np.ones(40))
    panel.set(values, [f"class {index}" for index in range(40)], 3)
    shown = [bar.value for bar in bars(panel)]
    assert shown == sorted(values, reverse=True)
    assert list_.height() < 12 * list_.sizeHintForRow(0)
    assert list_.verticalScrollBar().maximum() > 0


def test_a_clicked_bar_asks_for_its_class(panel: PredictionPanel, list_: QListView, qtbot) -> None:
    values = np.linspace(0, 1, 20)
    panel.set(values / values.sum(), [str(index) for index in range(20)], 0)
    first = list_.visualRect(list_.model().index(0, 0)).center()
    with qtbot.waitSignal(panel.target_chosen) as told:
        qtbot.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert told.args == [19]


def test_the_keyboard_reaches_every_bar_and_keeps_its_place(panel: PredictionPanel, list_: QListView, qtbot) -> None:
    panel.set([0.1, 0.7, 0.2], CLASSES, 1)
    list_.setCurrentIndex(list_.model().index(0, 0))
    qtbot.keyClick(list_, Qt.Key.Key_Down)
    panel.set([0.3, 0.3, 0.4], CLASSES, 1)
    with qtbot.waitSignal(panel.target_chosen) as told:
        qtbot.keyClick(list_, Qt.Key.Key_Return)
    assert told.args == [1]


def test_every_bar_is_said_in_words(panel: PredictionPanel, list_: QListView) -> None:
    panel.set([0.1, 0.7, 0.2], CLASSES, 1, [(0.0, 0.2), (0.6, 0.8), (0.1, 0.3)])
    row = list_.model().index(1, 0)
    assert row.data(Qt.ItemDataRole.ToolTipRole) == "meningioma: 0.7, from 0.600 to 0.800, predicted, explained"
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == row.data(Qt.ItemDataRole.ToolTipRole)


def test_whiskers_are_drawn_when_there_are_intervals(panel: PredictionPanel, list_: QListView) -> None:
    panel.set([0.1, 0.7, 0.2], CLASSES, 1)
    without = list_.grab().toImage()
    panel.set([0.1, 0.7, 0.2], CLASSES, 1, [(0.0, 0.2), (0.4, 0.9), (0.1, 0.3)])
    assert list_.grab().toImage() != without


def test_only_the_explained_class_is_in_the_accent_colour(panel: PredictionPanel, list_: QListView) -> None:
    panel.set([0.5, 0.3, 0.2], CLASSES, 0)
    image = list_.grab().toImage()

    def coloured(row: int) -> bool:
        rect = list_.visualRect(list_.model().index(row, 0))
        line = range(rect.left(), rect.right())
        return any(image.pixelColor(x, rect.center().y()).name() == tones().accent for x in line)

    assert [coloured(row) for row in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    ("value", "figure"), [(0.0, "0.000"), (0.0002, "<.001"), (0.9712, "0.971"), (0.9998, ">.999"), (1.0, "1.00")]
)
def test_a_figure_never_rounds_to_a_certainty_that_is_not_there(value: float, figure: str) -> None:
    assert Bar(0, "glioma", value, True, True).figure() == figure


def test_empty_and_loading_are_said_and_forget_the_last_picture(panel: PredictionPanel) -> None:
    panel.set([0.1, 0.7, 0.2], CLASSES, 1)
    panel.show_loading()
    assert texts(panel) == ["Waiting for the answer …"]
    assert bars(panel) == []
