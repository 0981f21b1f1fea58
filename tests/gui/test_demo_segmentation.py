"""File ▸ Demo: segmentation lists a volume and draws in it, and the network that was open is not asked about it."""

from __future__ import annotations

import pytest

from gui.main_window import MainWindow
from tests.gui.hands import Settled, texts


@pytest.mark.usefixtures("demo")
def test_the_demo_that_draws_takes_the_place_of_the_one_that_names(window: MainWindow, settled: Settled) -> None:
    window.menus.actions["Demo: &segmentation"].trigger()
    settled()
    history = window.jobs.history
    said = "\n".join(history.item(row).text() for row in range(history.count()))
    assert "channels" not in said
    assert [path.rpartition("/")[2] for path in window.browser.paths()] == ["demo-brain"]
    assert any(text.startswith("Dice 0.9") for text in texts(window))
