"""Which class is meant by folders and labels that are called otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from gui.panels.labels import label
from gui.panels.meaning import Meaning
from gui.panels.scrolled import scrolled
from gui.pieces import button, column, held, row
from gui.texts import tr

_SAYS = tr("Predictions are right or wrong by folders and labels. Say which class of the model each of them means.")
_NONE = tr("All labels of the listed pictures name classes of the model.")
_NO_MODEL = tr("Open a model first: its classes are what labels may mean.")


class MeaningDialog(QDialog):
    """What is said in it holds at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What labels mean"))
        self.resize(440, 300)
        self.meaning, self._says = Meaning(), label()
        # What is offered: names, and the classes they may mean.
        self._offered: tuple[list[str], list[str]] | None = None
        close = button(tr("Close"), "", self.accept, role="primary")
        rows = scrolled(held(column(self.meaning, ...)))
        self.setLayout(column(self._says, (rows, 1), row(..., close), margins=None))

    def offer(self, unknown: tuple[str, ...], classes: tuple[str, ...]) -> None:
        """Names that are no classes, beside those of which something was said; rows stay as they are while these do."""
        offered = sorted({*unknown, *self.meaning.stated()}), list(classes)
        if offered != self._offered:
            self._offered = offered
            self.meaning.offer(offered[0], {"": classes} if classes else {})
        self._says.setText(_SAYS if offered[0] else _NONE if classes else _NO_MODEL)

    def stated(self) -> dict[str, Any]:
        """What was said, as a session has it."""
        return {"map": self.meaning.stated()}

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """As it was said before; what else is to be asked is offered anew."""
        self._offered = None
        self.meaning.set_stated(held.get("map", {}))
