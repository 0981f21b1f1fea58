"""Rows of controls that go on in a second line."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from gui.canvas.wrapping import wrapped


def test_a_caption_never_stays_behind_when_its_field_goes_into_the_next_line(qtbot: QtBot) -> None:
    panel, asked = QWidget(), []
    qtbot.addWidget(panel)
    for text in ("Passes", "Seed"):
        caption, field = QLabel(text), QSpinBox()
        caption.setBuddy(field)
        asked += [caption, field]
    panel.setLayout(wrapped(*asked))
    tops = {}
    for width in (1000, panel.minimumSizeHint().width()):
        panel.resize(width, 200)
        panel.show()
        passes, first, seed, second = (each.geometry().center().y() for each in asked)
        assert abs(passes - first) <= 1
        assert abs(seed - second) <= 1
        tops[width] = seed - passes
    assert min(tops.values()) <= 1 < max(tops.values())
