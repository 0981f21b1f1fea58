"""What the left button of the mouse does on the picture: a column of buttons of which one is pressed."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from gui import theme
from gui.canvas.regions import Tool
from gui.texts import tr

TOOLS: tuple[Tool, ...] = get_args(Tool)
KEYS: dict[Tool, str] = dict(zip(TOOLS, "VRABEF", strict=True))
ICONS: dict[Tool, str] = {
    "move": "mdi6.cursor-move",
    "ruler": "mdi6.ruler",
    "angle": "mdi6.angle-acute",
    "rectangle": "mdi6.rectangle-outline",
    "ellipse": "mdi6.ellipse-outline",
    "freehand": "mdi6.lasso",
}
HELP: dict[Tool, str] = {
    "move": tr("Drag the picture, or a region by its line or its points"),
    "ruler": tr("Drag from end to end: a distance in mm"),
    "angle": tr("Drag one leg to the vertex, then click where the other one ends"),
    "rectangle": tr("Drag from corner to corner: mean ± sd, area and heat inside"),
    "ellipse": tr("Drag from corner to corner of the box around it"),
    "freehand": tr("Draw around it; the line closes by itself"),
}


class Tools(QWidget):
    """``chosen`` says which one the user picked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for tool in TOOLS:
            button = self._buttons[tool] = QToolButton()
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setIcon(theme.icon(ICONS[tool]))
            button.setIconSize(QSize(18, 18))
            button.setToolTip(f"{HELP[tool]} ({KEYS[tool]})")
            button.setAccessibleName(tr(tool))
            button.clicked.connect(lambda _=False, tool=tool: self.chosen.emit(tool))
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self.choose("move")

    def choose(self, tool: Tool) -> None:
        """Press the button without saying so."""
        self._buttons[tool].setChecked(True)
