"""A canvas in sight, large enough to aim at its pixels."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.canvas import Canvas


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas
