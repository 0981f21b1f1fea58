"""What augmentation makes of pictures, looked at before anything is trained."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QDialog, QWidget

from gui.panels.card_preview import Image
from gui.panels.labels import label
from gui.pieces import column
from gui.texts import tr
from gui.theme import set_role

_WAITING = tr("Reading and changing some pictures …")
_SHOWN = tr("Left each picture as it is, beside it as the network would learn from it; every epoch anew.")


class AugmentedDialog(QDialog):
    """A grid, or why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Augmented pictures"))
        self._text, self._grid = label(_WAITING, "quiet"), Image(tr("augmented pictures"))
        self.setLayout(column(self._text, (self._grid, 1), margins=None))
        self.resize(860, 620)

    def show_waiting(self) -> None:
        self._say(_WAITING, "quiet")
        self._grid.show_array(None)

    def show_grid(self, grid: np.ndarray) -> None:
        """The pictures, (H, W, 3) uint8."""
        self._say(_SHOWN, "quiet")
        self._grid.show_array(grid)

    def show_sentence(self, sentence: str) -> None:
        self._say(sentence, "error")

    def text(self) -> str:
        return self._text.text()

    def _say(self, text: str, role: str) -> None:
        self._text.setText(text)
        set_role(self._text, role)
