from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from gui.features.evaluate.agreement import Agreement
from tests.gui.hands import OnScreen, named, texts

TAU = {("aopc", "iou"): 0.5, ("aopc", "sanity"): -0.25, ("iou", "sanity"): None}


@pytest.fixture
def agreement(on_screen: OnScreen) -> Agreement:
    return on_screen(Agreement(), 360, 400)


def test_every_two_metrics_have_their_tau_in_the_colour_of_its_sign(agreement: Agreement) -> None:
    agreement.show_agreement(["aopc: grad-cam at stage4 is best."], TAU)
    table = named(agreement, "agreement of the metrics")
    cells = [[table.item(row, column).text() for column in range(3)] for row in range(3)]
    assert cells == [["1.00", "0.50", "−0.25"], ["0.50", "1.00", "–"], ["−0.25", "–", "1.00"]]
    alike, turned, unknown = (table.item(*place).background().color() for place in ((0, 1), (0, 2), (1, 2)))
    assert alike.hue() != turned.hue()
    assert 0 == unknown.alpha() < turned.alpha() < alike.alpha()
    assert named(agreement, "what comes first").text() == "aopc: grad-cam at stage4 is best."


def test_of_two_rows_nobody_can_tell(agreement: Agreement) -> None:
    agreement.show_agreement(["iou: grad-cam at stage4 is best."], {("aopc", "iou"): None})
    assert any("three rows" in text for text in texts(agreement))
    agreement.show_agreement([], {})
    (words,) = (label for label in agreement.findChildren(QLabel) if label.isVisible())
    assert words.text().startswith("Once all pictures are measured")
