"""Axes to read and not to play with, in the colours of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from gui.canvas.graphics import pg
from gui.pieces import named
from gui.theme import colour

# Middle tones that stand out from white and from near black alike.
TONES = ("#4a9be0", "#e08e2b", "#2ca58d", "#c9689e", "#8e7cc3", "#6f9e3a", "#d1584a", "#7d7d7d")


class Plot(pg.PlotWidget):
    """``across`` and ``up`` are said beside the axes."""

    _labels: tuple[tuple[str, str], ...] = ()

    def __init__(self, name: str, tip: str, across: str, up: str) -> None:
        super().__init__()
        named(self, name, tip)
        self.setMinimumSize(190, 120)
        self.setMenuEnabled(False)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        # Room for half a number at the upper and the right end of the axes.
        self.getPlotItem().layout.setContentsMargins(1, 8, 12, 1)
        self.say(across, up)

    def say(self, across: str, up: str) -> None:
        """Other words beside the axes."""
        self._labels = (("bottom", across), ("left", up))
        self._dress()

    def _dress(self) -> None:
        self.setBackground(colour("base"))
        for side, words in self._labels:
            axis = self.getAxis(side)
            # Shares are read as they are, not in thousandths.
            axis.enableAutoSIPrefix(False)
            axis.setPen(colour("border"))
            axis.setTextPen(colour("quiet"))
            axis.setLabel(words)

    def changeEvent(self, event: QEvent) -> None:
        if self._labels and event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)
