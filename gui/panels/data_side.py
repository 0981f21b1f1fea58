"""A data set, and which side of it is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.panels.combo import Combo
from gui.panels.data_picker import DataPicker
from gui.panels.labels import fields
from gui.pieces import column, named
from gui.texts import tr

_ALL = tr("all pictures")


class DataSide(QWidget):
    """``usual`` are the sides to begin with where the data have them, the first one first."""

    changed = Signal()

    def __init__(self, usual: tuple[str, ...]) -> None:
        super().__init__()
        self._usual = usual
        # What was put back, for as long as its data set is being looked at.
        self._restored = ""
        self.data = DataPicker()
        self._side = named(Combo(), tr("side of the data"), tr("Which side of the data is meant"))
        self._side.addItem(_ALL)
        self.data.edited.connect(self.changed)
        self._side.activated.connect(lambda _: self.changed.emit())
        self.setLayout(column(self.data, fields((tr("Side"), self._side)), spacing=6))

    def question(self) -> dict[str, Any]:
        """As arguments of the jobs that take them."""
        side = self._side.currentText()
        return {**self.data.question(), "split": None if side == _ALL else side}

    def restore(self, question: Mapping[str, Any]) -> None:
        """A question that was asked before."""
        side = question.get("split") or _ALL
        if self._side.findText(side) < 0:
            self._side.addItem(side)
        self._side.setCurrentText(side)
        self._restored = side if self.data.path() != question.get("data") else ""
        self.data.restore(question)

    def show_facts(self, facts: Mapping[str, Any]) -> None:
        """Of a trained model the sides are known from its run as well; what the data say comes first."""
        self.data.show_facts(facts)
        before, restored = self._side.currentText(), self._restored
        self._restored = ""
        self._side.clear()
        self._side.addItems([_ALL, "train", "val", "test"])
        usual = restored or next((name for name in self._usual if name in facts["splits"]), before)
        self._side.setCurrentIndex(max(0, self._side.findText(usual)))
        self.changed.emit()
