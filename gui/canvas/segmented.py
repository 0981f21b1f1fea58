"""A row of joined buttons of which one is pressed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from gui.texts import tr

SHEET = """
QToolButton {
    border: 1px solid palette(mid); border-left-width: 0; border-radius: 0;
    background: palette(button); color: palette(button-text); padding: 3px 10px;
}
QToolButton[first="true"] { border-left-width: 1px; border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QToolButton[last="true"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QToolButton:hover { background: palette(light); }
QToolButton:checked {
    background: palette(highlight); border-color: palette(highlight); color: palette(highlighted-text);
}
QToolButton:focus { border-color: palette(link); }
QToolButton:checked:focus { border-color: palette(text); }
QToolButton:disabled { color: palette(placeholder-text); }
"""


class Segmented(QWidget):
    """One choice out of a few, all in sight. ``choices`` gives each name its tooltip."""

    chosen = Signal(str)

    def __init__(self, choices: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(SHEET)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = list(choices)
        for name in names:
            button = QToolButton()
            button.setText(tr(name))
            button.setToolTip(choices[name])
            button.setCheckable(True)
            button.setProperty("first", name == names[0])
            button.setProperty("last", name == names[-1])
            button.clicked.connect(lambda _, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)

    def choose(self, name: str) -> None:
        """Press the button without saying so."""
        self._buttons[name].setChecked(True)
