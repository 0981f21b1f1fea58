"""Before a method runs: the pieces that it covers, as many as are asked for, and what it will cost."""

from __future__ import annotations

import re

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.main_window import MainWindow
from gui.panels import Request
from tests.gui.features.segment.seeing import seen
from tests.gui.hands import Settled, named
from tfcore.explain.superpixels import edges
from tfcore.results import Box


def outlined(window: MainWindow) -> int:
    """In how many pixels of the view the outlines are seen."""
    image = window.canvas.views.shown()[0].grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return seen(image, QColor("#f0e442"))


def test_super_pixels_are_outlined_in_the_number_that_is_set(window: MainWindow, demo: None, settled: Settled) -> None:
    window.canvas.heat_off.trigger()
    assert outlined(window) < 20
    found = {}
    for count, budget, times in ((60, None, "1,000"), (6, "70passes", "70")):
        window.method.ask(Request("lime", {"superpixels": count, "budget": budget}, None, None))
        settled()
        cost = named(window, "cost").text()
        assert re.match(rf"{times} passes for a picture, (about \d+:\d\d|in under a second); ", cost)
        said = named(window, "outlines of super-pixels").text()
        assert count / 2 <= int(said.split()[2]) <= 1.5 * count, said
        found[count] = outlined(window)
    assert found[60] > 2 * found[6] > 200
    named(window, "outlines of super-pixels").click()
    assert outlined(window) < 20
    named(window, "outlines of super-pixels").click()
    window.method.ask(Request("grad-cam", {}, None, None))
    settled()
    assert outlined(window) < 20


def test_the_edges_lie_where_the_network_saw_the_picture() -> None:
    found = edges(np.array([[0, 1], [0, 1]]), Box(2, 0, 4, 4), 4, 8)
    np.testing.assert_array_equal(found, np.tile(np.isin(np.arange(8), (1, 3, 5)), (4, 1)))
