"""A canvas in sight, large enough to aim at its pixels."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.canvas import Canvas
from tests.gui.hands import OnScreen


@pytest.fixture
def canvas(qtbot: QtBot, on_screen: OnScreen) -> Canvas:
    canvas = on_screen(Canvas(), 900, 700)
    qtbot.waitExposed(canvas)
    return canvas
